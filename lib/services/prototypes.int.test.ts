import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '@/lib/anomaly/random/generator';
import { startPrototypeSearchSchema, type PrototypeSearch } from '@/lib/api/contracts/prototypes';
import type { Actor } from '@/lib/auth/actor';
import { runJob } from '@/lib/jobs/run-job';
import { ensureBuiltInModels } from '@/lib/pipeline/built-in-models';
import { encodeVectors } from '@/lib/pipeline/vectors';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import type { ServiceContext } from './context';
import { listHistory } from './history';
import { retryJob } from './jobs';
import { estimatePrototypeSearch, getPrototypeSearch, listPrototypeSearches, prototypeTail, startPrototypeSearch } from './prototypes';
import { changeSamples } from './sample-changes';
import { listSamples } from './samples';
import { World } from './testing/world';

const DIM = 6;
const never = new AbortController().signal;
let database: FreshDatabase;
let world: World;
let lead: Actor;
let context: ServiceContext;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
  await ensureBuiltInModels({ store: store(), blobs: blobStore() });
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

type Set = { projectId: string; featureSetId: string; misfit: string };

/** Normals around 0, anomalies around (3, ..., 3), and one training normal that lies among the anomalies. */
async function projectWithVectors({ training = 30, heldOut = 20, anomalies = 16 } = {}): Promise<Set> {
  const projectId = await world.project([[lead, 'lead']]);
  const random = createRandom(5);
  const plan = [
    ...Array.from({ length: training }, () => ({ role: 'normal', split: 'train', centre: 0 }) as const),
    { role: 'normal', split: null, centre: 3 } as const,
    ...Array.from({ length: heldOut }, () => ({ role: 'normal', split: 'test', centre: 0 }) as const),
    ...Array.from({ length: anomalies }, () => ({ role: 'anomaly', split: 'test', centre: 3 }) as const),
  ];
  const ids: string[] = [];
  for (const { role, split } of plan) ids.push((await world.sample(projectId, { role, split })).id);
  const vectors = Float32Array.from({ length: plan.length * DIM }, (_, i) => random.normal() + plan[Math.floor(i / DIM)]!.centre);
  const model = await store().model.findFirstOrThrow({ where: { builtIn: true } });
  const sha256 = await blobStore().put(encodeVectors(vectors));
  const { id } = await store().featureSet.create({
    data: { projectId, modelId: model.id, state: 'ready', dim: DIM, count: plan.length, chunks: { create: { index: 0, sampleIds: ids, sha256 } } },
  });
  return { projectId, featureSetId: id, misfit: ids[training]! };
}

const parse = ({ projectId, featureSetId }: Set, settings: object) => startPrototypeSearchSchema.parse({ projectId, featureSetId, settings });
const quick = { sizes: [1, 4], population: 40, generations: 10, randomDraws: 3 };

async function searched(set: Set, settings: object = quick): Promise<PrototypeSearch> {
  const { id, jobId } = await startPrototypeSearch(context, parse(set, settings));
  await runJob(store(), jobId!, never);
  return getPrototypeSearch(context, { projectId: set.projectId, searchId: id });
}

describe('a search for prototypes of normality', () => {
  it('names the normals to train with and those that do harm; an excluded one takes no part in the next', async () => {
    const set = await projectWithVectors();
    const { projectId } = set;
    const found = await searched(set);
    expect(found).toMatchObject({ state: 'ready', error: null, createdBy: 'Lea', settings: { detector: 'knn', candidates: 300, seed: 0 } });
    const { rows, chosen, random, full, sizes } = found.summary!;
    expect(rows).toEqual({ candidates: 31, trainingNormals: 31, validation: { normals: 10, anomalies: 8 }, test: { normals: 10, anomalies: 8 }, missing: null });
    expect(sizes).toEqual([1, 4]);
    expect(chosen.map(({ method, size, sampleIds }) => [method, size, sampleIds.length])).toEqual(['greedy', 'evolution', 'core-set'].flatMap((method) => [[method, 1, 1], [method, 4, 4]]));
    expect(random.map(({ draws }) => draws.length)).toEqual([3, 3]);
    const samples = await store().sample.findMany({ where: { id: { in: chosen.flatMap(({ sampleIds }) => sampleIds) } } });
    expect(samples.every(({ role, split }) => role === 'normal' && split !== 'test')).toBe(true);
    expect(chosen.find(({ method }) => method === 'greedy')!.sampleIds).not.toContain(set.misfit);

    const { tail } = await prototypeTail(context, { projectId, searchId: found.id });
    expect(tail).toHaveLength(31);
    expect(tail[0]!.sampleId).toBe(set.misfit);
    expect((await listPrototypeSearches(context, { projectId })).searches).toEqual([found]);

    const change = { projectId, selection: { ids: [set.misfit] } };
    expect(await changeSamples(context, { ...change, change: { excluded: true } })).toEqual({ changed: 1 });
    expect((await listSamples(context, { projectId, limit: 10, excluded: 'only' })).items).toMatchObject([{ id: set.misfit, excluded: true }]);
    const without = await searched(set);
    expect(without.summary!.rows).toEqual({ ...rows, candidates: 30, trainingNormals: 30 });
    expect((await prototypeTail(context, { projectId, searchId: without.id })).tail.map(({ sampleId }) => sampleId)).not.toContain(set.misfit);
    // The same rows judge: what changed is the training set alone.
    expect(without.summary!.full.validation).toBeCloseTo(full.validation! - tail[0]!.presence, 12);

    await changeSamples(context, { ...change, change: { excluded: false } });
    const { summary } = await searched(set);
    expect({ ...summary, seconds: 0 }).toEqual({ ...found.summary, seconds: 0 });
    const { items } = await listHistory(context, { projectId, limit: 20 });
    expect(items.map(({ sentence }) => sentence)).toEqual(expect.arrayContaining(['Lea started a search for prototypes of normality with knn (seed 0).', 'Lea changed 1 sample: excluded.', 'Lea changed 1 sample: no longer excluded.']));
  });

  it('draws candidates and judging rows where there are more than asked for', async () => {
    const set = await projectWithVectors();
    const { summary } = await searched(set, { ...quick, candidates: 12, judged: 9, detector: 'mahalanobis', longTail: false });
    expect(summary!.rows).toMatchObject({ candidates: 12, trainingNormals: 31, validation: { normals: 5, anomalies: 4 }, test: { normals: 5, anomalies: 4 } });
    const [{ id }] = (await listPrototypeSearches(context, { projectId: set.projectId })).searches as [PrototypeSearch];
    expect((await prototypeTail(context, { projectId: set.projectId, searchId: id })).tail).toEqual([]);
  });

  it('without real anomalies gives the core-set alone, and says what is missing', async () => {
    const set = await projectWithVectors({ anomalies: 1 });
    const { rows, chosen, random, full } = (await searched(set)).summary!;
    expect(rows).toMatchObject({ validation: null, test: null, missing: 'To choose by labels and to judge what was chosen, at least 2 real anomalies (there is 1) are needed.' });
    expect(chosen.map(({ method, validation, test }) => [method, validation, test])).toEqual([['core-set', null, null], ['core-set', null, null]]);
    expect([random.flatMap(({ draws }) => draws), full]).toEqual([[], { validation: null, test: null }]);
    await expect(startPrototypeSearch(context, parse(set, { methods: ['greedy'] }))).rejects.toMatchObject({ code: 'data.too_few_rows', hint: expect.stringContaining('Upload real anomalies') });
  });

  it('is estimated before it starts, with what stands against it', async () => {
    const set = await projectWithVectors();
    const ask = (of: Set, settings: object = {}) => estimatePrototypeSearch(context, parse(of, settings));
    const plain = await ask(set);
    expect(plain).toMatchObject({ methods: ['greedy', 'evolution', 'core-set'], population: 1000, generations: 500, obstacle: null, rows: { candidates: 31 } });
    expect((await ask(set, { detector: 'pca', fitness: 'auroc' })).population).toBe(20);
    expect((await ask(set, { methods: ['core-set'] })).seconds).toBeLessThan(plain.seconds!);
    expect(await ask(await projectWithVectors({ heldOut: 0 }), { methods: ['evolution'] })).toMatchObject({ seconds: null, obstacle: { message: expect.stringContaining('2 test normals (there are none)'), hint: expect.stringContaining('Mark some normals as test') } });
    expect(await ask(set, { sizes: [100] })).toMatchObject({ seconds: null, obstacle: { message: 'There are 31 normals, too few to choose 100 of.' } });
  });

  it('can be cancelled and taken up again, and is refused for private projects and sets that are not ready', async () => {
    const set = await projectWithVectors();
    const { id, jobId } = await startPrototypeSearch(context, parse(set, quick));
    await expect(prototypeTail(context, { projectId: set.projectId, searchId: id })).rejects.toMatchObject({ code: 'request.not_found' });
    await store().job.update({ where: { id: jobId! }, data: { cancelRequestedAt: new Date() } });
    await runJob(store(), jobId!, never);
    expect(await getPrototypeSearch(context, { projectId: set.projectId, searchId: id })).toMatchObject({ state: 'cancelled', summary: null });
    await retryJob(context, { projectId: set.projectId, jobId: jobId! });
    await runJob(store(), jobId!, never);
    expect(await getPrototypeSearch(context, { projectId: set.projectId, searchId: id })).toMatchObject({ state: 'ready' });
    await store().featureSet.update({ where: { id: set.featureSetId }, data: { state: 'pending' } });
    await expect(startPrototypeSearch(context, parse(set, quick))).rejects.toMatchObject({ code: 'request.conflict' });
    await store().project.update({ where: { id: set.projectId }, data: { isPrivate: true } });
    await expect(startPrototypeSearch(context, parse(set, quick))).rejects.toMatchObject({ code: 'project.private' });
  });
});

it('only normals can be excluded, and one that changes its role takes part again', async () => {
  const { projectId, misfit } = await projectWithVectors({ training: 2, heldOut: 2, anomalies: 2 });
  const anomaly = await store().sample.findFirstOrThrow({ where: { projectId, role: 'anomaly' } });
  await expect(changeSamples(context, { projectId, selection: { ids: [anomaly.id, misfit] }, change: { excluded: true } })).rejects.toMatchObject({ code: 'request.invalid' });
  await changeSamples(context, { projectId, selection: { ids: [misfit] }, change: { excluded: true } });
  await changeSamples(context, { projectId, selection: { ids: [misfit] }, change: { role: 'anomaly' } });
  expect((await store().sample.findUniqueOrThrow({ where: { id: misfit } })).excluded).toBe(false);
});
