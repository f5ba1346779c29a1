import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GeneratedImage } from '@/lib/api/contracts/browser-generations';
import { startGenerationSchema, type StartGeneration } from '@/lib/api/contracts/generators';
import type { Actor } from '@/lib/auth/actor';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { endBrowserGeneration, generationPlan, storeGenerated, storeGeneration } from './browser-generations';
import type { ServiceContext } from './context';
import { decide } from './decisions';
import { getGeneration, listGenerations, startGeneration } from './generations';
import { createProject } from './projects';
import { getSample, listSamples } from './samples';
import { World } from './testing/world';

let database: FreshDatabase;
let world: World;
let lea: Actor;
let context: ServiceContext;
let projectId: string;
let normals: string[];
let made = 0;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lea = await world.person('Lea');
  context = world.context(lea);
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});
beforeEach(async () => {
  await project();
});

async function project(sendsThumbnails = false): Promise<void> {
  projectId = (await createProject(context, { name: `Generated ${++made}`, objectName: 'tile', isPrivate: true, sendsThumbnails })).id;
  normals = [];
  for (const fileName of ['1.png', '2.png', '3.png']) normals.push((await world.sample(projectId, { role: 'normal', fileName, thumbnailSha256: null })).id);
  normals.sort();
}

const start = (input: Partial<StartGeneration> = {}) => startGeneration(context, startGenerationSchema.parse({ projectId, generator: 'cutpaste', count: 4, seed: 7, ...input }));
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const image = (index: number, change: Partial<GeneratedImage> = {}): GeneratedImage => ({
  index, sha256: hashOf(`${projectId} ${index}`), bytes: 900 + index, width: 64, height: 48, maskSha256: hashOf(`mask ${index}`), parents: [index % 3], drawn: { areaShare: 0.1, attempt: 1 }, thumbnail: null, ...change,
});
const webp = async () => (await sharp({ create: { width: 32, height: 24, channels: 3, background: { r: made % 256, g: 90, b: 10 } } }).webp().toBuffer()).toString('base64');

describe('a batch of a private project', () => {
  it('is frozen without a job, with its seed images in order', async () => {
    const batch = await start({ seedLimit: 2 });
    expect(batch).toMatchObject({ state: 'pending', jobId: null, seedCount: 2, summary: null, samples: 0, outcome: { accepted: 0, scores: null } });
    expect(await store().job.count({ where: { projectId } })).toBe(0);
    const { seedSampleIds, made: there } = await generationPlan(context, { projectId, generationId: batch.id });
    expect(seedSampleIds).toHaveLength(2);
    expect(normals).toEqual(expect.arrayContaining(seedSampleIds));
    expect(there).toEqual([]);
  });

  it('cannot be of DiffStyle, whose network runs on the server', async () => {
    const network = await store().diffusionModel.create({ data: { name: `net ${made}`, sha256: hashOf(`net ${made}`), bytes: 9n, width: 64, height: 64 } });
    await expect(start({ generator: 'diffstyle', diffusionModelId: network.id })).rejects.toMatchObject({ code: 'project.private' });
  });

  it('becomes samples with all that is known of them, and no bytes', async () => {
    const { id: generationId, folder } = await start({ qualityLabel: 'unrealistic' });
    const { samples } = await storeGenerated(context, { projectId, generationId, images: [image(0), image(1, { maskSha256: null, parents: [1, 2] })] });
    const { seedSampleIds, made: there } = await generationPlan(context, { projectId, generationId });
    expect(there).toEqual(samples.map(({ index, sampleId }) => ({ index, sampleId, sha256: image(index).sha256 })));
    const sample = await getSample(context, { projectId, sampleId: samples[0]!.sampleId! });
    expect(sample).toMatchObject({ fileName: 'cutpaste-7-0000.png', folder, role: 'auxiliary', generator: 'cutpaste', qualityLabel: 'unrealistic', format: 'png', bytes: 900, width: 64, height: 48, hasMask: true });
    expect(sample.parameters).toMatchObject({ areaShare: 0.1, seed: 7, index: 0, parents: [seedSampleIds[0]], settings: { areaMinimum: 0.02 } });
    const second = await getSample(context, { projectId, sampleId: samples[1]!.sampleId! });
    expect(second).toMatchObject({ hasMask: false, parameters: { parents: [seedSampleIds[1], seedSampleIds[2]] } });
    for (const { sha256 } of [image(0), image(1)]) expect(await blobStore().size(sha256)).toBeNull();
  });

  it('takes the same image twice without harm, and says which the project has already', async () => {
    const { id: generationId } = await start();
    const first = await storeGenerated(context, { projectId, generationId, images: [image(0), image(1)] });
    const again = await storeGenerated(context, { projectId, generationId, images: [image(0), image(2, { sha256: image(1).sha256 })] });
    expect(again.samples).toEqual([first.samples[0], { index: 2, sampleId: null }]);
    expect((await listSamples(context, { projectId, role: 'auxiliary', limit: 10 })).items).toHaveLength(2);
  });

  it('ends ready with the number of samples that the server counts, and takes nothing more', async () => {
    const { id: generationId } = await start();
    await storeGenerated(context, { projectId, generationId, images: [image(0), image(1), image(3)] });
    const ended = await storeGeneration(context, { projectId, generationId, duplicates: 0, failures: [{ message: 'It was of one colour.', count: 1 }], seconds: 2 });
    expect(ended).toMatchObject({ state: 'ready', samples: 3, summary: { made: 3, duplicates: 0, failures: [{ message: 'It was of one colour.', count: 1 }], seconds: 2 } });
    await expect(storeGenerated(context, { projectId, generationId, images: [image(2)] })).rejects.toMatchObject({ code: 'request.conflict' });
    await expect(storeGeneration(context, { projectId, generationId, duplicates: 0, failures: [], seconds: 1 })).rejects.toMatchObject({ code: 'request.conflict' });
    expect((await generationPlan(context, { projectId, generationId })).made).toHaveLength(3);
  });

  it('keeps what was made when it is cancelled or fails, and why', async () => {
    const cancelled = await start();
    await storeGenerated(context, { projectId, generationId: cancelled.id, images: [image(0)] });
    expect(await endBrowserGeneration(context, { projectId, generationId: cancelled.id, end: { outcome: 'cancelled' } })).toMatchObject({ state: 'cancelled', samples: 1, summary: { made: 1 } });
    const failed = await start({ seed: 8 });
    const ended = await endBrowserGeneration(context, { projectId, generationId: failed.id, end: { outcome: 'failed', code: 'private.no_storage', message: 'The browser has no room.' } });
    expect(ended).toMatchObject({ state: 'failed', summary: { made: 0, error: { code: 'private.no_storage', message: 'The browser has no room.' } } });
    const events = await store().auditEvent.findMany({ where: { projectId, type: 'generation.ended' }, orderBy: { id: 'asc' } });
    expect(events.map(({ payload }) => payload)).toMatchObject([{ state: 'cancelled', made: 1 }, { state: 'failed', made: 0 }]);
  });

  it('refuses numbers, parents and sizes that it does not have', async () => {
    const { id: generationId } = await start();
    const tell = (change: Partial<GeneratedImage>) => storeGenerated(context, { projectId, generationId, images: [image(0), image(1, change)] });
    await expect(tell({ index: 4 })).rejects.toMatchObject({ code: 'data.shape' });
    await expect(tell({ parents: [3] })).rejects.toMatchObject({ code: 'data.shape' });
    await expect(tell({ width: 50_000, height: 50_000 })).rejects.toMatchObject({ code: 'image.too_many_pixels' });
    expect((await getGeneration(context, { projectId, generationId })).samples).toBe(0);
  });

  it('sends thumbnails only where the project does', async () => {
    const tell = async () => {
      const { id: generationId } = await start();
      const { samples } = await storeGenerated(context, { projectId, generationId, images: [image(0, { thumbnail: await webp() })] });
      return (await store().sample.findUniqueOrThrow({ where: { id: samples[0]!.sampleId! } })).thumbnailSha256;
    };
    expect(await tell()).toBeNull();
    await project(true);
    expect(await tell()).not.toBeNull();
  });
});

it('leaves batches of other projects to the server', async () => {
  const open = await world.project([[lea, 'lead']]);
  const generation = await store().generation.create({ data: { projectId: open, generator: 'copy', parameters: {}, seed: 0, count: 1, seedSampleIds: [], codeVersion: '1' } });
  const where = { projectId: open, generationId: generation.id };
  await expect(generationPlan(context, where)).rejects.toMatchObject({ code: 'request.conflict' });
  await expect(storeGenerated(context, { ...where, images: [image(0)] })).rejects.toMatchObject({ code: 'request.conflict' });
  await expect(endBrowserGeneration(context, { ...where, end: { outcome: 'cancelled' } })).rejects.toMatchObject({ code: 'request.conflict' });
  await expect(generationPlan(context, { ...where, projectId })).rejects.toMatchObject({ code: 'request.not_found' });
});

describe('what became of a batch', () => {
  it('counts verdicts, reasons, features and scores of its own samples only', async () => {
    const [one, two] = [await start(), await start({ seed: 8 })];
    const tell = async (generationId: string, indices: number[], salt: string) => {
      const images = indices.map((index) => image(index, { sha256: hashOf(`${projectId} ${salt} ${index}`) }));
      return (await storeGenerated(context, { projectId, generationId, images })).samples.map(({ sampleId }) => sampleId!);
    };
    const [a, b, c] = await tell(one.id, [0, 1, 2, 3], 'one');
    const [d] = await tell(two.id, [0], 'two');
    const verdict = (sampleId: string, given: 'accepted' | 'rejected' | 'skipped', reason: 'artefact' | 'unrealistic' | null) =>
      decide(context, { projectId, sampleId, verdict: given, reason, note: null, runId: null, expectedVersion: 0 });
    await verdict(a!, 'accepted', null);
    await verdict(b!, 'rejected', 'artefact');
    await verdict(c!, 'rejected', 'artefact');
    await verdict(d!, 'skipped', null);
    const model = await store().model.create({ data: { name: `m ${made}`, sha256: hashOf(`m ${made}`), bytes: 1n, manifest: {}, dim: 2 } });
    const set = await store().featureSet.create({ data: { projectId, modelId: model.id, dim: 2, state: 'ready', chunks: { create: { index: 0, sampleIds: [a!, b!, normals[0]!], sha256: hashOf('v') } } } });
    const run = await store().run.create({ data: { projectId, featureSetId: set.id, evaluator: 'EAP', preset: 'paper', parameters: {}, seed: 0, codeVersion: '1', state: 'ready' } });
    await store().score.createMany({ data: [{ runId: run.id, sampleId: a!, quality: 0.9, zone: 'realistic' }, { runId: run.id, sampleId: b!, quality: 0.2, zone: 'unrealistic' }] });
    const { generations } = await listGenerations(context, { projectId });
    const of = (id: string) => generations.find((batch) => batch.id === id)!.outcome;
    expect(of(one.id)).toEqual({
      accepted: 1, rejected: 2, skipped: 0, extracted: 2,
      reasons: [{ reason: 'artefact', count: 2 }],
      scores: { runId: run.id, evaluator: 'EAP', scored: 2, meanQuality: expect.closeTo(0.55, 12), zones: { realistic: 1, unrealistic: 1, indistinguishable: 0 } },
    });
    expect(of(two.id)).toEqual({ accepted: 0, rejected: 0, skipped: 1, extracted: 0, reasons: [], scores: null });
    expect((await getGeneration(context, { projectId, generationId: one.id })).outcome).toEqual(of(one.id));
  });
});
