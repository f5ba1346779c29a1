import { env } from '@/lib/env';
import { HubServer } from '@/lib/inference/hub/testing/hub-server';
import { classifier } from '@/lib/pipeline/models/testing/networks';
import { store } from '@/lib/store/client';
import { expect, test } from '../fixtures/test';
import { dialogs, expectAccessible } from '../pages/accessible';
import { openSettled, placePath } from '../pages/places';

const preprocessor = { size: { height: 16, width: 16 }, resample: 2, do_normalize: false };

test.describe.configure({ mode: 'serial' });

const hub = new HubServer();
test.beforeAll(async () => {
  test.skip(process.env.ASSAY_E2E_LINK === undefined, 'Needs the Assay that these tests start, which looks for networks on this machine.');
  await hub.listen(Number(new URL(env().hub.baseUrl).port));
  hub.add('owner/plates', { 'onnx/model.onnx': classifier(), 'preprocessor_config.json': JSON.stringify(preprocessor) });
});
test.afterAll(() => hub.close());

test('an administrator downloads a network by its repository; looking at the catalogue asks the hub nothing', async ({ open, people, sharedProject }) => {
  const page = await open(people.admin);
  await openSettled(page, placePath(sharedProject.id, 'features'));
  await page.getByRole('radio', { name: 'Catalogue' }).click();
  const catalogue = page.getByRole('list', { name: 'Catalogue' });
  await expect(catalogue.getByText('ResNet-18', { exact: true })).toBeVisible();
  await expectAccessible(page);
  expect(hub.seen).toEqual([]);

  await page.getByRole('button', { name: 'Add a network' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a network' });
  await expectAccessible(page, dialogs);
  await dialog.getByLabel('Repository').fill('owner/plates');
  await dialog.getByRole('button', { name: 'Download' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: /^(Jobs|Network download)/ }).click();
  await expect(page.getByText('plates is in the library: 3 values from flat (none)')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Installed' }).click();
  await expect(page.getByText('plates', { exact: true })).toBeVisible();
});

test('a file is refused with the reason, then taken with what it lacked', async ({ open, people, sharedProject }) => {
  const page = await open(people.admin);
  await openSettled(page, placePath(sharedProject.id, 'features'));
  const add = async (preset: boolean): Promise<void> => {
    await page.getByRole('button', { name: 'Add a network' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a network' });
    await dialog.getByRole('radio', { name: 'File or folder' }).click();
    await dialog.getByLabel('ONNX file').setInputFiles({ name: 'sheets.onnx', mimeType: 'application/octet-stream', buffer: Buffer.from(classifier()) });
    await expect(dialog.getByText('nothing says how images are prepared')).toBeVisible();
    if (preset) {
      await dialog.getByText('Say more').click();
      await dialog.getByLabel('How images are prepared').selectOption('plain');
    }
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  await add(false);
  await page.getByRole('button', { name: /^(Jobs|New network|A job failed)/ }).click();
  await expect(page.getByText('Nothing beside the network says how its images are prepared.')).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Escape');
  await add(true);
  await expect.poll(() => store().model.count({ where: { name: 'sheets' } }), { timeout: 60_000 }).toBe(1);
});

test('who is no administrator looks only', async ({ open, people, sharedProject }) => {
  const page = await open(people.lead);
  await openSettled(page, placePath(sharedProject.id, 'features'));
  await page.getByRole('radio', { name: 'Catalogue' }).click();
  await expect(page.getByRole('list', { name: 'Catalogue' }).getByText('SigLIP B/16', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a network' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Download / })).toHaveCount(0);
});
