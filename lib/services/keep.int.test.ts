import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '@/lib/anomaly/random/generator';
import { decodeColumns, unpackUuids } from '@/lib/api/contracts/columns';
import { pickDiverseSchema, startKeepAnalysisSchema, type DiversePickDetail, type KeepAnalysis } from '@/lib/api/contracts/keep';
import type { Actor } from '@/lib/auth/actor';
import { runJob } from '@/lib/jobs/run-job';
import { ensureBuiltInModels } from '@/lib/pipeline/built-in-models';
import { encodeVectors } from '@/lib/pipeline/vectors';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import type { ServiceContext } from './context';
import { decide } from './decisions';
import { listHistory } from './history';
import { retryJob } from './jobs';
import { getKeepAnalysis, keepColumnsBlob, listKeepAnalyses, startKeepAnalysis } from './keep';
import { getDiversePick, listDiversePicks, pickDiverse } from './keep-picks';
import { startRuns } from './runs';
import { World } from './testing/world';

const DIM = 6;
const never = new AbortController().signal;
let database: FreshDatabase;
let lead: Actor;
let world: World;
let context: ServiceContext;
let set: Set;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
  await ensureBuiltInModels({ store: store(), blobs: blobStore() });
  set = await scoredProject();
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

type Set = { projectId: string; featureSetId: string; runIds: string[]; realistic: string[]; copies: string[]; wrong: string[] };

/** Normals around 0, real and realistic anomalies around 3; six auxiliary samples are nearly the same, and ten are no anomalies at all. */
async function scoredProject({ anomalies = 16, evaluators = ['RARITY', 'KNNSHAP'] } = {}): Promise<Set> {
  const projectId = await world.project([[lead, 'lead']]);
  const random = createRandom(5);
  const group = (count: number, sample: { role: 'normal' | 'anomaly' | 'auxiliary'; split?: 'train' | 'test' }, centre: number) => Array.from({ length: count }, () => ({ sample, centre }));
  const plan = [
    ...group(30, { role: 'normal', split: 'train' }, 0), ...group(20, { role: 'normal', split: 'test' }, 0), ...group(anomalies, { role: 'anomaly', split: 'test' }, 3),
    ...group(12, { role: 'auxiliary' }, 3), ...group(6, { role: 'auxiliary' }, 3), ...group(10, { role: 'auxiliary' }, 0),
  ];
  const vectors = Float32Array.from({ length: plan.length * DIM }, (_, i) => random.normal() + plan[Math.floor(i / DIM)]!.centre);
  const first = plan.length - 16;
  for (let copy = 1; copy < 6; copy += 1) for (let c = 0; c < DIM; c += 1) vectors[(first + copy) * DIM + c] = vectors[first * DIM + c]! + copy * 1e-3;
  const ids: string[] = [];
  for (const { sample } of plan) ids.push((await world.sample(projectId, sample)).id);
  const model = await store().model.findFirstOrThrow({ where: { builtIn: true } });
  const sha256 = await blobStore().put(encodeVectors(vectors));
  const { id } = await store().featureSet.create({ data: { projectId, modelId: model.id, state: 'ready', dim: DIM, count: plan.length, chunks: { create: { index: 0, sampleIds: ids, sha256 } } } });
  const { runs } = await startRuns(context, { projectId, featureSetId: id, seed: 0, runs: evaluators.map((evaluator) => ({ evaluator, preset: 'paper' as const, parameters: {} })) });
  for (const { jobId } of runs) await runJob(store(), jobId!, never);
  return { projectId, featureSetId: id, runIds: runs.map((run) => run.id), realistic: ids.slice(first - 12, first), copies: ids.slice(first, first + 6), wrong: ids.slice(first + 6) };
}

const keep = ({ projectId, featureSetId, runIds }: Set, changes: object = {}) => startKeepAnalysisSchema.parse({ projectId, featureSetId, runIds, settings: { seeds: 3, points: 6 }, ...changes });
const pick = ({ projectId, runIds }: Set, changes: object = {}) => pickDiverseSchema.parse({ projectId, runId: runIds[0], count: 6, ...changes });

async function analysed(changes: object = {}): Promise<KeepAnalysis> {
  const { id, jobId } = await startKeepAnalysis(context, keep(set, changes));
  await runJob(store(), jobId!, never);
  return getKeepAnalysis(context, { projectId: set.projectId, analysisId: id });
}

async function picked(changes: object = {}): Promise<DiversePickDetail> {
  const { id, jobId } = await pickDiverse(context, pick(set, changes));
  await runJob(store(), jobId!, never);
  return getDiversePick(context, { projectId: set.projectId, pickId: id });
}

describe('an analysis of how many samples to keep', () => {
  it('gives a curve with a band for each run and for random orders, and repeats itself', async () => {
    const found = await analysed();
    expect(found).toMatchObject({ state: 'ready', error: null, createdBy: 'Lea', runIds: set.runIds, settings: { classifier: 'svm', seeds: 3, testShare: 0.5 } });
    const { curves, baseline, ...rest } = found.summary!;
    expect(rest).toMatchObject({ train: { normals: 24, anomalies: 8 }, test: { normals: 20, anomalies: 8 }, heldOut: { normals: 'marked', anomalies: 'drawn' }, auxiliary: { all: 28, used: 28 } });
    expect(rest.notes.join(' ')).toContain('20 normals (marked as test) and 8 real anomalies (drawn anew each time)');
    expect(curves.map(({ runId, title }) => [runId, title])).toEqual([[set.runIds[0], 'RARITY'], [set.runIds[1], 'KNNSHAP'], [null, 'Random']]);
    for (const { added, mean, sd, low, high, best } of curves) {
      expect(added).toEqual([0, 1, 4, 10, 18, 28]);
      expect(added).toContain(best.count);
      expect(mean[0]).toBe(baseline.mean);
      // All kept is the same set, whatever the order; random orders are as many times the same.
      expect(mean.at(-1)).toBeCloseTo(curves[0]!.mean.at(-1)!, 12);
      for (const i of added.keys()) expect(low[i]! <= mean[i]! + 1e-12 && mean[i]! <= high[i]! + 1e-12 && sd[i]! >= 0).toBe(true);
    }
    const again = await analysed();
    expect({ ...again.summary, seconds: 0 }).toEqual({ ...found.summary, seconds: 0 });
    expect((await listKeepAnalyses(context, { projectId: set.projectId })).analyses.map(({ id }) => id).slice(0, 2)).toEqual([again.id, found.id]);
    const { items } = await listHistory(context, { projectId: set.projectId, limit: 5 });
    expect(items.map(({ sentence }) => sentence)).toContain('Lea started to measure how many samples to keep by 2 runs (seed 0).');
  });

  it('trains the detector that fits the samples unless it is told which', async () => {
    const settingsOf = async (changes: object = {}) => (await startKeepAnalysis(context, keep(set, changes))).settings.classifier;
    expect(await settingsOf()).toBe('svm');
    await store().project.update({ where: { id: set.projectId }, data: { kind: 'vector' } });
    expect(await settingsOf()).toBe('random_forest');
    expect(await settingsOf({ settings: { classifier: 'svm' } })).toBe('svm');
    await store().project.update({ where: { id: set.projectId }, data: { kind: 'image' } });
  });

  it('tells near copies at any cut by one column for each run', async () => {
    const { id, summary } = await analysed();
    const { columns } = decodeColumns(new Uint8Array(await blobStore().read(await keepColumnsBlob(context, { projectId: set.projectId, analysisId: id }))).buffer);
    const ids = unpackUuids(columns['id']!.data as Uint8Array<ArrayBuffer>);
    expect(new Set(ids)).toEqual(new Set([...set.realistic, ...set.copies, ...set.wrong]));
    for (const name of ['nearest0', 'nearest1']) {
      const nearest = columns[name]!.data as Float32Array;
      expect(nearest.filter((value) => Number.isNaN(value)).length).toBe(1);
      // Five of the six copies have another one above them, whichever comes first.
      const copies = set.copies.filter((copy) => nearest[ids.indexOf(copy)]! <= 0.02);
      expect(copies).toHaveLength(5);
      expect(copies.every((copy) => nearest[ids.indexOf(copy)]! <= summary!.redundancy.threshold)).toBe(true);
    }
  });

  it('is refused for foreign, unready and other runs, and without real anomalies', async () => {
    const other = await scoredProject({ evaluators: ['RARITY'], anomalies: 2 });
    await expect(startKeepAnalysis(context, keep(set, { runIds: other.runIds }))).rejects.toMatchObject({ code: 'request.not_found' });
    await expect(startKeepAnalysis(context, keep(set, { featureSetId: other.featureSetId }))).rejects.toMatchObject({ code: 'request.not_found' });
    await expect(startKeepAnalysis(context, keep(other))).rejects.toMatchObject({ code: 'data.too_few_rows', hint: expect.stringContaining('Upload real anomalies') });
    const model = await store().model.findFirstOrThrow({ where: { builtIn: true } });
    const second = await store().featureSet.create({ data: { projectId: set.projectId, modelId: model.id, state: 'ready', dim: DIM, count: 0 } });
    await expect(startKeepAnalysis(context, keep(set, { featureSetId: second.id }))).rejects.toMatchObject({ code: 'request.conflict', message: expect.stringContaining('another feature set') });
    await store().run.update({ where: { id: other.runIds[0]! }, data: { state: 'failed' } });
    await expect(startKeepAnalysis(context, keep(other))).rejects.toMatchObject({ code: 'request.conflict', message: 'The run of RARITY has no scores.' });
    await expect(pickDiverse(context, pick(other))).rejects.toMatchObject({ code: 'request.conflict' });
    await store().project.update({ where: { id: other.projectId }, data: { isPrivate: true } });
    await expect(startKeepAnalysis(context, keep(other))).rejects.toMatchObject({ code: 'project.private' });
    await expect(pickDiverse(context, pick(other))).rejects.toMatchObject({ code: 'project.private' });
    await store().project.delete({ where: { id: other.projectId } });
    expect(await store().diversePick.count({ where: { projectId: other.projectId } })).toBe(0);
  });

  it('can be cancelled and taken up again, has no columns before, and goes with its project', async () => {
    const { id, jobId } = await startKeepAnalysis(context, keep(set));
    await expect(keepColumnsBlob(context, { projectId: set.projectId, analysisId: id })).rejects.toMatchObject({ code: 'request.not_found' });
    await store().job.update({ where: { id: jobId! }, data: { cancelRequestedAt: new Date() } });
    await runJob(store(), jobId!, never);
    expect(await getKeepAnalysis(context, { projectId: set.projectId, analysisId: id })).toMatchObject({ state: 'cancelled', summary: null });
    await retryJob(context, { projectId: set.projectId, jobId: jobId! });
    await runJob(store(), jobId!, never);
    const done = await getKeepAnalysis(context, { projectId: set.projectId, analysisId: id });
    expect(done.state).toBe('ready');
    await expect(getKeepAnalysis(context, { projectId: '00000000-0000-4000-8000-000000000000', analysisId: id })).rejects.toMatchObject({ code: 'request.not_found' });
  });
});

describe('a diverse choice', () => {
  it('takes one of near copies and says what it gains over the plain best', async () => {
    const found = await picked({ count: 8, weight: 0.3 });
    expect(found).toMatchObject({ state: 'ready', error: null, count: 8, ofSelection: false, settings: { weight: 0.3, avoidAccepted: true, filter: {} } });
    expect(found.sampleIds).toHaveLength(8);
    expect(found.sampleIds.filter((id) => set.copies.includes(id)).length).toBeLessThanOrEqual(1);
    const { diverse, top, ...rest } = found.summary!;
    expect(rest).toMatchObject({ pool: 28, accepted: 0, before: null });
    expect(diverse.nearCopies).toBeLessThanOrEqual(top.nearCopies);
    expect(diverse.meanQuality).toBeLessThanOrEqual(top.meanQuality);
    expect(diverse.minDistance!).toBeGreaterThan(top.minDistance!);
    const [listed] = (await listDiversePicks(context, { projectId: set.projectId })).picks;
    expect({ ...listed, sampleIds: found.sampleIds }).toEqual(found);
    const { items } = await listHistory(context, { projectId: set.projectId, limit: 3 });
    expect(items[0]!.sentence).toBe('Lea started to choose 8 diverse samples among 28 by RARITY (weight of quality 0.3, seed 0).');
  });

  it('with weight 1 is the top of the ranking', async () => {
    const best = await store().score.findMany({ where: { runId: set.runIds[0]! }, orderBy: { quality: 'desc' }, take: 7 });
    const found = await picked({ weight: 1, count: 7 });
    // Ranks of equal quality are drawn with the seed.
    const qualityOf = new Map((await store().score.findMany({ where: { runId: set.runIds[0]! } })).map(({ sampleId, quality }) => [sampleId, quality]));
    expect(found.sampleIds.map((id) => qualityOf.get(id))).toEqual(best.map(({ quality }) => quality));
    expect(found.summary).toMatchObject({ shared: 7, diverse: found.summary!.top });
  });

  it('picks among what the filter shows or what is selected, and keeps off what is accepted', async () => {
    const qualities = (await store().score.findMany({ where: { runId: set.runIds[0]! }, orderBy: { quality: 'desc' } })).map(({ sampleId, quality }) => ({ sampleId, quality }));
    const least = qualities[9]!.quality;
    const filtered = await picked({ filter: { quality: [least, null] }, count: 100 });
    const shown = qualities.filter(({ quality }) => quality >= least).map(({ sampleId }) => sampleId);
    expect(filtered.summary!.pool).toBe(shown.length);
    expect(shown.length).toBeLessThan(28);
    expect(new Set(filtered.sampleIds)).toEqual(new Set(shown));

    const normal = await store().sample.findFirstOrThrow({ where: { projectId: set.projectId, role: 'normal' } });
    const selected = await picked({ ids: [...set.wrong, normal.id], count: 3 });
    expect(selected).toMatchObject({ ofSelection: true, summary: { pool: 10 } });
    expect(selected.sampleIds.every((id) => set.wrong.includes(id))).toBe(true);
    await expect(pickDiverse(context, pick(set, { ids: [normal.id] }))).rejects.toMatchObject({ code: 'data.too_few_rows' });

    await decide(context, { projectId: set.projectId, sampleId: set.copies[0]!, verdict: 'accepted', reason: null, note: null, expectedVersion: 0, runId: null });
    const beside = await picked({ count: 12, weight: 0.3 });
    expect(beside.summary).toMatchObject({ pool: 27, accepted: 1, before: { meanCoverage: expect.any(Number) } });
    expect(beside.sampleIds.filter((id) => set.copies.includes(id))).toEqual([]);
    expect((await picked({ count: 27, weight: 1, avoidAccepted: false })).summary).toMatchObject({ pool: 28, accepted: 0 });
  });

  it('can be cancelled and taken up again', async () => {
    const { id, jobId } = await pickDiverse(context, pick(set));
    await store().job.update({ where: { id: jobId! }, data: { cancelRequestedAt: new Date() } });
    await runJob(store(), jobId!, never);
    expect(await getDiversePick(context, { projectId: set.projectId, pickId: id })).toMatchObject({ state: 'cancelled', summary: null, sampleIds: [] });
    await retryJob(context, { projectId: set.projectId, jobId: jobId! });
    await runJob(store(), jobId!, never);
    expect(await getDiversePick(context, { projectId: set.projectId, pickId: id })).toMatchObject({ state: 'ready' });
  });
});
