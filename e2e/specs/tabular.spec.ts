import { expect, test } from '../fixtures/test';
import { writeTable } from '../fixtures/tables';
import { createProject, dropFolder, exportAccepted, goToStage, scoreWithEap, watchUpload } from '../pages/main-job';
import { pressWhenPainted } from '../pages/review';

test('a table of feature vectors goes through the same screens', async ({ open, people }) => {
  test.setTimeout(300_000);
  const page = await open(people.lead);

  await test.step('drop a CSV with labels on the overview: its rows become samples', async () => {
    await createProject(page, `Shafts ${Date.now()}`, 'shaft');
    await dropFolder(page, await writeTable('shafts.csv'));
    await watchUpload(page, 1, 1);
    const drawer = page.getByRole('dialog', { name: 'Upload of 1 file' });
    await expect(drawer.getByText('Labels in the file: 150 normal, 20 anomaly, 30 auxiliary.')).toBeVisible();
    await drawer.getByRole('button', { name: 'Close' }).last().click();
  });

  await test.step('tiles name the features that differ, and the drawer shows all values', async () => {
    const samples = page.getByRole('listbox', { name: 'Samples' });
    await expect(samples.getByRole('option', { name: /^shafts\.csv#1, Normal, .+, nearest normals / })).toBeVisible({ timeout: 60_000 });
    await samples.getByRole('option', { name: /^shafts\.csv#1,/ }).dblclick();
    const drawer = page.getByRole('dialog', { name: 'shafts.csv#1' });
    await expect(drawer.getByRole('columnheader', { name: 'Nearest normals' })).toBeVisible();
    await drawer.getByText('All values').click();
    for (const name of ['width', 'weight', 'ratio', 'tilt']) await expect(drawer.getByRole('rowheader', { name }).last()).toBeVisible();
    await drawer.getByRole('button', { name: 'Close' }).first().click();
  });

  await test.step('the features came with the file', async () => {
    await goToStage(page, 'Features');
    await expect(page.getByText('The vectors came with the files')).toBeVisible();
    await expect(page.getByRole('article', { name: 'Feature set Values as given' }).getByText('200 vectors of 4 values')).toBeVisible();
  });

  await test.step('score, and see cards with feature names', async () => {
    await scoreWithEap(page, 30);
    const ranking = page.getByRole('grid', { name: 'Ranking, 30 samples' });
    const best = ranking.getByRole('gridcell', { name: /^shafts\.csv#\d+, rank 1, .*nearest normals/ });
    await expect(best).toContainText('width');
    await best.click();
    await expect(page.getByRole('region', { name: 'Values' }).getByRole('rowheader', { name: 'width' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Beside its neighbours' })).toContainText('width');
  });

  await test.step('hold Space for the nearest normal, then accept by key', async () => {
    await goToStage(page, 'Review');
    await expect(page.getByText('0 of 30', { exact: true })).toBeVisible();
    const values = page.getByRole('region', { name: 'Values' });
    await expect(values.getByRole('columnheader', { name: 'This sample' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Nearest normal in its place' })).toBeEnabled();
    await page.keyboard.down('Space');
    await expect(values.getByText(/^Nearest normal: shafts\.csv#\d+, distance/)).toBeVisible();
    await expect(values.getByRole('columnheader', { name: 'Nearest normal', exact: true })).toBeVisible();
    await page.keyboard.up('Space');
    await expect(values.getByRole('columnheader', { name: 'This sample' })).toBeVisible();
    await pressWhenPainted(page, 'a');
    await expect(page.getByText('accepted 1')).toBeVisible();
  });

  await test.step('export the accepted row with its values', async () => {
    const manifest = await exportAccepted(page, 1);
    expect(manifest.files.map(({ path, format }) => [path, format])).toEqual([['vectors.csv#1', 'vector']]);
  });
});
