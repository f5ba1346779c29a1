import { existsSync } from 'node:fs';
import { cp, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../fixtures/test';
import { createProject, exportAccepted, extractFeatures, goToStage, scoreWithEap, watchUpload } from '../pages/main-job';
import { decisionsKept, pressWhenPainted, rejectByKeys } from '../pages/review';

const images = path.resolve(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'images', 'mvtec_bottle');
const absent = `../shared/data/images/mvtec_bottle is not there: the main job on 26 real images was SKIPPED`;

/** Which pictures of the set take which place, 26 in all: real defects and sound bottles stand in for synthetic ones. */
const plan: readonly { from: string; to: string; first: number; count: number }[] = [
  { from: 'train/good', to: 'train/good', first: 0, count: 12 },
  { from: 'test/broken_large', to: 'test/broken_large', first: 0, count: 2 },
  { from: 'test/contamination', to: 'test/contamination', first: 0, count: 2 },
  { from: 'test/broken_small', to: 'auxiliary/realistic', first: 0, count: 5 },
  { from: 'test/good', to: 'auxiliary/indistinguishable', first: 0, count: 5 },
];

/** Copies the planned pictures to a new folder; names tell where each came from. */
async function bottleFolder(): Promise<string> {
  const folder = test.info().outputPath('bottle');
  for (const { from, to, first, count } of plan) {
    const names = (await readdir(path.join(images, from))).sort().slice(first, first + count);
    await mkdir(path.join(folder, to), { recursive: true });
    for (const name of names) await cp(path.join(images, from, name), path.join(folder, to, `${from.replace('/', '_')}_${name}`));
  }
  return folder;
}

test.beforeAll(() => {
  if (!existsSync(images)) console.log(absent);
});

test('the main job on 26 photographs of bottles', async ({ open, people }) => {
  test.skip(!existsSync(images), absent);
  test.setTimeout(500_000);
  const page = await open(people.lead);
  const projectId = await createProject(page, `Bottles ${Date.now()}`, 'glass bottle');
  await goToStage(page, 'Samples');
  await page.getByTestId('pick-folder').setInputFiles(await bottleFolder());
  await watchUpload(page, 26, 26);
  await page.getByRole('dialog', { name: 'Upload of 26 files' }).getByRole('button', { name: 'Close' }).last().click();
  await extractFeatures(page, 26);
  await scoreWithEap(page, 10);

  await goToStage(page, 'Review');
  for (let i = 0; i < 3; i++) await pressWhenPainted(page, 'a');
  await rejectByKeys(page, '2');
  await expect(page.getByText('4 of 10', { exact: true })).toBeVisible();
  await decisionsKept(projectId, ['accepted', 'accepted', 'accepted', 'rejected']);
  const manifest = await exportAccepted(page, 3);
  expect(manifest.run?.summary).toMatchObject({ normals: 12, anomalies: 4, auxiliary: 10 });
});
