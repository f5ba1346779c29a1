import { env } from '@/lib/env';
import { productFiles } from '../fixtures/images';
import { OuterNetwork } from '../fixtures/outer-network';
import { forgetAttempts, newLink } from '../fixtures/people';
import { newProject, uploadFiles } from '../fixtures/projects';
import { expect, test } from '../fixtures/test';
import { goToStage, scoreWithEap } from '../pages/main-job';
import { openSettled, placePath } from '../pages/places';
import { pressWhenPainted } from '../pages/review';

/** Chromium asks its maker what the fields of forms are for; no page does so, and none can forbid it. */
const ofTheBrowser = 'content-autofill.googleapis.com:443';

/** Bytes that are in the browser already. */
const inside = new Set(['blob:', 'data:', 'about:']);

test('a whole session asks nobody but Assay: pages, workers, runtime and networks', async ({ browser, open, people, sharedProject }) => {
  const outside = await OuterNetwork.open();
  try {
    const page = await open(null, { proxy: outside.proxy });
    const log: URL[] = [];
    page.context().on('request', (request) => void log.push(new URL(request.url())));

    await forgetAttempts();
    await page.goto(await newLink(people.admin.actor));
    await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
    const project = await newProject(people.admin);
    await uploadFiles(page.request, people.admin, project, await productFiles({ trainNormals: 6, testNormals: 0, anomalies: 2, auxiliaryPerQuality: 1 }));
    await openSettled(page, placePath(project.id, 'samples'));

    await openSettled(page, `${placePath(project.id, 'features')}?extract=1`);
    const dialog = page.getByRole('dialog', { name: 'Extract features' });
    await dialog.getByRole('radio', { name: 'This browser' }).click();
    await dialog.getByRole('radio', { name: 'WASM', exact: true }).click();
    await dialog.getByRole('button', { name: /^Extract from/ }).click();
    await expect(page.getByRole('region', { name: 'Extraction in this browser' }).getByText('Extracted in this browser')).toBeVisible({ timeout: 180_000 });
    await page.getByRole('link', { name: /^Certificate of the feature set/ }).click();
    await expect(page.getByRole('list', { name: 'Parity certificates' }).getByText(/Ada Admin/)).toBeVisible();
    await page.getByRole('radio', { name: 'Catalogue' }).click();
    await expect(page.getByRole('list', { name: 'Catalogue' }).getByText('ResNet-18', { exact: true })).toBeVisible();

    await scoreWithEap(page, 3);
    await goToStage(page, 'Review');
    await pressWhenPainted(page, 'a');
    await expect(page.getByText('accepted 1')).toBeVisible();
    await goToStage(page, 'Scores');
    await page.getByRole('button', { name: 'Export 1 accepted' }).click();
    await expect(page.getByRole('dialog', { name: 'Export 1 accepted' })).toBeVisible();
    await openSettled(page, placePath(sharedProject.id, 'map'));

    const own = new URL(env().baseUrl).origin;
    expect(log.filter(({ protocol, origin }) => !inside.has(protocol) && origin !== own).map(({ href }) => href)).toEqual([]);
    // Workers are in the log: what only they ask for.
    for (const path of [/^\/api\/v1\/models\/[^/]+\/file$/, /^\/ort\/ort-wasm-simd-threaded\.wasm$/, /^\/api\/v1\/projects\/[^/]+\/samples\/[^/]+\/image$/]) {
      expect(log.some(({ pathname }) => path.test(pathname)), String(path)).toBe(true);
    }
    // Nothing left by a way that the log does not see; and such a way would have been noticed.
    const asked = () => outside.asked.filter((host) => host !== ofTheBrowser);
    expect(asked()).toEqual([]);
    const stranger = await browser.newContext({ proxy: outside.proxy });
    await (await stranger.newPage()).evaluate(() => fetch('http://elsewhere.example/', { mode: 'no-cors' }).catch(() => undefined));
    await stranger.close();
    expect(asked()).toEqual(['elsewhere.example']);
  } finally {
    await outside.close();
  }
});
