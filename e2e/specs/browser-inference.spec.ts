import type { BrowserContext, Page } from '@playwright/test';
import { chromium } from '@playwright/test';
import type { FeatureSet } from '@/lib/api/contracts/features';
import { env } from '@/lib/env';
import { extractFeatures } from '@/lib/services/features';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { productFiles } from '../fixtures/images';
import { browserOf, contextOf, type Person } from '../fixtures/people';
import { featuresOf, jobEnded, newProject, uploadFiles, type ProjectHandle } from '../fixtures/projects';
import { smallNetwork, smallNetworkManifest } from '../fixtures/small-network';
import { expect, test } from '../fixtures/test';
import { Watch } from '../fixtures/watch';
import { expectAccessible } from '../pages/accessible';
import { openSettled } from '../pages/places';
import { chromiumArguments, executablePath } from '../playwright.config';

/** Counts compute passes in the worker that computes, and tells the pages of the same origin. */
const dispatchCounter = `
const channel = new BroadcastChannel('dispatches');
const dispatch = GPUComputePassEncoder.prototype.dispatchWorkgroups;
GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...counts) { channel.postMessage(1); return dispatch.apply(this, counts); };
`;

/** A page of a person in a Chromium with software WebGPU, watched like every other. */
async function gpuPage(person: Person): Promise<{ page: Page; close: () => Promise<void> }> {
  const browser = await chromium.launch({
    args: [...chromiumArguments, '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  const context: BrowserContext = await browserOf(browser, person);
  const watch = new Watch();
  watch.follow(context);
  await context.route('**/ort/*.asyncify.mjs', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: dispatchCounter + (await answer.text()) });
  });
  await context.addInitScript(() => {
    const counted = globalThis as unknown as { dispatches: number };
    counted.dispatches = 0;
    new BroadcastChannel('dispatches').addEventListener('message', () => (counted.dispatches += 1));
  });
  return {
    page: await context.newPage(),
    async close() {
      await browser.close();
      watch.verify();
    },
  };
}

const dispatches = (page: Page) => page.evaluate(() => (globalThis as unknown as { dispatches: number }).dispatches);
const panel = (page: Page) => page.getByRole('region', { name: 'Extraction in this browser' });

/** Starts an extraction through the dialog. */
async function startHere(page: Page, project: ProjectHandle, provider: string, network: string | null = null): Promise<void> {
  await openSettled(page, `/projects/${project.id}/features?extract=1`);
  const dialog = page.getByRole('dialog', { name: 'Extract features' });
  if (network !== null) await dialog.getByRole('radio', { name: network }).check();
  await dialog.getByRole('radio', { name: 'This browser' }).click();
  await dialog.getByRole('radio', { name: provider, exact: true }).click();
  await dialog.getByRole('button', { name: /^Extract from/ }).click();
}

/** All vectors of a feature set by sample. */
async function vectorsOf(featureSetId: string): Promise<Map<string, Float32Array>> {
  const set = await store().featureSet.findUniqueOrThrow({ where: { id: featureSetId }, include: { chunks: true } });
  const found = new Map<string, Float32Array>();
  for (const chunk of set.chunks) {
    const values = new Float32Array(new Uint8Array(await blobStore().read(chunk.sha256)).buffer);
    chunk.sampleIds.forEach((id, row) => found.set(id, values.slice(row * set.dim, (row + 1) * set.dim)));
  }
  return found;
}

/** Largest difference of a value between two sets of the same samples. */
async function largestDifference(first: string, second: string): Promise<number> {
  const [a, b] = [await vectorsOf(first), await vectorsOf(second)];
  expect([...a.keys()].sort()).toEqual([...b.keys()].sort());
  return Math.max(...[...a].flatMap(([id, vector]) => Array.from(vector, (value, i) => Math.abs(value - b.get(id)![i]!))));
}

async function newestSet(page: Page, project: ProjectHandle): Promise<FeatureSet> {
  const answer = await page.request.get(`${env().baseUrl}/api/v1/projects/${project.id}/feature-sets`);
  return ((await answer.json()) as { featureSets: FeatureSet[] }).featureSets[0]!;
}

const counts = { trainNormals: 6, testNormals: 0, anomalies: 2, auxiliaryPerQuality: 1 };

async function filledProject(page: Page, lead: Person): Promise<ProjectHandle> {
  const project = await newProject(lead);
  await uploadFiles(page.request, lead, project, await productFiles(counts));
  return project;
}

test('the embedded extractor gives the vectors of the server in threads of WebAssembly', async ({ open, people }) => {
  const page = await open(people.lead);
  const project = await filledProject(page, people.lead);
  const onServer = await featuresOf(people.lead, project);
  await startHere(page, project, 'Best');
  await expect(panel(page).getByText('Extracted in this browser')).toBeVisible({ timeout: 180_000 });
  await expect(panel(page).getByText(/WebAssembly with \d+ threads?: /)).toBeVisible();
  await expect(panel(page).getByText(/11 of 11 images · .* images\/s/)).toBeVisible();
  await expect(panel(page).getByText(/Compared with onnxruntime-node .*, cpu: cosine [01]\.\d{7}, difference up to/)).toBeVisible();
  const set = await newestSet(page, project);
  expect(set).toMatchObject({ state: 'ready', count: 11, missing: 0, provider: 'wasm-threads' });
  expect(set.certificate!.cosine).toBeGreaterThanOrEqual(0.9999);
  expect(await largestDifference(onServer, set.id)).toBeLessThan(1e-4);
  await expectAccessible(page);
});

test('it pauses, is followed in another tab, goes on after a reload by the same provider without computing anything twice, and can be given up', async ({ open, people }) => {
  const page = await open(people.lead);
  const project = await newProject(people.lead);
  await uploadFiles(page.request, people.lead, project, await productFiles({ ...counts, trainNormals: 90 }));
  const fetched: string[] = [];
  page.context().on('request', (request) => /\/samples\/([^/]+)\/image/.test(request.url()) && request.url().includes('variant=view') && fetched.push(request.url()));
  await startHere(page, project, 'WASM, threads');
  await panel(page).getByRole('button', { name: 'Pause' }).click({ timeout: 180_000 });
  await expect(panel(page).getByText('Paused')).toBeVisible();
  // What was computed is stored when it pauses.
  await expect.poll(async () => (await newestSet(page, project)).count).toBeGreaterThan(0);
  const held = new Set((await vectorsOf((await newestSet(page, project)).id)).keys());
  expect(held.size).toBeLessThan(95);
  const other = await page.context().newPage();
  await openSettled(other, `/projects/${project.id}/features`);
  await expect(other.getByText(/Another tab of this browser extracts this set: [1-9]\d* of 95 vectors are stored/)).toBeVisible();
  await expect(other.getByRole('button', { name: 'Go on in this browser' })).toHaveCount(0);
  fetched.length = 0;
  await page.reload();
  await page.getByRole('button', { name: 'Go on in this browser' }).click();
  await expect(panel(page).getByText(/WebAssembly with \d+ threads?: as chosen/)).toBeVisible();
  await other.close();
  await expect(panel(page).getByText('Extracted in this browser')).toBeVisible({ timeout: 180_000 });
  expect(await newestSet(page, project)).toMatchObject({ state: 'ready', count: 95, missing: 0 });
  const again = fetched.filter((url) => held.has(/\/samples\/([^/]+)\//.exec(url)![1]!));
  expect(again).toEqual([]);

  await panel(page).getByRole('button', { name: 'Close' }).click();
  await startHere(page, project, 'WASM');
  await panel(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(panel(page).getByText('Cancelled')).toBeVisible();
});

test('a network of the library runs on the graphics card and gives the vectors of the server', async ({ people }) => {
  const { page, close } = await gpuPage(people.admin);
  try {
    const registered = await page.request.put(`${env().baseUrl}/api/v1/models?manifest=${encodeURIComponent(JSON.stringify({ ...smallNetworkManifest, name: `Small ${Date.now()}` }))}`, {
      data: Buffer.from(smallNetwork()), headers: { 'content-type': 'application/octet-stream', origin: env().baseUrl },
    });
    expect(registered.status(), await registered.text()).toBe(200);
    const { id: modelId, name } = (await registered.json()) as { id: string; name: string };
    const project = await filledProject(page, people.admin);
    const onServer = await extractFeatures(contextOf(people.admin.actor), { projectId: project.id, modelId });
    await jobEnded(onServer.jobId);
    await startHere(page, project, 'WebGPU', name);
    await expect(panel(page).getByText('Extracted in this browser')).toBeVisible({ timeout: 200_000 });
    await expect(panel(page).getByText(/WebGPU on google swiftshader, as chosen/)).toBeVisible();
    expect(await dispatches(page)).toBeGreaterThan(0);
    const set = await newestSet(page, project);
    expect(set).toMatchObject({ state: 'ready', provider: 'webgpu' });
    expect(set.certificate?.device).toContain('swiftshader');
    expect(await largestDifference(onServer.id, set.id)).toBeLessThan(1e-4);
  } finally {
    await close();
  }
});
