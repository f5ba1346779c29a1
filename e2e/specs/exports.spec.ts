import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { parquetReadObjects } from 'hyparquet';
import { expect, test } from '../fixtures/test';
import { dialogs, expectAccessible } from '../pages/accessible';
import { goToStage } from '../pages/main-job';
import { openSettled, placePath } from '../pages/places';
import { pressWhenPainted } from '../pages/review';

/** Begins an export of the accepted samples in a format. @returns the number on the button */
async function begin(page: Page, format: string, button: RegExp): Promise<number> {
  await page.getByRole('button', { name: /^Export \d+ accepted$/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Export/ });
  // The radio button itself is not painted; its card is.
  await dialog.getByText(format, { exact: true }).click();
  await expect(dialog.getByRole('radio', { name: format, exact: true })).toBeChecked();
  const start = dialog.getByRole('button', { name: button });
  const count = Number(/\d+/.exec((await start.textContent()) ?? '')?.[0]);
  await start.click();
  await expect(dialog.getByRole('status')).toContainText(`The export holds ${count} sample`);
  await dialog.getByRole('link', { name: 'Go to exports' }).click();
  return count;
}

async function download(page: Page): Promise<{ name: string; content: Buffer }> {
  const link = page.getByRole('link', { name: 'Download' }).first();
  await expect(link).toBeVisible({ timeout: 60_000 });
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) };
}

test('a table and a report hold what the button counted', async ({ open, people, ownProject }) => {
  const page = await open(people.lead);
  await openSettled(page, placePath(ownProject.id, 'review'));
  await pressWhenPainted(page, 'a');
  await expect(page.getByText('accepted 1')).toBeVisible();
  await goToStage(page, 'Scores');

  await test.step('Parquet', async () => {
    const count = await begin(page, 'Parquet', /^Export \d+ accepted$/);
    const { name, content } = await download(page);
    expect(name).toMatch(/\.parquet$/);
    const rows = await parquetReadObjects({ file: content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer });
    expect(rows).toHaveLength(count);
    expect(rows[0]).toMatchObject({ verdict: 'accepted', role: 'auxiliary' });
    expect(rows[0]?.['quality']).toEqual(expect.any(Number));
  });

  await test.step('every decision ever taken', async () => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'All decisions as JSON lines' }).click()]);
    expect(file.suggestedFilename()).toMatch(/ decisions .+\.jsonl$/);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ verdict: 'accepted', taken_back: 'no', evaluator: 'EAP' });
  });

  await test.step('the dialog and the list are accessible', async () => {
    await openSettled(page, `${placePath(ownProject.id, 'exports')}?new=1`);
    await expect(page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Export 1 sample' })).toBeEnabled();
    await expectAccessible(page, dialogs);
    await page.keyboard.press('Escape');
    await expectAccessible(page);
  });

  await test.step('the report opens as a page that runs nothing', async () => {
    await page.getByRole('button', { name: 'Make a report' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await expect(dialog.getByRole('radio', { name: 'Report' })).toBeChecked();
    await dialog.getByRole('button', { name: 'Report on 1 sample' }).click();
    const link = page.getByRole('link', { name: /^Open: Report · / });
    await expect(link).toBeVisible({ timeout: 60_000 });
    const [report] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    await expect(report.getByRole('heading', { level: 1, name: ownProject.name })).toBeVisible();
    await expect(report.getByRole('img', { name: /Where the samples lie/ })).toBeVisible();
    await expect(report.getByText('1 sample: accepted auxiliary samples.')).toBeVisible();
    expect(await report.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});
