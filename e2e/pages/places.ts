import { expect, type Page } from '@playwright/test';
import { stages } from '@/components/frame/stages';

/** Every page that a person can open, by the name that stands in test titles. The stage "Select" opens its tab "Models". */
export const projectPlaces = ['overview', ...stages.map(({ id }) => id), 'scores/evaluators', 'scores/keep', 'generate/feedback', 'select/prompts', 'select/normals'];
export const otherPlaces = ['/', '/account', '/admin/users'];

export function placePath(projectId: string, place: string): string {
  return place.startsWith('/') ? place : `/projects/${projectId}${place === 'overview' ? '' : `/${place}`}`;
}

/** Opens a page and waits until it has what it shows: no skeleton is left and every picture in view is there. */
export async function openSettled(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  // Behind an open dialog the page has no role any more, but it is there.
  await expect(page.locator('h1, h2').first()).toBeAttached();
  await expect(page.locator('[data-skeleton], [aria-busy=true]')).toHaveCount(0);
  await expect(async () => {
    const loading = await page.evaluate(() => {
      // A lazy picture below what is seen is not asked for until somebody scrolls there.
      const isAsked = (image: HTMLImageElement) => image.loading !== 'lazy' || image.getBoundingClientRect().top < window.innerHeight;
      return [...document.images].filter((image) => image.checkVisibility() && isAsked(image) && !image.complete).length;
    });
    expect(loading, 'pictures that are still loading').toBe(0);
  }).toPass();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
