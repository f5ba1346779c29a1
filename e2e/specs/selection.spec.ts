import type { Locator, Page } from '@playwright/test';
import { demonstrationNote } from '@/lib/figures/selection/prompt-words';
import { productFiles } from '../fixtures/images';
import { OuterNetwork } from '../fixtures/outer-network';
import { newProject, uploadFiles } from '../fixtures/projects';
import { expect, test } from '../fixtures/test';
import { expectAccessible } from '../pages/accessible';
import { goToStage } from '../pages/main-job';
import { openSettled, placePath } from '../pages/places';

/** Chromium asks its maker what the fields of forms are for; no page does so, and none can forbid it. */
const ofTheBrowser = 'content-autofill.googleapis.com:443';

const tab = (page: Page, name: string): Locator => page.getByRole('navigation', { name: 'Parts of Select' }).getByRole('link', { name });

const resultOf = (page: Page): Locator => page.getByRole('article', { name: 'Selection', exact: true });

/** The row of a table that is marked as the pick; there is one. */
const pickOf = (table: Locator): Locator => table.getByRole('row').filter({ has: table.page().getByText('pick', { exact: true }) });

test('anomalies are made, a model and a prompt are chosen in a project of a few images, and nobody outside is asked', async ({ open, people }) => {
  const outside = await OuterNetwork.open();
  try {
    const page = await open(people.lead, { proxy: outside.proxy });
    const project = await newProject(people.lead);
    await uploadFiles(page.request, people.lead, project, await productFiles({ trainNormals: 24, testNormals: 4, anomalies: 4, auxiliaryPerQuality: 0 }));
    await openSettled(page, placePath(project.id, 'overview'));

    await test.step('make a small batch', async () => {
      await goToStage(page, 'Generate');
      await expect(page.getByRole('group', { name: 'Previews' }).getByRole('button')).toHaveCount(9);
      await page.getByLabel('Images', { exact: true }).fill('8');
      await page.getByRole('button', { name: 'Make 8 images' }).click();
      const batch = page.getByRole('row', { name: /CutPaste/ });
      await expect(batch.getByRole('cell', { name: '8', exact: true })).toBeVisible();
      await expect(page.getByText(/being made/)).toHaveCount(0);
      await expectAccessible(page);
    });

    await test.step('choose a model', async () => {
      await goToStage(page, 'Select');
      const setUp = page.getByRole('region', { name: 'New selection' });
      // Other tests add networks to the library and take them away again; these two ship with Assay.
      await setUp.getByRole('button', { name: /^Networks/ }).click();
      const networks = setUp.getByRole('group', { name: 'Networks' });
      await networks.getByRole('checkbox', { name: 'All', exact: true }).uncheck();
      for (const name of [/^Wavelet scattering/, /^Demonstration pair/]) await networks.getByRole('checkbox', { name }).check();
      await setUp.getByRole('button', { name: /^Detectors/ }).click();
      await setUp.getByRole('group', { name: 'Detectors' }).getByRole('checkbox', { name: /Mahalanobis/ }).check();
      await setUp.getByRole('button', { name: 'Compare' }).click();
      const result = resultOf(page);
      await expect(result.getByText(/tells? .* best: AUROC/).first()).toBeVisible({ timeout: 120_000 });
      const chart = result.getByRole('figure', { name: 'Candidates', exact: true });
      await expect(chart.locator('.scatterlayer .trace')).not.toHaveCount(0);
      await expect(pickOf(result.getByRole('table', { name: 'Candidates' }))).toHaveCount(1);
      await expectAccessible(page);
    });

    await test.step('choose a prompt with the demonstration pair', async () => {
      await tab(page, 'Prompts').click();
      await page.getByRole('region', { name: 'New selection' }).getByRole('button', { name: 'Compare 27 pairs' }).click();
      const result = resultOf(page);
      await expect(result.getByText(/^The pick is “/)).toBeVisible({ timeout: 120_000 });
      await expect(result.getByText(demonstrationNote)).toBeVisible();
      await expect(result.getByRole('figure', { name: 'Pairs', exact: true }).locator('.scatterlayer .trace')).not.toHaveCount(0);
      const pairs = result.getByRole('table', { name: /^Pairs/ });
      await expect(pairs.getByRole('row')).toHaveCount(28);
      await expect(pickOf(pairs)).toHaveCount(1);
      // Thirteen evaluators, a head and the best possible choice.
      await expect(result.getByRole('table', { name: 'Pair that each evaluator leads to' }).getByRole('row')).toHaveCount(15);
      await expectAccessible(page);
    });

    expect(outside.asked.filter((host) => host !== ofTheBrowser)).toEqual([]);
  } finally {
    await outside.close();
  }
});
