import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '@/lib/api/contracts/parity';
import type { Actor } from '@/lib/auth/actor';
import { openExtractor } from '@/lib/inference/node/extractor';
import { parityImages, PARITY_PROBE_VERSION } from '@/lib/inference/parity/probe-images';
import { PREPROCESSING_VERSION } from '@/lib/inference/preprocess/preprocess';
import { builtInModels } from '@/lib/inference/registry';
import { builtInFolder, ensureBuiltInModels } from '@/lib/pipeline/built-in-models';
import { computeParityReference } from '@/lib/pipeline/parity-reference';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { endBrowserExtraction, listMissingSamples, startBrowserExtraction, storeChunk } from './browser-features';
import type { ServiceContext } from './context';
import { listFeatureSets } from './features';
import { certify, listCertificates } from './parity';
import { World } from './testing/world';

let database: FreshDatabase;
let world: World;
let lead: Actor;
let context: ServiceContext;
let modelId: string;
let dim: number;
let probe: Float32Array;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lead');
  context = world.context(lead);
  const stores = { store: store(), blobs: blobStore(), progress: () => undefined };
  await ensureBuiltInModels(stores);
  ({ id: modelId, dim } = await store().model.findFirstOrThrow({ where: { builtIn: true } }));
  await computeParityReference({ modelId }, stores);
  const [model] = await builtInModels(path.resolve(builtInFolder));
  const extractor = await openExtractor(model!.modelPath, model!.manifest, { threads: 1 });
  probe = await extractor.embed(parityImages());
  await extractor.close();
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const base64 = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
const said = { runtimeVersion: '1.30.0', provider: 'webgpu' as const, device: 'google swiftshader', preprocessingVersion: PREPROCESSING_VERSION, probeVersion: PARITY_PROBE_VERSION };
const certified = (vectors = probe, by = context, more: Partial<typeof said> | { provider: 'wasm' } = {}) => certify(by, { ...said, ...more, modelId, vectors: base64(vectors) });
const vectorsOf = (count: number, first = 0) => Float32Array.from({ length: count * dim }, (_, i) => first + Math.floor(i / dim) + (i % dim) / dim);

async function projectOf(samples: number): Promise<{ projectId: string; ids: string[] }> {
  const projectId = await world.project([[lead, 'lead']]);
  const ids: string[] = [];
  for (let i = 0; i < samples; i++) ids.push((await world.sample(projectId, { fileName: `${i}.png` })).id);
  return { projectId, ids: ids.toSorted() };
}

async function started(samples: number, certificate?: Certificate) {
  const { projectId, ids } = await projectOf(samples);
  const { id: certificateId } = certificate ?? (await certified());
  const set = await startBrowserExtraction(context, { projectId, modelId, certificateId });
  const where = { projectId, featureSetId: set.id };
  const send = (sampleIds: string[], vectors = vectorsOf(sampleIds.length), by = context, under = certificateId) => storeChunk(by, { ...where, certificateId: under, sampleIds, vectors: base64(vectors) });
  return { projectId, ids, set, where, certificateId, send };
}

describe('certificates', () => {
  it('are given to vectors that are those of the server, and say how close they are', async () => {
    const near = probe.map((value) => value + 1e-6);
    const certificate = await certified(near);
    expect(certificate).toMatchObject({ runtime: 'onnxruntime-web 1.30.0', provider: 'webgpu', device: 'google swiftshader' });
    expect(certificate.reference).toMatch(/^onnxruntime-node 1\.\d+\.\d+, cpu$/);
    expect(certificate.maxAbs).toBeGreaterThan(5e-7);
    expect(certificate.maxAbs).toBeLessThan(2e-6);
    expect(certificate.cosine).toBeGreaterThan(0.999999);
    const newest = await listCertificates(context, { modelId, limit: 1 });
    expect(newest.items).toEqual([{ ...certificate, createdBy: 'Lead' }]);
    const latest = await certified(near);
    const [first, second] = [await listCertificates(context, { modelId, limit: 1 }), await listCertificates(context, { modelId, limit: 1, cursor: latest.id })];
    expect([first.items[0]?.id, first.nextCursor, second.items[0]?.id]).toEqual([latest.id, latest.id, certificate.id]);
  });

  it('are refused to others, with the figures, and nothing is kept', async () => {
    const before = await store().parityCertificate.count();
    const spike = probe.slice();
    spike[7]! += 0.1;
    await expect(certified(spike)).rejects.toMatchObject({ code: 'parity.failed', message: expect.stringMatching(/largest difference 0\.100, at most/) as string });
    await expect(certified(probe.slice(1))).rejects.toMatchObject({ code: 'data.shape' });
    await expect(certified(probe, context, { probeVersion: PARITY_PROBE_VERSION + 1 })).rejects.toMatchObject({ code: 'request.stale_client' });
    expect(await store().parityCertificate.count()).toBe(before);
  });
});

describe('a feature set of a browser', () => {
  it('is filled chunk by chunk, resumes with what is missing, and becomes ready', async () => {
    const { ids, where, send, projectId } = await started(5);
    expect(await send(ids.slice(0, 2))).toEqual({ stored: 2 });
    expect(await send([ids[1]!, ids[2]!], vectorsOf(2, 1))).toEqual({ stored: 1 });
    const page = await listMissingSamples(context, { ...where, limit: 1 });
    expect(page.items.map(({ id }) => id)).toEqual([ids[3]]);
    expect((await listMissingSamples(context, { ...where, limit: 10, cursor: page.nextCursor! })).items.map(({ id }) => id)).toEqual([ids[4]]);
    await send(ids.slice(3), vectorsOf(2, 3));
    expect(await listMissingSamples(context, { ...where, limit: 10 })).toEqual({ items: [], nextCursor: null });
    expect(await endBrowserExtraction(context, { ...where, outcome: 'ready', imagesPerSecond: 12 })).toMatchObject({ state: 'ready', count: 5, missing: 0, imagesPerSecond: 12, provider: 'webgpu' });
    const chunks = await store().featureChunk.findMany({ where: { featureSetId: where.featureSetId }, orderBy: { index: 'asc' } });
    const held = new Map<string, number>();
    for (const chunk of chunks) {
      const values = new Float32Array(new Uint8Array(await blobStore().read(chunk.sha256)).buffer);
      chunk.sampleIds.forEach((id, row) => held.set(id, values[row * dim]!));
    }
    expect(ids.map((id) => held.get(id))).toEqual([0, 1, 2, 3, 4]);
    const [listed] = (await listFeatureSets(context, { projectId })).featureSets;
    expect(listed?.certificate?.device).toBe('google swiftshader');
    await expect(send(ids.slice(0, 1))).rejects.toMatchObject({ code: 'request.conflict' });
  });

  it('takes nothing without a certificate of this person, this network and this day', async () => {
    const { ids, send, certificateId, projectId } = await started(2);
    const other = world.context(await world.person('Other'));
    await expect(send(ids, vectorsOf(2), other)).rejects.toMatchObject({ code: 'parity.failed' });
    await expect(send(ids, vectorsOf(2), context, '00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({ code: 'parity.failed' });
    await store().parityCertificate.update({ where: { id: certificateId }, data: { createdAt: new Date(Date.now() - 25 * 3_600_000) } });
    await expect(send(ids)).rejects.toMatchObject({ code: 'parity.failed' });
    await expect(startBrowserExtraction(context, { projectId, modelId, certificateId })).rejects.toMatchObject({ code: 'parity.failed' });
    expect(await send(ids, vectorsOf(2), context, (await certified(probe, context, { provider: 'wasm' })).id)).toEqual({ stored: 2 });
  });

  it('refuses vectors of another length or with NaN, and leaves out samples of other projects', async () => {
    const { ids, send } = await started(2);
    const foreign = (await projectOf(1)).ids[0]!;
    await expect(send(ids, vectorsOf(3))).rejects.toMatchObject({ code: 'data.shape' });
    await expect(send(ids, vectorsOf(2).fill(NaN, 3, 4))).rejects.toMatchObject({ code: 'data.not_finite' });
    expect(await send([foreign, ids[0]!])).toEqual({ stored: 1 });
  });

  it('takes over what an earlier set of the same fingerprint holds', async () => {
    const first = await started(3);
    await first.send(first.ids);
    await endBrowserExtraction(context, { ...first.where, outcome: 'ready', imagesPerSecond: null });
    const added = await world.sample(first.projectId);
    const { id: certificateId } = await certified();
    const again = await startBrowserExtraction(context, { projectId: first.projectId, modelId, certificateId });
    expect((await listMissingSamples(context, { projectId: first.projectId, featureSetId: again.id, limit: 10 })).items.map(({ id }) => id)).toEqual([added.id]);
    const other = await startBrowserExtraction(context, { projectId: first.projectId, modelId, certificateId: (await certified(probe, context, { provider: 'wasm' })).id });
    expect((await listMissingSamples(context, { projectId: first.projectId, featureSetId: other.id, limit: 10 })).items).toHaveLength(4);
  });

  it('can be cancelled, and is not ready without a vector', async () => {
    const { where } = await started(1);
    await expect(endBrowserExtraction(context, { ...where, outcome: 'ready', imagesPerSecond: null })).rejects.toMatchObject({ code: 'data.too_few_rows' });
    expect(await endBrowserExtraction(context, { ...where, outcome: 'cancelled', imagesPerSecond: null })).toMatchObject({ state: 'cancelled' });
  });
});
