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
  await expect(async () => expect(await page.evaluate(missing), 'what the page still lacks').toEqual([])).toPass({ intervals: [50], timeout: 60_000 });
}

/** Runs in the page. @returns what it is not there yet, in words */
async function missing(): Promise<string[]> {
  await document.fonts.ready;
  // A lazy picture below what is seen is not asked for until somebody scrolls there.
  const isAsked = (image: HTMLImageElement) => image.loading !== 'lazy' || image.getBoundingClientRect().top < window.innerHeight;
  const pictures = [...document.images].filter((image) => image.checkVisibility() && isAsked(image) && !image.complete);
  const skeletons = document.querySelectorAll('[data-skeleton], [aria-busy=true]').length;
  // Behind an open dialog the heading has no role any more, but it is there.
  const heading = document.querySelector('h1, h2') === null ? ['a heading'] : [];
  return [...heading, ...(skeletons > 0 ? [`content of ${skeletons} places`] : []), ...pictures.map(({ src }) => src)];
}
