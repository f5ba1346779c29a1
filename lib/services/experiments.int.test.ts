import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '@/lib/anomaly/random/generator';
import { experimentSettingsSchema, startExperimentSchema, type Experiment } from '@/lib/api/contracts/experiments';
import type { Actor } from '@/lib/auth/actor';
import { startWorker } from '@/lib/jobs/worker';
import { ensureBuiltInModels } from '@/lib/pipeline/built-in-models';
import { runExperimentCell } from '@/lib/pipeline/experiment-cell';
import { encodeVectors } from '@/lib/pipeline/vectors';
import { logger } from '@/lib/logger';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import type { ServiceContext } from './context';
import { listExperimentCandidates } from './experiment-candidates';
import { experimentCurves, getExperiment, listExperimentResults, startExperiment } from './experiments';
import { cancelJob, listJobs, retryJob } from './jobs';
import { World } from './testing/world';

const DIM = 6;
let database: FreshDatabase;
let world: World;
let lead: Actor;
let context: ServiceContext;
let stopping = new AbortController();
let working: Promise<void> | undefined;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lead');
  context = world.context(lead);
  await ensureBuiltInModels({ store: store(), blobs: blobStore() });
});
afterEach(stop);
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

function work(): void {
  working = startWorker({ signal: stopping.signal });
}
async function stop(): Promise<void> {
  stopping.abort();
  await working;
  working = undefined;
  stopping = new AbortController();
}

/** A project with a feature set: normals around 0, anomalies around (3, ..., 3), one auxiliary sample. */
async function projectWithVectors(seed: number, { normals = 80, anomalies = 20, members = [[lead, 'lead']] as const } = {}): Promise<{ projectId: string; featureSetId: string }> {
  const projectId = await world.project(members as never);
  const random = createRandom(seed);
  const roles = [...Array<'normal'>(normals).fill('normal'), ...Array<'anomaly'>(anomalies).fill('anomaly'), 'auxiliary' as const];
  const samples = [];
  for (const role of roles) samples.push(await world.sample(projectId, { role, folder: role }));
  const vectors = Float32Array.from({ length: roles.length * DIM }, (_, i) => random.normal() + (roles[Math.floor(i / DIM)] === 'anomaly' ? 3 : 0));
  const model = await store().model.findFirstOrThrow({ where: { builtIn: true } });
  const sha256 = await blobStore().put(encodeVectors(vectors));
  const { id } = await store().featureSet.create({
    data: { projectId, modelId: model.id, state: 'ready', dim: DIM, count: roles.length, chunks: { create: { index: 0, sampleIds: samples.map((sample) => sample.id), sha256 } } },
  });
  return { projectId, featureSetId: id };
}

async function start(sets: readonly { projectId: string; featureSetId: string }[], settings: Record<string, unknown> = {}): Promise<Experiment> {
  const input = { projectId: sets[0]!.projectId, name: 'Rivals', sets: sets.map(({ featureSetId }) => ({ featureSetId, kind: 'tabular' })), settings: { evaluators: ['EAP', 'RANDOMEV', 'CAP'], seeds: 2, ...settings } };
  return startExperiment(context, startExperimentSchema.parse(input));
}

async function ended({ id: experimentId, projectId }: Experiment): Promise<Experiment> {
  for (;;) {
    const experiment = await getExperiment(context, { projectId, experimentId });
    if (experiment.state !== 'pending') return experiment;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('experiments', () => {
  it('compare evaluators over every set and seed, show one job, and keep metrics and curves', async () => {
    const sets = [await projectWithVectors(1), await projectWithVectors(2), await projectWithVectors(3)];
    const started = await start(sets, { priorSensitivity: true });
    expect(started).toMatchObject({ state: 'pending', cells: { total: 6, ready: 0 }, settings: experimentSettingsSchema.parse({ evaluators: ['EAP', 'RANDOMEV', 'CAP'], seeds: 2, priorSensitivity: true }) });
    const { projectId } = started;
    expect((await listJobs(context, { projectId, activeOnly: true })).jobs).toMatchObject([{ kind: 'experiment', state: 'running', done: 0, total: 6 }]);
    work();
    const experiment = await ended(started);
    expect(experiment).toMatchObject({ state: 'ready', cells: { total: 6, ready: 6, failed: 0, running: 0 }, failures: [], secondsLeft: null });
    expect((await listJobs(context, { projectId, activeOnly: false })).jobs).toMatchObject([{ state: 'succeeded', done: 6 }]);
    const { results } = await listExperimentResults(context, { projectId, experimentId: experiment.id });
    expect(results.length).toBe(6 * 9);
    const eap = results.filter(({ evaluator }) => evaluator === 'EAP');
    expect(new Set(eap.map(({ setId, seed }) => `${setId} ${seed}`)).size).toBe(6);
    expect(eap.every(({ aucQlt, accGood }) => aucQlt > 0.5 && accGood > 0.5)).toBe(true);
    const { curves } = await experimentCurves(context, { projectId, experimentId: experiment.id, setId: experiment.sets[0]!.id });
    expect(curves.length).toBe(2 * 9);
    expect(curves.every(({ good, poor }) => good.added[0] === 0 && good.accuracy.length === good.added.length && poor.added.length > 2)).toBe(true);
  }, 120_000);

  it('cancel at once what waits, and go on where they were when they are retried', async () => {
    const started = await start([await projectWithVectors(4), await projectWithVectors(5)], { evaluators: ['RANDOMEV'] });
    const { projectId } = started;
    const where = { projectId, jobId: started.jobId! };
    await cancelJob(context, where);
    expect(await getExperiment(context, { projectId, experimentId: started.id })).toMatchObject({ state: 'cancelled', cells: { cancelled: 4 } });
    await retryJob(context, where);
    expect(await getExperiment(context, { projectId, experimentId: started.id })).toMatchObject({ state: 'pending', cells: { cancelled: 0 } });
    work();
    expect(await ended(started)).toMatchObject({ state: 'ready', cells: { ready: 4 } });
  }, 120_000);

  it('count nothing twice when a cell is computed twice', async () => {
    const started = await start([await projectWithVectors(6), await projectWithVectors(7)], { evaluators: ['RANDOMEV'], seeds: 1 });
    const cells = await store().experimentCell.findMany({ where: { experimentId: started.id } });
    const pipeline = { store: store(), blobs: blobStore(), logger: logger('test'), signal: new AbortController().signal, progress: () => undefined };
    await Promise.all([cells[0]!, cells[0]!, cells[1]!].map(({ id }) => runExperimentCell({ cellId: id }, pipeline)));
    expect(await ended(started)).toMatchObject({ state: 'ready', cells: { ready: 2 } });
    expect((await listExperimentResults(context, { projectId: started.projectId, experimentId: started.id })).results.length).toBe(2);
  }, 120_000);

  it('say which cell failed and why, and go on with the others', async () => {
    const sets = [await projectWithVectors(8), await projectWithVectors(9), await projectWithVectors(10)];
    const started = await start(sets, { evaluators: ['RANDOMEV'], seeds: 1 });
    await store().project.delete({ where: { id: sets[2]!.projectId } });
    work();
    const experiment = await ended(started);
    expect(experiment).toMatchObject({ state: 'failed', cells: { failed: 3 } });
    expect(experiment.failures[0]!.message).toContain('their project was deleted');
  }, 120_000);

  it('refuse unknown evaluators, single sets, too few anomalies and projects of others', async () => {
    const [one, two, small] = [await projectWithVectors(11), await projectWithVectors(12), await projectWithVectors(13, { anomalies: 1 })];
    const stranger = await world.person('Stranger');
    const foreign = await projectWithVectors(14, { members: [[stranger, 'lead']] as never });
    await expect(start([one, two], { evaluators: ['BEST'] })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(start([one])).rejects.toThrow('at least two sets');
    await expect(start([one, small])).rejects.toMatchObject({ code: 'data.too_few_rows' });
    await expect(start([one, foreign])).rejects.toMatchObject({ code: 'request.not_found' });
    await expect(start([one, one])).rejects.toMatchObject({ code: 'parameter.invalid' });
    const { candidates } = await listExperimentCandidates(context);
    expect(candidates.find(({ featureSetId }) => featureSetId === small.featureSetId)).toMatchObject({ anomalies: 1, obstacle: expect.stringContaining('too few') });
    expect(candidates.some(({ featureSetId }) => featureSetId === foreign.featureSetId)).toBe(false);
    await expect(getExperiment(context, { projectId: one.projectId, experimentId: randomUUID() })).rejects.toMatchObject({ code: 'request.not_found' });
  }, 60_000);
});
