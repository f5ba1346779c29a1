import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '@/lib/anomaly/random/generator';
import type { ScoreRow } from '@/lib/api/contracts/browser-runs';
import { decodeColumns, packUuids, unpackUuids } from '@/lib/api/contracts/columns';
import { neighboursToText } from '@/lib/api/contracts/further-neighbours';
import { mapParametersSchema, startProjectionSchema, startRunsSchema, type Score } from '@/lib/api/contracts/runs';
import type { Actor } from '@/lib/auth/actor';
import { logger } from '@/lib/logger';
import { ensureBuiltInModels } from '@/lib/pipeline/built-in-models';
import { computeWith } from '@/lib/pipeline/compute/compute';
import { computeProjection } from '@/lib/pipeline/project';
import { scoreRun } from '@/lib/pipeline/score';
import { encodeVectors } from '@/lib/pipeline/vectors';
import { evaluate } from '@/lib/scoring/evaluate';
import { computeMap } from '@/lib/scoring/map';
import { decodeSamples } from '@/lib/scoring/sample-columns';
import { scoreRows } from '@/lib/scoring/score-rows';
import { trainingSet } from '@/lib/scoring/training-set';
import type { Vectors } from '@/lib/scoring/vectors';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { endBrowserProjection, storeProjection } from './browser-maps';
import { endBrowserRun, storeRun, storeScores } from './browser-runs';
import { featureSetSamples, featureSetVectors } from './browser-set';
import type { ServiceContext } from './context';
import { listHistory } from './history';
import { getProjection, startProjection } from './projections';
import { getRun, getScore, startRuns } from './runs';
import { World } from './testing/world';

const DIM = 6;
let database: FreshDatabase;
let world: World;
let lead: Actor;
let context: ServiceContext;
let modelId: string;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lead');
  context = world.context(lead);
  await ensureBuiltInModels({ store: store(), blobs: blobStore() });
  ({ id: modelId } = await store().model.findFirstOrThrow({ where: { builtIn: true } }));
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const quiet = { signal: new AbortController().signal, progress: () => undefined };
const onServer = () => ({ ...quiet, store: store(), blobs: blobStore(), logger: logger('test') });

/** A project with a ready feature set of two chunks, in which one sample stands twice and one is gone. */
async function filled(isPrivate: boolean): Promise<{ projectId: string; featureSetId: string }> {
  const projectId = await world.project([[lead, 'lead']]);
  await store().project.update({ where: { id: projectId }, data: { isPrivate } });
  const random = createRandom(3);
  const ids: string[] = [];
  const add = async (count: number, fields: Parameters<World['sample']>[1]) => {
    for (let i = 0; i < count; i++) ids.push((await world.sample(projectId, fields)).id);
  };
  await add(14, { role: 'normal', split: 'train' });
  await add(6, { role: 'normal', split: 'test' });
  await add(5, { role: 'anomaly', split: 'test', defectType: 'scratch' });
  await add(6, { role: 'auxiliary', qualityLabel: 'realistic', defectType: 'hole' });
  await add(5, { role: 'auxiliary', qualityLabel: 'unrealistic' });
  const gone = (await world.sample(projectId)).id;
  const { id: featureSetId } = await store().featureSet.create({ data: { projectId, modelId, dim: DIM, state: 'ready', count: ids.length } });
  const chunks = [ids.slice(0, 20), [gone, ...ids.slice(19)]];
  for (const [index, sampleIds] of chunks.entries()) {
    const vectors = Float32Array.from({ length: sampleIds.length * DIM }, () => random.normal());
    await store().featureChunk.create({ data: { featureSetId, index, sampleIds, sha256: await blobStore().put(encodeVectors(vectors)) } });
  }
  await store().sample.delete({ where: { id: gone } });
  return { projectId, featureSetId };
}

/** What a browser reads of a set. */
async function read(where: { projectId: string; featureSetId: string }): Promise<Vectors> {
  const samples = decodeSamples(decodeColumns((await featureSetSamples(context, where)).buffer));
  const { body, bytes } = await featureSetVectors(context, where);
  const raw = await buffer(body);
  expect(raw.length).toBe(bytes);
  const stream = new Float32Array(new Uint8Array(raw).buffer);
  const data = new Float32Array(samples.length * DIM);
  samples.forEach(({ at }, row) => data.set(stream.subarray(at * DIM, (at + 1) * DIM), row * DIM));
  return { samples, dim: DIM, data };
}

type Choice = { evaluator: string; preset?: 'paper' | 'released'; parameters?: Record<string, number> };

async function begun(choice: Choice = { evaluator: 'EAP' }, isPrivate = true) {
  const set = await filled(isPrivate);
  const { runs } = await startRuns(context, startRunsSchema.parse({ ...set, seed: 4, runs: [choice] }));
  const run = runs[0]!;
  return { ...set, run, where: { projectId: set.projectId, runId: run.id } };
}

/** The result that a browser would hand in. */
async function computed({ projectId, featureSetId, run }: Awaited<ReturnType<typeof begun>>) {
  const vectors = await read({ projectId, featureSetId });
  const { evaluator, preset, seed } = run;
  const evaluation = await evaluate({ vectors, set: trainingSet(vectors.samples), evaluator, preset, parameters: run.parameters as object, seed }, computeWith(quiet));
  // Through JSON, as over the network.
  const rows = JSON.parse(JSON.stringify(scoreRows(evaluation))) as ScoreRow[];
  return { rows, result: { summary: { ...evaluation.summary, seconds: 1.5, runtime: 'browser, WASM with 2 threads' }, parameters: evaluation.valuation.parameters } };
}

const refused = (code: string) => ({ code });

describe('a run of a private project', () => {
  it.each<Choice>([{ evaluator: 'EAP' }, { evaluator: 'EAP', preset: 'released', parameters: { subsets: 5 } }, { evaluator: 'CAP' }, { evaluator: 'RARITY' }])('is stored as the worker would store it: $evaluator', async (choice) => {
    const work = await begun(choice);
    const { where, run } = work;
    expect(run).toMatchObject({ jobId: null, state: 'pending', error: null });
    expect(await store().job.count({ where: { projectId: work.projectId } })).toBe(0);
    const { rows, result } = await computed(work);
    expect(await storeScores(context, { ...where, from: 0, scores: rows.slice(0, 7) })).toEqual({ stored: 7 });
    await expect(getScore(context, { ...where, sampleId: rows[0]!.sampleId })).rejects.toMatchObject(refused('request.not_found'));
    expect(await storeScores(context, { ...where, from: 7, scores: rows.slice(7) })).toEqual({ stored: rows.length });
    expect(await storeRun(context, { ...where, ...result })).toMatchObject({ state: 'ready', summary: { runtime: 'browser, WASM with 2 threads', auxiliary: 11, normals: 14, anomalies: 5 } });

    const other = await store().run.create({ data: { ...(await ownFields(run.id)), parameters: run.parameters as object } });
    await scoreRun({ runId: other.id }, onServer());
    const [mine, theirs] = await Promise.all([run.id, other.id].map(async (id) => store().run.findUniqueOrThrow({ where: { id }, include: { scores: { orderBy: { sampleId: 'asc' } } } })));
    expect(mine!.columnsSha256).toBe(theirs!.columnsSha256);
    expect(mine!.parameters).toEqual(theirs!.parameters);
    expect(mine!.summary).toEqual({ ...(theirs!.summary as object), seconds: 1.5, runtime: 'browser, WASM with 2 threads' });
    expect(mine!.scores.map((score) => ({ ...score, runId: '' }))).toEqual(theirs!.scores.map((score) => ({ ...score, runId: '' })));
    const score = await getScore(context, { ...where, sampleId: rows[0]!.sampleId });
    expect(score).toMatchObject({ quality: rows[0]!.quality, of: 11 });
    if (run.evaluator === 'EAP') await expectNearest(work, score);
    else expect([score.nearestNormals, score.nearestAnomalies]).toEqual([[], []]);
  });

  /** The five nearest of each label by brute force; those of a run that kept one are that one. */
  async function expectNearest({ where, ...set }: Awaited<ReturnType<typeof begun>>, score: Score) {
    const { samples, data } = await read(set);
    const { train, labels } = trainingSet(samples);
    const vectorOf = (row: number) => [...data.subarray(row * DIM, (row + 1) * DIM)];
    const own = vectorOf(samples.findIndex(({ id }) => id === score.sampleId));
    const nearest = (label: number) =>
      [...train].filter((_, i) => labels[i] === label)
        .map((row) => ({ sampleId: samples[row]!.id, distance: Math.hypot(...vectorOf(row).map((value, j) => value - own[j]!)) }))
        .sort((a, b) => a.distance - b.distance).slice(0, 5);
    for (const [found, wanted] of [[score.nearestNormals, nearest(0)], [score.nearestAnomalies, nearest(1)]] as const) {
      expect(found.map(({ sampleId }) => sampleId)).toEqual(wanted.map(({ sampleId }) => sampleId));
      found.forEach(({ distance }, place) => expect(distance).toBeCloseTo(wanted[place]!.distance, 5));
    }
    expect([score.nearestNormal, score.nearestAnomaly]).toEqual([score.nearestNormals[0], score.nearestAnomalies[0]]);
    await store().score.update({ where: { runId_sampleId: { runId: where.runId, sampleId: score.sampleId } }, data: { furtherNeighbours: null } });
    const older = await getScore(context, { ...where, sampleId: score.sampleId });
    expect([older.nearestNormals, older.nearestAnomalies]).toEqual([[score.nearestNormal], [score.nearestAnomaly]]);
  }

  async function ownFields(id: string) {
    const { projectId, featureSetId, evaluator, preset, seed, codeVersion } = await store().run.findUniqueOrThrow({ where: { id } });
    return { projectId, featureSetId, evaluator, preset, seed, codeVersion };
  }

  it('takes scores of its own auxiliary samples only, each once', async () => {
    const work = await begun();
    const { where } = work;
    const { rows, result } = await computed(work);
    const foreign = await world.sample(await world.project());
    const send = (scores: ScoreRow[], from = 0) => storeScores(context, { ...where, from, scores });
    const normal = (await store().sample.findFirstOrThrow({ where: { projectId: work.projectId, role: 'normal' } })).id;
    await expect(send([{ ...rows[0]!, sampleId: foreign.id }])).rejects.toMatchObject(refused('data.shape'));
    await expect(send([{ ...rows[0]!, sampleId: normal }])).rejects.toMatchObject(refused('data.shape'));
    await expect(send([{ ...rows[0]!, nearestNormalId: foreign.id }])).rejects.toMatchObject(refused('data.shape'));
    await expect(send([{ ...rows[0]!, nearestNormalId: rows[1]!.sampleId }])).rejects.toMatchObject(refused('data.shape'));
    const further = (sampleId: string) => ({ ...rows[0]!, furtherNeighbours: neighboursToText({ normals: [{ sampleId, distance: 1 }], anomalies: [] }) });
    await expect(send([further(foreign.id)])).rejects.toMatchObject(refused('data.shape'));
    await expect(send([further(rows[1]!.sampleId)])).rejects.toMatchObject(refused('data.shape'));
    await expect(send([rows[0]!, rows[0]!])).rejects.toMatchObject(refused('data.shape'));
    await expect(send(rows.slice(1), 1)).rejects.toMatchObject(refused('request.conflict'));
    expect(await store().score.count({ where: { runId: where.runId } })).toBe(0);
    await send(rows.slice(0, 3));
    await expect(send([rows[2]!], 3)).rejects.toMatchObject(refused('data.shape'));
    await expect(storeRun(context, { ...where, ...result })).rejects.toMatchObject({ code: 'data.shape', message: '3 scores came, but the feature set has 11 auxiliary samples.' });
    expect(await send(rows)).toEqual({ stored: 11 });
    expect(await store().run.findUniqueOrThrow({ where: { id: where.runId } })).toMatchObject({ state: 'pending', columnsSha256: null });
  });

  it('takes a summary of these samples and these parameters only, and one result', async () => {
    const work = await begun({ evaluator: 'EAP', parameters: { kFloor: 2 } });
    const { where } = work;
    const { rows, result } = await computed(work);
    await storeScores(context, { ...where, from: 0, scores: rows });
    const { summary, parameters } = result;
    await expect(storeRun(context, { ...where, summary: { ...summary, anomalies: 4 }, parameters })).rejects.toMatchObject(refused('data.shape'));
    await expect(storeRun(context, { ...where, summary: { ...summary, zones: { realistic: 11, unrealistic: 0, indistinguishable: 0 } }, parameters })).rejects.toMatchObject(refused('data.shape'));
    await expect(storeRun(context, { ...where, summary, parameters: { ...parameters, kFloor: 3 } })).rejects.toMatchObject(refused('data.shape'));
    await expect(storeRun(context, { ...where, summary, parameters: { ...parameters, seed: 5 } })).rejects.toMatchObject(refused('data.shape'));
    await storeRun(context, { ...where, ...result });
    await expect(storeRun(context, { ...where, ...result })).rejects.toMatchObject(refused('request.conflict'));
    await expect(storeScores(context, { ...where, from: 0, scores: rows })).rejects.toMatchObject(refused('request.conflict'));
    await expect(endBrowserRun(context, { ...where, end: { outcome: 'cancelled' } })).rejects.toMatchObject(refused('request.conflict'));
    expect(await store().score.count({ where: { runId: where.runId } })).toBe(11);
  });

  it('refuses a result after its samples changed', async () => {
    const work = await begun();
    const { rows, result } = await computed(work);
    await storeScores(context, { ...work.where, from: 0, scores: rows });
    await store().sample.update({ where: { id: rows[0]!.sampleId }, data: { role: 'normal' } });
    await expect(storeRun(context, { ...work.where, ...result })).rejects.toMatchObject(refused('data.shape'));
  });

  it('can be cancelled or fail, with the reason, and leaves no score', async () => {
    const work = await begun();
    const { rows } = await computed(work);
    await storeScores(context, { ...work.where, from: 0, scores: rows });
    expect(await endBrowserRun(context, { ...work.where, end: { outcome: 'failed', code: 'data.one_class', message: 'There is no known anomaly.' } })).toMatchObject({ state: 'failed', error: { code: 'data.one_class', message: 'There is no known anomaly.' } });
    expect(await store().score.count({ where: { runId: work.where.runId } })).toBe(0);
    const second = await begun();
    expect(await endBrowserRun(context, { ...second.where, end: { outcome: 'cancelled' } })).toMatchObject({ state: 'cancelled', error: null });
    expect((await listHistory(context, { projectId: work.projectId, limit: 5 })).items[0]?.sentence).toBe('Lead saw a run of EAP fail in a browser.');
  });
});

describe('a project that is not private', () => {
  it('starts jobs, and takes no results of browsers', async () => {
    const work = await begun({ evaluator: 'RARITY' }, false);
    expect(work.run.jobId).not.toBeNull();
    const { where, projectId, featureSetId } = work;
    const row: ScoreRow = {
      sampleId: projectId, quality: 1, probability: null, density: null, rarity: null, zone: null, spread: null, parts: null, coveringSpheres: null, centreSampleId: null, centreRadius: null, centreDistance: null,
      gapSampleId: null, gapRadius: null, gap: null, nearestNormalId: null, nearestNormalDistance: null, nearestAnomalyId: null, nearestAnomalyDistance: null, furtherNeighbours: null,
    };
    await expect(featureSetSamples(context, { projectId, featureSetId })).rejects.toMatchObject(refused('request.conflict'));
    await expect(featureSetVectors(context, { projectId, featureSetId })).rejects.toMatchObject(refused('request.conflict'));
    await expect(storeScores(context, { ...where, from: 0, scores: [row] })).rejects.toMatchObject(refused('request.conflict'));
    await expect(endBrowserRun(context, { ...where, end: { outcome: 'cancelled' } })).rejects.toMatchObject(refused('request.conflict'));
    const map = await startProjection(context, startProjectionSchema.parse({ projectId, featureSetId, perplexity: 5 }));
    expect(map.jobId).not.toBeNull();
    await expect(endBrowserProjection(context, { projectId, projectionId: map.id, end: { outcome: 'cancelled' } })).rejects.toMatchObject(refused('request.conflict'));
    expect(await getRun(context, where)).toMatchObject({ state: 'pending' });
  });

  it('says nothing of runs and sets of other projects', async () => {
    const work = await begun();
    const other = await filled(true);
    await expect(featureSetSamples(context, { projectId: other.projectId, featureSetId: work.featureSetId })).rejects.toMatchObject(refused('request.not_found'));
    await expect(featureSetVectors(context, { projectId: other.projectId, featureSetId: work.featureSetId })).rejects.toMatchObject(refused('request.not_found'));
    await expect(endBrowserRun(context, { projectId: other.projectId, runId: work.run.id, end: { outcome: 'cancelled' } })).rejects.toMatchObject(refused('request.not_found'));
  });
});

describe('a map of a private project', () => {
  async function map() {
    const set = await filled(true);
    const projection = await startProjection(context, startProjectionSchema.parse({ ...set, perplexity: 5, seed: 2 }));
    const vectors = await read(set);
    const { x, y, parameters, divergence } = await computeMap(vectors, { ...mapParametersSchema.parse({ perplexity: 5 }), method: 't-SNE', seed: 2 }, computeWith(quiet));
    const positions = Float32Array.from([...x].flatMap((value, row) => [value, y[row]!]));
    const base64 = (values: ArrayBufferView) => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
    const ids = vectors.samples.map(({ id }) => id);
    const send = (more: { ids?: string[]; positions?: Float32Array; parameters?: Record<string, number> } = {}) =>
      storeProjection(context, { projectId: set.projectId, projectionId: projection.id, ids: base64(packUuids(more.ids ?? ids)), positions: base64(more.positions ?? positions), parameters: { ...parameters, ...more.parameters }, divergence });
    return { ...set, projection, positions, ids, send };
  }

  it('is stored as the worker would store it', async () => {
    const { projection, projectId, send, ids } = await map();
    expect(projection).toMatchObject({ jobId: null, state: 'pending' });
    expect(await send()).toMatchObject({ state: 'ready', error: null });
    const mine = await store().projection.findUniqueOrThrow({ where: { id: projection.id } });
    const { id: projectionId } = await store().projection.create({ data: { projectId, featureSetId: mine.featureSetId, method: mine.method, parameters: { perplexity: 5 }, seed: 2 } });
    await computeProjection({ projectionId }, onServer());
    const theirs = await store().projection.findUniqueOrThrow({ where: { id: projectionId } });
    expect([mine.columnsSha256, mine.parameters, mine.summary]).toEqual([theirs.columnsSha256, theirs.parameters, theirs.summary]);
    const columns = decodeColumns(new Uint8Array(await blobStore().read(mine.columnsSha256!)).buffer);
    expect(unpackUuids((columns.columns['id']!.data) as Uint8Array)).toEqual(ids);
    await expect(send()).rejects.toMatchObject(refused('request.conflict'));
  });

  it('is refused for other samples, another size, other parameters, or NaN', async () => {
    const { projection, projectId, positions, ids, send } = await map();
    await expect(send({ ids: ids.toReversed() })).rejects.toMatchObject(refused('data.shape'));
    await expect(send({ ids: ids.slice(1), positions: positions.slice(2) })).rejects.toMatchObject(refused('data.shape'));
    await expect(send({ positions: positions.slice(2) })).rejects.toMatchObject(refused('data.shape'));
    await expect(send({ positions: positions.slice().fill(NaN, 3, 4) })).rejects.toMatchObject(refused('data.not_finite'));
    await expect(send({ parameters: { perplexity: 6 } })).rejects.toMatchObject(refused('data.shape'));
    expect(await endBrowserProjection(context, { projectId, projectionId: projection.id, end: { outcome: 'failed', code: 'job.failed', message: 'The computation stopped.' } })).toMatchObject({ state: 'failed', error: { code: 'job.failed' } });
    expect(await getProjection(context, { projectId, projectionId: projection.id })).toMatchObject({ state: 'failed' });
  });
});
