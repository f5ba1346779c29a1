import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import type { Manifest } from '@/lib/api/contracts/export-manifest';
import { verifyExport } from '../fixtures/archive';

/** Opens a stage through the rail. */
export async function goToStage(page: Page, stage: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Stages' }).getByRole('link', { name: stage }).click();
  await expect(page.getByRole('navigation', { name: 'Where you are' }).getByText(stage, { exact: true })).toBeVisible();
}

/** Makes a project as a person does. */
export async function createProject(page: Page, name: string, objectName: string): Promise<string> {
  await page.goto('/');
  await page.getByRole('button', { name: 'New project' }).click();
  const dialog = page.getByRole('dialog', { name: 'New project' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Inspected object').fill(objectName);
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** Lets go of a folder of this machine over the page, as from the desktop. */
export async function dropFolder(page: Page, folder: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  const place = { x: 700, y: 450, data };
  await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...place });
  await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...place });
  await expect(page.getByText('Let go to add to this project')).toBeVisible();
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...place });
  await session.detach();
}

/** Watches an upload in its drawer until everything was sent and decoded. */
export async function watchUpload(page: Page, files: number, stored: number): Promise<void> {
  // "1 file" or "24 files": a part of the name is enough.
  const drawer = page.getByRole('dialog', { name: `Upload of ${files} file` });
  await expect(drawer.getByRole('progressbar', { name: 'Upload' })).toBeVisible();
  await expect(drawer.getByText(`${files} of ${files} file`)).toBeVisible({ timeout: 120_000 });
  await expect(drawer.getByText(new RegExp(`(^| )${stored} stored`))).toBeVisible({ timeout: 120_000 });
}

/** Extracts features with the embedded network and watches the progress. */
export async function extractFeatures(page: Page, samples: number): Promise<void> {
  await goToStage(page, 'Features');
  await page.getByRole('button', { name: 'Extract features' }).click();
  const dialog = page.getByRole('dialog', { name: 'Extract features' });
  const card = page.getByRole('article', { name: /^Feature set/ });
  const ready = card.getByRole('link', { name: 'Scores' });
  const progress = expect(page.getByRole('progressbar', { name: 'Extraction' }).or(ready).first()).toBeVisible();
  await dialog.getByRole('button', { name: `Extract from ${samples} samples` }).click();
  await progress;
  await expect(ready).toBeVisible({ timeout: 180_000 });
  await expect(card.getByText(`${samples} vectors`)).toBeVisible();
}

/** Starts an EAP run with its defaults and watches it until the ranking is there. */
export async function scoreWithEap(page: Page, auxiliary: number): Promise<void> {
  await goToStage(page, 'Scores');
  await page.getByRole('button', { name: 'Score with EAP' }).click();
  const dialog = page.getByRole('dialog', { name: 'New score run' });
  const ranking = page.getByRole('grid', { name: `Ranking, ${auxiliary} samples` });
  // So few samples may be scored between two looks of the page at the job: then the ranking comes at once.
  const progress = expect(page.getByRole('progressbar', { name: 'Scoring' }).or(ranking).first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Run', exact: true }).click();
  await progress;
  await expect(ranking).toBeVisible({ timeout: 180_000 });
}

/** Exports the accepted samples from the scores, downloads the zip and checks it against the number on the button. */
export async function exportAccepted(page: Page, accepted: number): Promise<Manifest> {
  await goToStage(page, 'Scores');
  const label = `Export ${accepted} accepted`;
  await page.getByRole('button', { name: label }).click();
  const dialog = page.getByRole('dialog', { name: label });
  await dialog.getByRole('button', { name: label }).click();
  await expect(dialog.getByText(`The export holds ${accepted} sample`)).toBeVisible();
  await dialog.getByRole('link', { name: 'Go to exports' }).click();
  const link = page.getByRole('link', { name: 'Download' });
  await expect(link).toBeVisible({ timeout: 120_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return verifyExport(await readFile(await download.path()), accepted);
}
