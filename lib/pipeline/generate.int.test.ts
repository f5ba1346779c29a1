import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGenerationSchema, type StartGeneration } from '@/lib/api/contracts/generators';
import type { Actor } from '@/lib/auth/actor';
import { generateDemoSet } from '@/lib/demo/demo-set';
import { encodeDemoImage } from '@/lib/demo/encode';
import { demoProducts } from '@/lib/demo/products/catalogue';
import { decodeImage } from '@/lib/ingest/decode';
import { runJob } from '@/lib/jobs/run-job';
import type { ServiceContext } from '@/lib/services/context';
import { generationSeeds, getGeneration, listGenerations, startGeneration } from '@/lib/services/generations';
import { retryJob } from '@/lib/services/jobs';
import { World } from '@/lib/services/testing/world';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { planImage } from '@/lib/synthesis/plan';
import { generateAnomalies } from './generate';
import { pipelineContext, uploadAll } from './testing/uploading';

let database: FreshDatabase;
let world: World;
let lead: Actor;
let context: ServiceContext;
let projectId: string;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
  projectId = await world.project([[lead, 'lead']]);
  const files: Record<string, Buffer> = {};
  for (const sample of generateDemoSet(demoProducts[0]!, 1, { trainNormals: 5, testNormals: 2, anomalies: 1, auxiliaryPerQuality: 1 })) {
    if (sample.role === 'auxiliary') continue;
    files[sample.path] = await sharp(await encodeDemoImage(sample)).resize(80, 80).png().toBuffer();
  }
  await uploadAll(context, projectId, files);
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const start = (input: Omit<StartGeneration, 'projectId'>, of = projectId) => startGeneration(context, startGenerationSchema.parse({ ...input, projectId: of }));
const samplesOf = (generationId: string) => store().sample.findMany({ where: { generationId }, orderBy: { generationIndex: 'asc' } });
const never = new AbortController().signal;

describe('a batch of synthetic anomalies', () => {
  it('becomes auxiliary samples with image, thumbnail, mask, parameters and parents', async () => {
    const generation = await start({ generator: 'cutmix', count: 12, seed: 4 });
    expect(generation).toMatchObject({ state: 'pending', seedCount: 5, parameters: { alpha: 1 }, createdBy: 'Lea', folder: `generated/cutmix-${generation.id.slice(-8)}` });
    await runJob(store(), generation.jobId!, never);
    expect(await getGeneration(context, { projectId, generationId: generation.id })).toMatchObject({ state: 'ready', samples: 12, summary: { made: 12, duplicates: 0, failures: [] } });
    const samples = await samplesOf(generation.id);
    expect(samples.map(({ generationIndex }) => generationIndex)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(samples[3]).toMatchObject({ role: 'auxiliary', split: null, qualityLabel: null, generator: 'cutmix', folder: generation.folder, fileName: 'cutmix-4-0003.png', width: 80, height: 80, format: 'png', viewSha256: null });

    const { sampleIds } = await generationSeeds(context, { projectId, seed: 4, seedLimit: undefined });
    const normals = new Map((await store().sample.findMany({ where: { projectId, role: 'normal' } })).map((sample) => [sample.id, sample]));
    for (const sample of samples) {
      const parameters = sample.parameters as { seed: number; index: number; parents: string[]; lambda: number; settings: object };
      const planned = planImage(4, sample.generationIndex!, 5);
      expect(parameters).toMatchObject({ seed: 4, index: sample.generationIndex, parents: [sampleIds[planned.parent], sampleIds[planned.other!]], settings: { alpha: 1 } });
      expect(normals.get(parameters.parents[0]!)?.split).toBe('train');
      const [image, parent, mask] = await Promise.all([sample.sha256, normals.get(parameters.parents[0]!)!.sha256, sample.maskSha256!].map(async (sha256) => (await decodeImage(await blobStore().read(sha256))).rgb));
      const changed = Uint8Array.from(mask!, (_, i) => ([0, 1, 2].some((c) => image![i - (i % 3) + c] !== parent![i - (i % 3) + c]) ? 255 : 0));
      expect(mask).toEqual(Buffer.from(changed));
      expect((await sharp(await blobStore().read(sample.thumbnailSha256!)).metadata()).format).toBe('webp');
    }
  });

  it('goes on after a kill without making anything twice', async () => {
    const generation = await start({ generator: 'cutpaste', count: 20, seed: 1 });
    const stopping = new AbortController();
    // The process is told to stop after the third image, as a worker is when its machine goes down.
    const killed = generateAnomalies({ generationId: generation.id }, pipelineContext(context, { signal: stopping.signal, progress: ({ done }) => void ((done ?? 0) >= 3 && stopping.abort()) }));
    await expect(killed).rejects.toThrow();
    const before = await samplesOf(generation.id);
    expect(before.length).toBeGreaterThanOrEqual(3);
    expect(before.length).toBeLessThan(20);
    expect(await getGeneration(context, { projectId, generationId: generation.id })).toMatchObject({ state: 'pending', summary: null });
    await runJob(store(), generation.jobId!, never);
    const after = await samplesOf(generation.id);
    expect(after.map(({ generationIndex }) => generationIndex)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(after.filter(({ id }) => before.some((one) => one.id === id))).toEqual(before);
    expect((await getGeneration(context, { projectId, generationId: generation.id })).summary).toMatchObject({ made: 20, duplicates: 0 });
  });

  it('counts images that the project has already, and says so', async () => {
    const again = await start({ generator: 'cutpaste', count: 22, seed: 1 });
    await runJob(store(), again.jobId!, never);
    expect(await getGeneration(context, { projectId, generationId: again.id })).toMatchObject({ state: 'ready', samples: 2, summary: { made: 2, duplicates: 20 } });
  });

  it('can be cancelled, and taken up again', async () => {
    const generation = await start({ generator: 'draem', count: 6, seed: 2 });
    await store().job.update({ where: { id: generation.jobId! }, data: { cancelRequestedAt: new Date() } });
    await runJob(store(), generation.jobId!, never);
    expect(await getGeneration(context, { projectId, generationId: generation.id })).toMatchObject({ state: 'cancelled', samples: 0 });
    await retryJob(context, { projectId, jobId: generation.jobId! });
    await runJob(store(), generation.jobId!, never);
    expect(await getGeneration(context, { projectId, generationId: generation.id })).toMatchObject({ state: 'ready', samples: 6 });
  });

  it('makes plain copies that are told apart, with the pseudo-quality that was asked for', async () => {
    const generation = await start({ generator: 'copy', count: 7, seed: 3, qualityLabel: 'indistinguishable' });
    await runJob(store(), generation.jobId!, never);
    const samples = await samplesOf(generation.id);
    expect(samples.map(({ qualityLabel, maskSha256 }) => [qualityLabel, maskSha256])).toEqual(Array.from({ length: 7 }, () => ['indistinguishable', null]));
    const [copy] = samples;
    const parent = await store().sample.findUniqueOrThrow({ where: { id: (copy!.parameters as { parents: string[] }).parents[0]! } });
    expect((await decodeImage(await blobStore().read(copy!.sha256))).rgb).toEqual((await decodeImage(await blobStore().read(parent.sha256))).rgb);
  });

  it('takes chosen normals, at most as many as asked for', async () => {
    const normals = await store().sample.findMany({ where: { projectId, role: 'normal', split: 'test' }, orderBy: { id: 'asc' } });
    const chosen = await start({ generator: 'elastic', count: 2, seeds: normals.map(({ id }) => id) });
    expect((await store().generation.findUniqueOrThrow({ where: { id: chosen.id } })).seedSampleIds).toEqual(normals.map(({ id }) => id));
    expect((await start({ generator: 'elastic', count: 2, seedLimit: 3, seed: 5 })).seedCount).toBe(3);
    expect((await generationSeeds(context, { projectId, seed: 5, seedLimit: 3 })).sampleIds).toHaveLength(3);
  });

  it('fails with the reason when nothing can be made, and goes on where something can', async () => {
    const flat = await world.project([[lead, 'lead']]);
    const plain = (grey: number) => sharp({ create: { width: 30, height: 20, channels: 3, background: { r: grey, g: grey, b: grey } } }).png().toBuffer();
    await uploadAll(context, flat, { 'train/good/1.png': await plain(10) });
    const generation = await start({ generator: 'elastic', count: 3 }, flat);
    await runJob(store(), generation.jobId!, never);
    expect(await store().job.findUniqueOrThrow({ where: { id: generation.jobId! } })).toMatchObject({ state: 'failed', errorCode: 'image.unchanged' });
    expect(await getGeneration(context, { projectId: flat, generationId: generation.id })).toMatchObject({ state: 'failed', samples: 0 });
    await expect(start({ generator: 'cutmix', count: 3 }, flat)).rejects.toMatchObject({ code: 'data.too_few_rows' });

    const noise = await sharp(Uint8Array.from({ length: 30 * 20 * 3 }, (_, i) => (i * 7919) % 251), { raw: { width: 30, height: 20, channels: 3 } }).png().toBuffer();
    await uploadAll(context, flat, { 'train/good/2.png': noise });
    const mixed = await start({ generator: 'elastic', count: 6, seed: 1 }, flat);
    await runJob(store(), mixed.jobId!, never);
    expect(await getGeneration(context, { projectId: flat, generationId: mixed.id })).toMatchObject({ state: 'ready', summary: { made: 3, failures: [{ count: 3 }] } });
  });

  it('is refused for unknown parameters, for samples that are no normals, and in projects of vectors', async () => {
    const anomaly = await store().sample.findFirstOrThrow({ where: { projectId, role: 'anomaly' } });
    await expect(start({ generator: 'cutpaste', parameters: { size: 3 } })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(start({ generator: 'cutpaste', seeds: [anomaly.id] })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(start({ generator: 'cutpaste', seeds: ['0190a5f0-0000-7000-8000-000000000000'] })).rejects.toMatchObject({ code: 'request.not_found' });
    await expect(start({ generator: 'diffstyle' })).rejects.toMatchObject({ code: 'model.missing' });
    const { id: diffusionModelId } = await store().diffusionModel.create({ data: { name: 'D', sha256: 'd'.repeat(64), bytes: 1, width: 32, height: 32 } });
    await expect(start({ generator: 'diffstyle', diffusionModelId, count: 7 })).rejects.toMatchObject({ code: 'parameter.invalid', message: expect.stringContaining('5 seed images make 6 pairs') });
    const vectors = await world.project([[lead, 'lead']]);
    await store().project.update({ where: { id: vectors }, data: { kind: 'vector' } });
    await expect(start({ generator: 'cutpaste' }, vectors)).rejects.toMatchObject({ code: 'data.mixed' });
    const { generations } = await listGenerations(context, { projectId });
    expect(generations.map(({ generator }) => generator)).toEqual(['elastic', 'elastic', 'copy', 'draem', 'cutpaste', 'cutpaste', 'cutmix']);
  });
});
