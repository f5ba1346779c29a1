import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { test, type Page } from '@playwright/test';
import { createSignInLink } from '@/lib/auth/sign-in-link';
import { env } from '@/lib/env';
import { store } from '@/lib/store/client';
import { placePath, settled } from './pages/places';

/**
 * Pictures of the demo for the README, made by hand against a running Assay:
 *
 *     ASSAY_SCREENSHOTS=1 ASSAY_E2E_URL=http://127.0.0.1:3000 ASSAY_DATA_DIR=.assay/data \
 *       npx playwright test -c e2e/playwright.config.ts
 *
 * Written to docs/images, or to the folder ASSAY_SCREENSHOTS_DIR.
 */
const folder = process.env.ASSAY_SCREENSHOTS_DIR ?? path.resolve(import.meta.dirname, '..', 'docs', 'images');
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
const places = ['overview', 'samples', 'features', 'scores', 'review', 'map', 'exports', 'history', 'settings'];

async function take(page: Page, name: string): Promise<void> {
  await settled(page);
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
}

test('pictures of the demo', async ({ browser }) => {
  test.setTimeout(900_000);
  mkdirSync(folder, { recursive: true });
  const project = await store().project.findFirstOrThrow({ where: { demoProduct: { not: null }, runs: { some: { state: 'ready' } } }, orderBy: { createdAt: 'asc' } });
  const first = await browser.newContext({ baseURL: env().baseUrl });
  const token = new URL(await createSignInLink({ baseUrl: env().baseUrl })).searchParams.get('token');
  await first.request.post('/api/auth/sign-in/link', { data: { token }, headers: { origin: env().baseUrl } });
  const storageState = await first.storageState();
  await first.close();
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ baseURL: env().baseUrl, storageState, viewport, colorScheme, reducedMotion: 'reduce', hasTouch: size === 'phone', isMobile: size === 'phone' });
      const page = await context.newPage();
      await page.goto('/');
      await take(page, `projects-${size}-${colorScheme}`);
      for (const place of places) {
        await page.goto(placePath(project.id, place));
        await settled(page);
        if (place === 'map') await page.getByRole('group', { name: 'Map of the samples' }).locator('canvas, svg').first().waitFor();
        await take(page, `${place}-${size}-${colorScheme}`);
      }
      await context.close();
    }
  }
});
