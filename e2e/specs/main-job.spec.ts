import { createSignInLink } from '@/lib/auth/sign-in-link';
import { env } from '@/lib/env';
import { expect, test } from '../fixtures/test';
import { folderWithTwoBadFiles, textPath, truncatedPath, writeFolder } from '../fixtures/images';
import { forgetAttempts } from '../fixtures/people';
import { createProject, dropFolder, exportAccepted, extractFeatures, goToStage, scoreWithEap, watchUpload } from '../pages/main-job';
import { decisionsKept, pressWhenPainted, rejectByKeys } from '../pages/review';

test('an inspector goes from a dropped folder to a verified export', async ({ open }) => {
  test.setTimeout(400_000);
  const page = await open(null);
  let projectId = '';

  await test.step('sign in by the printed link', async () => {
    await forgetAttempts();
    await page.goto(process.env.ASSAY_E2E_LINK ?? (await createSignInLink({ baseUrl: env().baseUrl })));
    await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
  });

  await test.step('create a project', async () => {
    projectId = await createProject(page, `Line 4, plates ${Date.now()}`, 'metal plate');
    await page.getByRole('link', { name: 'Add images' }).click();
    await expect(page.getByText('Drop folders, images or a zip anywhere on this page')).toBeVisible();
    await expect(page.getByText('Or feature vectors instead of images')).toBeVisible();
  });

  await test.step('drop 24 files of which two are bad: these are listed with the reason, the others are stored', async () => {
    const folder = await writeFolder(await folderWithTwoBadFiles());
    await dropFolder(page, folder);
    await watchUpload(page, 24, 22);
    const drawer = page.getByRole('dialog', { name: 'Upload of 24 files' });
    await expect(drawer.getByRole('heading', { name: '2 files refused' })).toBeVisible();
    const refused = (path: string) => drawer.getByRole('listitem').filter({ has: page.getByText(path), hasText: /image\./ });
    await expect(refused(truncatedPath)).toContainText('image.truncated');
    await expect(refused(truncatedPath)).toContainText(/cut off or damaged/);
    await expect(refused(textPath)).toContainText('image.not_an_image');
    await expect(refused(textPath)).toContainText(/not an image/);
    await expect(drawer.getByLabel('Role of auxiliary', { exact: true })).toHaveValue('auxiliary');
    await expect(drawer.getByLabel('Known quality of realistic')).toHaveValue('realistic');
    await drawer.getByRole('button', { name: 'Close' }).last().click();
    await expect(page.getByText('2 files refused')).toBeVisible();
  });

  await test.step('extract features, watching the progress', () => extractFeatures(page, 22));
  await test.step('run EAP, watching the progress', () => scoreWithEap(page, 9));

  await test.step('accept, reject with a reason, skip and undo by keyboard only', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Review');
    await expect(page.getByRole('option', { name: 'Review', exact: true })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByText('0 of 9', { exact: true })).toBeVisible();
    await pressWhenPainted(page, 'a');
    await expect(page.getByText('accepted 1')).toBeVisible();
    await rejectByKeys(page, '3');
    await expect(page.getByText('rejected 1')).toBeVisible();
    await pressWhenPainted(page, 's');
    await expect(page.getByText('skipped 1')).toBeVisible();
    await page.keyboard.press('u');
    await expect(page.getByText('skipped 0')).toBeVisible();
    await pressWhenPainted(page, 'a');
    await pressWhenPainted(page, 'a');
    await expect(page.getByText('accepted 3')).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(page.getByText('accepted 2')).toBeVisible();
    await decisionsKept(projectId, ['accepted', 'rejected', 'skipped', null, 'accepted', 'accepted', null]);
  });

  await test.step('after a reload the decisions are there', async () => {
    await page.reload();
    await expect(page.getByText('0 of 6', { exact: true })).toBeVisible();
    await goToStage(page, 'Scores');
    const ranking = page.getByRole('grid', { name: 'Ranking, 9 samples' });
    await expect(ranking.getByRole('gridcell', { name: /, Accepted$/ })).toHaveCount(2);
    await expect(ranking.getByRole('gridcell', { name: /, undecided$/ })).toHaveCount(6);
    await ranking.getByRole('gridcell', { name: /, Rejected$/ }).click();
    await expect(page.getByText('Artefact', { exact: true })).toBeVisible();
  });

  await test.step('export: the number on the button, the manifest and the files agree, every sha256 holds', async () => {
    const manifest = await exportAccepted(page, 2);
    expect(manifest.files.map(({ role, decision, score }) => [role, decision?.verdict, typeof score?.quality])).toEqual([
      ['auxiliary', 'accepted', 'number'],
      ['auxiliary', 'accepted', 'number'],
    ]);
  });
});
