import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import type { DemoCounts } from '@/lib/demo/types';
import { productFiles } from '../fixtures/images';
import type { Person } from '../fixtures/people';
import { addMember, featuresOf, newProject, uploadFiles, type ProjectHandle } from '../fixtures/projects';
import { expect, test } from '../fixtures/test';
import { dialogs, expectAccessible } from '../pages/accessible';
import { openSettled, settled } from '../pages/places';

/** Enough real anomalies for a split: 5 to test on, 1 to train on, 4 realistic auxiliary samples. */
const counts: DemoCounts = { trainNormals: 24, testNormals: 0, anomalies: 10, auxiliaryPerQuality: 1 };

/** A project with features, ready to take part. */
async function makeSet(page: Page, lead: Person, name: string): Promise<ProjectHandle> {
  const project = await newProject(lead, name);
  await uploadFiles(page.request, lead, project, await productFiles(counts));
  await featuresOf(lead, project);
  return project;
}

const sheet = (page: Page) => page.getByRole('dialog', { name: 'New experiment' });

/** Opens the dialog of a new experiment over two sets. */
async function fillIn(page: Page, name: string, sets: readonly ProjectHandle[]): Promise<Locator> {
  await page.getByRole('button', { name: 'New experiment' }).click();
  const dialog = sheet(page);
  await dialog.getByLabel('Name').fill(name);
  for (const set of sets) await dialog.getByRole('checkbox', { name: set.name }).check();
  return dialog;
}

async function download(page: Page, act: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

test('an experiment runs to its end and every part of it can be read and taken along', async ({ open, people }) => {
  const page = await open(people.lead);
  const sets = [await makeSet(page, people.lead, `Bench one ${Date.now()}`), await makeSet(page, people.lead, `Bench two ${Date.now()}`)];
  const [home] = sets as [ProjectHandle];
  await openSettled(page, `/projects/${home.id}/experiments`);
  await expect(page.getByRole('heading', { name: 'No experiment yet' })).toBeVisible();

  const dialog = await fillIn(page, 'Three of them', sets);
  await dialog.getByRole('button', { name: 'None' }).click();
  await dialog.getByLabel('Seeds').fill('0');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(dialog.getByText('Choose at least one evaluator.')).toBeVisible();
  await expect(dialog.getByText('A whole number from 1 to 50.')).toBeVisible();
  await expectAccessible(page, dialogs);
  for (const evaluator of ['EAP', 'RARITY', 'CAP']) await dialog.getByRole('checkbox', { name: evaluator, exact: true }).check();
  await dialog.getByLabel('Seeds').fill('2');
  await expect(dialog.getByText(/^4 cells, .* of one core$/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Start' }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Three of them' })).toBeVisible();
  await expect(page.getByText('4 of 4 cells ready')).toBeVisible({ timeout: 180_000 });
  await expect(page.getByText('Finished', { exact: true })).toBeVisible();

  await test.step('ranks', async () => {
    const table = page.getByRole('table', { name: 'Evaluators by figures and ranks' });
    await expect(table.getByRole('row')).toHaveCount(4);
    await expect(table.getByRole('row', { name: /^CAP/ })).toContainText('outside the ranks');
    await page.getByRole('radio', { name: '± std' }).click();
    await expect(table.getByRole('row', { name: /^EAP/ })).toContainText('±');
    const { name, text } = await download(page, () => page.getByRole('button', { name: 'Three of them ranks: CSV' }).click());
    expect(name).toBe('Three-of-them-ranks.csv');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^evaluator,experiments,AUC_QLT,AUC_QLT_std,/);
    expect(lines.slice(1).map((line) => line.split(',')[0]).sort()).toEqual(['CAP', 'EAP', 'RARITY']);
    await expectAccessible(page);
  });

  await test.step('sets', async () => {
    await tab(page, 'Sets').click();
    await expect(page.locator('.barlayer .trace')).toHaveCount(3);
    await page.getByRole('button', { name: 'RARITY', exact: true }).click();
    await expect(page.locator('.barlayer .trace')).toHaveCount(2);
    await page.reload();
    await expect(page.locator('.barlayer .trace')).toHaveCount(2);
    const picture = await download(page, async () => {
      await page.getByRole('button', { name: 'Export Three of them: AUC_QLT per set' }).click();
      await page.getByRole('menuitem', { name: 'SVG' }).click();
    });
    expect(picture.name).toMatch(/\.svg$/);
    expect(picture.text).toContain('<svg');
    await expectAccessible(page);
  });

  await test.step('learning curves', async () => {
    await tab(page, 'Learning curves').click();
    const figure = page.getByRole('figure', { name: /best first, LC_G$/ });
    await expect(figure.locator('.scatterlayer .trace .lines path.js-line')).not.toHaveCount(0);
    await expect(page.getByRole('figure', { name: /worst first, LC_P$/ })).toBeVisible();
    const { text } = await download(page, async () => {
      await figure.getByRole('button', { name: /^Export/ }).click();
      await page.getByRole('menuitem', { name: 'CSV of its data' }).click();
    });
    expect(text.split('\r\n')[0]).toBe('direction,evaluator,seeds,added,accuracy,accuracy_std');
    await expectAccessible(page);
  });

  await test.step('prior, agreement and cells', async () => {
    await tab(page, 'Prior').click();
    await expect(page.getByText('This experiment did not try other priors.')).toBeVisible();
    await tab(page, 'Agreement').click();
    await expect(page.locator('.heatmaplayer .hm')).toHaveCount(1);
    await expectAccessible(page);
    await tab(page, 'Cells').click();
    await expect(page.getByRole('list', { name: 'Cells' }).getByRole('listitem')).toHaveCount(4);
    await expect(page.getByRole('list', { name: 'Cells' }).getByText('Ready')).toHaveCount(4);
    await expectAccessible(page);
  });

  await test.step('a narrow screen holds it without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const name of ['Ranks', 'Sets', 'Agreement', 'Cells']) {
      await tab(page, name).click();
      await settled(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), name).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  await test.step('another one is cancelled and can be taken up again', async () => {
    await page.getByRole('link', { name: 'All experiments' }).click();
    await expect(page.getByRole('link', { name: 'Three of them' })).toBeVisible();
    const again = await fillIn(page, 'Too many', sets);
    await again.getByLabel('Seeds').fill('50');
    await again.getByRole('button', { name: 'Start' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Too many' })).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible({ timeout: 120_000 });
    await expect(page.getByRole('button', { name: 'Try the missing cells again' })).toBeVisible();
  });

  await test.step('a viewer reads, and starts nothing', async () => {
    await addMember(people.lead, home, people.viewer, 'viewer');
    const other = await open(people.viewer);
    await openSettled(other, `/projects/${home.id}/experiments`);
    await expect(other.getByRole('button', { name: 'New experiment' })).toHaveCount(0);
    await other.getByRole('link', { name: 'Three of them' }).click();
    await expect(other.getByRole('table', { name: 'Evaluators by figures and ranks' })).toBeVisible();
    await expect(other.getByRole('button', { name: 'Cancel' })).toHaveCount(0);
  });
});
