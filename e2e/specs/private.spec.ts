import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { verifyExport } from '../fixtures/archive';
import { productFiles, writeFolder } from '../fixtures/images';
import { addMember } from '../fixtures/projects';
import { SentBytes } from '../fixtures/sent-bytes';
import { expect, test } from '../fixtures/test';
import { expectAccessible } from '../pages/accessible';
import { dropFolder, goToStage, scoreWithEap } from '../pages/main-job';
import { openSettled } from '../pages/places';
import { decisionsKept, pressWhenPainted, rejectByKeys } from '../pages/review';

const images = 32;
const auxiliary = 9;

/** Makes a private project as a person does. */
async function createPrivateProject(page: Page, name: string): Promise<string> {
  await openSettled(page, '/');
  await page.getByRole('button', { name: 'New project' }).click();
  const dialog = page.getByRole('dialog', { name: 'New project' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Inspected object').fill('metal plate');
  await dialog.getByRole('radio', { name: 'In the browser (private)' }).check();
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** How many pictures of samples the page shows, and that each was painted. */
async function expectPictures(page: Page): Promise<void> {
  const pictures = page.locator('main img');
  await expect(pictures.first()).toBeVisible();
  await expect.poll(() => pictures.evaluateAll((all) => all.every((image) => (image as HTMLImageElement).complete && (image as HTMLImageElement).naturalWidth > 0))).toBe(true);
}

test('a private project goes from a dropped folder to a zip, and no byte of an image leaves the browser', async ({ open, people, watch }) => {
  test.setTimeout(400_000);
  // Pictures of its own: those of other tests lie on the server.
  const files = await productFiles({ trainNormals: 16, testNormals: 3, anomalies: 4, auxiliaryPerQuality: auxiliary / 3 }, 60_601);
  expect(files).toHaveLength(images);
  const page = await open(people.lead);
  // A tile may be drawn a moment before its picture is kept; then it is drawn again.
  watch.expect(/status of 404 .*variant=thumbnail/);
  const sent = new SentBytes(page.context());
  const name = `Private plates ${Date.now()}`;
  const projectId = await createPrivateProject(page, name);

  await test.step('drop the images: they are kept here', async () => {
    await openSettled(page, `/projects/${projectId}/samples`);
    await dropFolder(page, await writeFolder(files));
    const drawer = page.getByRole('dialog', { name: `Upload of ${images} files` });
    await expect(drawer.getByText('All files are in this browser')).toBeVisible({ timeout: 180_000 });
    await expect(drawer.getByText(new RegExp(`(^| )${images} stored`))).toBeVisible();
    await drawer.getByRole('button', { name: 'Close' }).last().click();
    await expectPictures(page);
    await expectAccessible(page);
  });

  await test.step('extract features here', async () => {
    await goToStage(page, 'Features');
    await page.getByRole('button', { name: 'Extract features' }).click();
    await page.getByRole('dialog', { name: 'Extract features' }).getByRole('button', { name: /^Extract from/ }).click();
    const card = page.getByRole('article', { name: /^Feature set/ });
    await expect(card.getByText(`${images} vectors`)).toBeVisible({ timeout: 180_000 });
  });

  await test.step('EAP runs here', () => scoreWithEap(page, auxiliary));

  await test.step('review by keyboard, with pictures that lie here', async () => {
    await openSettled(page, `/projects/${projectId}/review`);
    await pressWhenPainted(page, 'a');
    await pressWhenPainted(page, 'a');
    await rejectByKeys(page, '1');
    await decisionsKept(projectId, ['accepted', 'accepted', 'rejected']);
  });

  await test.step('all is there after a reload', async () => {
    await page.reload();
    await goToStage(page, 'Scores');
    await expectPictures(page);
  });

  await test.step('the zip is written here and holds what was accepted', async () => {
    const label = 'Export 2 accepted';
    await page.getByRole('button', { name: label }).click();
    const dialog = page.getByRole('dialog', { name: label });
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: label }).click()]);
    const manifest = await verifyExport(await readFile(await download.path()), 2);
    const given = new Set(files.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex')));
    expect(manifest.files.every(({ sha256 }) => given.has(sha256))).toBe(true);
    expect(manifest.files.map(({ decision, score }) => [decision?.verdict, typeof score?.quality])).toEqual([['accepted', 'number'], ['accepted', 'number']]);
  });

  await test.step('nothing of an image was sent, and the server has none', async () => {
    await sent.settled();
    expect(sent.count, 'bodies that were looked at').toBeGreaterThan(images);
    expect(sent.traces(files)).toEqual([]);
    const samples = await store().sample.findMany({ where: { projectId } });
    expect(samples).toHaveLength(images);
    for (const { sha256, thumbnailSha256, viewSha256 } of samples) {
      expect([thumbnailSha256, viewSha256]).toEqual([null, null]);
      expect(await blobStore().size(sha256), 'size of the image in the blob store').toBeNull();
    }
    expect(await store().job.count({ where: { projectId } }), 'jobs of the server').toBe(0);
  });

  await test.step('a colleague sees the ranking, and that the images are not there', async () => {
    await addMember(people.lead, { id: projectId, name }, people.inspector, 'inspector');
    const other = await open(people.inspector);
    watch.expect(/status of 404 .*\/image\?variant=/);
    await openSettled(other, `/projects/${projectId}/scores`);
    await expect(other.getByRole('grid', { name: `Ranking, ${auxiliary} samples` })).toBeVisible();
    await expect(other.getByRole('img', { name: 'Not in this browser' }).first()).toBeVisible();
  });
});
