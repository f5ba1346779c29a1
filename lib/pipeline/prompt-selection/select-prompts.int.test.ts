import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeEvaluator, evaluatorIds } from '@/lib/anomaly/evaluators/registry';
import { decodeColumns, unpackUuids } from '@/lib/api/contracts/columns';
import { startPromptSelectionSchema, type PromptSelection, type StartPromptSelection } from '@/lib/api/contracts/prompt-selections';
import { selectionParts } from '@/lib/api/contracts/selections';
import type { Actor } from '@/lib/auth/actor';
import { runJob } from '@/lib/jobs/run-job';
import type { ServiceContext } from '@/lib/services/context';
import { retryJob } from '@/lib/services/jobs';
import { importPool, listPools, removePool, savePool } from '@/lib/services/prompt-pools';
import { getPromptSelection, getZeroShotScore, listPromptSelections, promptColumnsBlob, startPromptSelection } from '@/lib/services/prompt-selections';
import { World } from '@/lib/services/testing/world';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import type { TextTower } from '@/lib/store/generated/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import type { PipelineContext } from '../context';
import { demoFiles } from '../testing/demo-files';
import { pipelineContext, uploadAll } from '../testing/uploading';
import { selectProjectPrompt } from './select-prompts';
import { addSmallPair } from './testing/small-pair';

let database: FreshDatabase;
let world: World;
let context: ServiceContext;
let lead: Actor;
let projectId: string;
let tower: TextTower;

const counts = { trainNormals: 12, testNormals: 5, anomalies: 5, auxiliaryPerQuality: 2 };
const never = new AbortController().signal;
const cutpaste = { kind: 'generator', generator: 'cutpaste', perSeed: 2 } as const;
const nobody = '0190a5f0-0000-7000-8000-000000000000';

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
  projectId = await world.project([[lead, 'lead']]);
  await store().project.update({ where: { id: projectId }, data: { objectName: 'screw_3' } });
  tower = await addSmallPair(store(), { kind: 'sigmoid' });
  await uploadAll(context, projectId, await demoFiles(counts, 64));
}, 120_000);
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const start = (input: Partial<StartPromptSelection> = {}, of = projectId) =>
  startPromptSelection(context, startPromptSelectionSchema.parse({ synthetic: cutpaste, textTowerId: tower.id, draws: 50, ...input, projectId: of }));

type Ready = PromptSelection & { summary: NonNullable<PromptSelection['summary']> };

/** The selection after its job has ended as it should. */
async function done(selection: PromptSelection): Promise<Ready> {
  await runJob(store(), selection.jobId!, never);
  const job = await store().job.findUniqueOrThrow({ where: { id: selection.jobId! } });
  expect([job.state, job.errorMessage]).toEqual(['succeeded', null]);
  return (await getPromptSelection(context, { projectId, selectionId: selection.id })) as Ready;
}

async function columnsOf(selectionId: string) {
  const { rows, columns } = decodeColumns(new Uint8Array(await blobStore().read(await promptColumnsBlob(context, { projectId, selectionId }))).buffer);
  const numbers = (name: string) => columns[name]!.data as Float64Array;
  return { rows, ids: unpackUuids(columns['id']!.data as Uint8Array), parts: Array.from(columns['part']!.data, (code) => (code === 0 ? null : selectionParts[code - 1]!)), numbers };
}

describe('a selection of prompts in a project', () => {
  let first: Ready;

  it('makes anomalies and embeddings, picks a pair, and lets the thirteen evaluators pick too', async () => {
    const started = await start({ seed: 3 });
    expect(started).toMatchObject({ kind: 'prompts', state: 'pending', summary: null, createdBy: 'Lea', chosen: { seeds: 6, heldOut: 6, synthetic: 12 } });
    expect(started.settings).toMatchObject({ objectName: 'screw', modelName: 'Small pair', demonstration: false, poolName: expect.stringContaining('27') });
    first = await done(started);
    const { summary } = first;
    expect(summary.sizes).toMatchObject({ seeds: 6, heldOut: 6, synthetic: 12, real: { anomalies: 5, normals: 5 }, leftOut: 0 });
    expect([summary.head, summary.pairs.length, summary.draws]).toEqual(['sigmoid', 27, 50]);
    expect(summary.pick.value).toBe(Math.max(...summary.pairs.map(({ auroc }) => auroc)));
    expect(summary.pick.index).toBe(summary.pairs.findIndex(({ auroc }) => auroc === summary.pick.value));
    expect(summary.pairs.reduce((sum, { wins }) => sum + wins, 0)).toBeCloseTo(1, 9);
    expect(summary.best!.rest.value).toBe(Math.max(...summary.pairs.map(({ real }) => real!.rest)));
    const papers = evaluatorIds.filter((id) => describeEvaluator(id).inPaper);
    expect(papers).toHaveLength(13);
    expect(summary.evaluators.map(({ evaluator }) => evaluator)).toEqual(papers);
    for (const { pick, kept, realAuroc } of summary.evaluators.filter(({ message }) => message === null)) {
      expect(kept).toBe(4);
      expect(realAuroc).toBe(summary.pairs[pick!.index]!.real!.rest);
    }
    expect(summary.evaluators.find(({ evaluator }) => evaluator === 'EAP')?.message).toBeNull();
  }, 60_000);

  it('stores the scores that its AUROCs come from, and explains the difference to the default pair', async () => {
    const { rows, ids, parts, numbers } = await columnsOf(first.id);
    const { summary } = first;
    expect(rows).toBe(await store().sample.count({ where: { projectId } }));
    const at = (part: string) => [...parts.keys()].filter((row) => parts[row] === part);
    const difference = numbers('difference');
    expect(auroc(at('synthetic').map((i) => difference[i]!), at('held-out').map((i) => difference[i]!))).toBeCloseTo(summary.pick.value, 12);
    expect(auroc(at('real-anomaly').map((i) => difference[i]!), at('real-normal').map((i) => difference[i]!))).toBeCloseTo(summary.pairs[summary.pick.index]!.real!.rest, 12);
    numbers('score').forEach((score, i) => expect(score).toBeCloseTo(1 / (1 + Math.exp(-20 * difference[i]!)), 12));
    expect(numbers('nativeAnomalous').every((value) => value > 0 && value < 1)).toBe(true);
    const gain = [...summary.gains, ...summary.losses].reduce((sum, { chosen, fallback }) => sum + chosen - fallback, 0);
    expect(gain / 12).toBeCloseTo(summary.pick.value - summary.pairs[0]!.auroc, 12);
    expect([...summary.gains, ...summary.losses].every(({ sampleId }) => parts[ids.indexOf(sampleId)] === 'synthetic')).toBe(true);
    const sampleId = ids[at('real-anomaly')[0]!]!;
    const { zeroShot } = await getZeroShotScore(context, { projectId, sampleId });
    expect(zeroShot).toMatchObject({ selectionId: first.id, modelName: 'Small pair', score: numbers('score')[at('real-anomaly')[0]!] });
    expect(await getZeroShotScore(context, { projectId, sampleId: nobody })).toEqual({ zeroShot: null });
  });

  it('takes what is there already, chooses the same again, and never changes what is ready', async () => {
    const [texts, batches] = [await store().textEmbedding.count(), await store().generation.count()];
    expect(texts).toBe(new Set(first.settings.pairs.flatMap(({ normal, anomalous }) => [normal, anomalous])).size);
    const again = await done(await start({ seed: 3 }));
    expect([again.generationId, again.featureSetIds]).toEqual([first.generationId, first.featureSetIds]);
    expect([await store().textEmbedding.count(), await store().generation.count()]).toEqual([texts, batches]);
    const timeless = ({ seconds: _all, evaluators, ...summary }: Ready['summary']) => ({ ...summary, evaluators: evaluators.map(({ seconds: _own, ...rest }) => rest) });
    expect(timeless(again.summary)).toEqual(timeless(first.summary));
    await selectProjectPrompt({ selectionId: first.id }, pipelineContext(context));
    expect(await getPromptSelection(context, { projectId, selectionId: first.id })).toEqual(first);
  }, 60_000);

  it("keeps the texts of a pool of one's own when the pool changes or goes", async () => {
    const pairs = [{ normal: 'a flawless {}', anomalous: ' a damaged {}' }, { normal: 'flawless', anomalous: 'damaged' }];
    const pool = await savePool(context, { projectId, poolId: null, name: 'Ours', pairs });
    expect(pool).toMatchObject({ editable: true, pairs: [{ normal: 'a flawless {}', anomalous: 'a damaged {}' }, pairs[1]] });
    const selection = await start({ pool: pool.id, evaluators: [], objectName: 'PCB1' });
    expect(selection.settings).toMatchObject({ poolName: 'Ours', objectName: 'printed circuit board', evaluators: [] });
    await savePool(context, { projectId, poolId: pool.id, name: 'Ours', pairs: [{ normal: 'a photo', anomalous: 'a damaged photo' }] });
    await removePool(context, { projectId, poolId: pool.id });
    const ready = await done(selection);
    expect([ready.settings.pairs, ready.summary.pairs.length, ready.summary.evaluators]).toEqual([pool.pairs, 2, []]);
    await expect(start({ pool: pool.id })).rejects.toMatchObject({ code: 'request.not_found' });
  }, 60_000);

  it('goes on after a kill, and can be cancelled and retried', async () => {
    const begun = await start({ seed: 8, evaluators: ['RARITY', 'KNNSHAP'] });
    const stopping = new AbortController();
    const killed: PipelineContext = pipelineContext(context, { signal: stopping.signal, progress: ({ step }) => void (step === 'valuing synthetic anomalies' && stopping.abort()) });
    await expect(selectProjectPrompt({ selectionId: begun.id }, killed)).rejects.toThrow();
    const half = await store().selection.findUniqueOrThrow({ where: { id: begun.id } });
    expect([half.state, half.syntheticSampleIds.length, half.featureSetIds.length]).toEqual(['pending', 12, 1]);
    await store().job.update({ where: { id: begun.jobId! }, data: { cancelRequestedAt: new Date() } });
    await runJob(store(), begun.jobId!, never);
    expect((await getPromptSelection(context, { projectId, selectionId: begun.id })).state).toBe('cancelled');
    await retryJob(context, { projectId, jobId: begun.jobId! });
    const ready = await done(begun);
    expect([ready.generationId, ready.featureSetIds]).toEqual([half.generationId, half.featureSetIds]);
    expect(ready.summary.evaluators.map(({ evaluator }) => evaluator)).toEqual(['RARITY', 'KNNSHAP']);
  }, 60_000);

  it('refuses what cannot be done at once', async () => {
    await expect(start({ textTowerId: nobody })).rejects.toMatchObject({ code: 'model.missing' });
    await expect(start({ evaluators: ['NONE'] })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(start({ evaluatorFeatureSetId: nobody })).rejects.toMatchObject({ code: 'request.not_found' });
    const other = await world.project([[lead, 'lead']]);
    await expect(start({}, other)).rejects.toMatchObject({ code: 'data.too_few_rows' });
    await store().project.update({ where: { id: other }, data: { isPrivate: true } });
    await expect(start({}, other)).rejects.toMatchObject({ code: 'project.private' });
    await store().project.update({ where: { id: other }, data: { isPrivate: false, kind: 'vector' } });
    await expect(start({}, other)).rejects.toMatchObject({ code: 'data.mixed' });
    const { selections } = await listPromptSelections(context, { projectId });
    expect(selections.map(({ state }) => state)).toEqual(['ready', 'ready', 'ready', 'ready']);
    expect(selections.at(-1)).toMatchObject({ id: first.id, pairs: 27, picked: { auroc: first.summary.pick.value } });
  });
});

describe('pools of prompts', () => {
  it('come from CSV and JSON, each named once, and say which pair is wrong', async () => {
    const csv = await importPool(context, { projectId, name: 'From CSV', format: 'csv', text: 'normal,anomalous\n"a good, new {}",a broken {}\nfine,broken\n' });
    expect(csv.pairs).toEqual([{ normal: 'a good, new {}', anomalous: 'a broken {}' }, { normal: 'fine', anomalous: 'broken' }]);
    await importPool(context, { projectId, name: 'From JSON', format: 'json', text: '[["a {}", "no {}"]]' });
    const { pools } = await listPools(context, { projectId });
    expect(pools.map(({ name, editable }) => [name, editable])).toEqual([...pools.slice(0, 4).map(({ name }) => [name, false]), ['From CSV', true], ['From JSON', true]]);
    expect(pools.slice(0, 4).map(({ id, pairs }) => [id, pairs.length])).toEqual([['eap-27', 27], ['swsa-mvtec-visa', 10], ['swsa-cub', 10], ['swsa-flowers', 10]]);
    await expect(savePool(context, { projectId, poolId: null, name: 'From CSV', pairs: csv.pairs })).rejects.toMatchObject({ code: 'request.conflict' });
    await expect(importPool(context, { projectId, name: 'Bad', format: 'csv', text: 'a {},b {}\nc {name},d' })).rejects.toMatchObject({ code: 'parameter.invalid', message: expect.stringContaining('Pair 2 has the unknown placeholder "{name}"') });
    await expect(savePool(context, { projectId, poolId: null, name: 'Bad', pairs: [] })).rejects.toMatchObject({ code: 'data.too_few_rows' });
  });

  it('belong to their project', async () => {
    const foreign = await world.project([[lead, 'lead']]);
    const own = (await listPools(context, { projectId })).pools.find(({ editable }) => editable)!;
    expect((await listPools(context, { projectId: foreign })).pools.every(({ editable }) => !editable)).toBe(true);
    await expect(savePool(context, { projectId: foreign, poolId: own.id, name: 'x', pairs: own.pairs })).rejects.toMatchObject({ code: 'request.not_found' });
    await expect(removePool(context, { projectId: foreign, poolId: own.id })).rejects.toMatchObject({ code: 'request.not_found' });
    expect(await store().auditEvent.count({ where: { projectId, type: 'pool.saved' } })).toBe(4);
  });
});

function auroc(anomalies: readonly number[], normals: readonly number[]): number {
  let wins = 0;
  for (const a of anomalies) for (const n of normals) wins += a > n ? 1 : a === n ? 0.5 : 0;
  return wins / (anomalies.length * normals.length);
}
