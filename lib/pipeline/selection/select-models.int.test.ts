import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeColumns, unpackUuids } from '@/lib/api/contracts/columns';
import { selectionDetectorSchema, selectionParts, startModelSelectionSchema, type ModelSelection, type StartModelSelection } from '@/lib/api/contracts/selections';
import type { Actor } from '@/lib/auth/actor';
import { demoProducts } from '@/lib/demo/products/catalogue';
import { runJob } from '@/lib/jobs/run-job';
import type { ServiceContext } from '@/lib/services/context';
import { retryJob } from '@/lib/services/jobs';
import { getModelSelection, listModelSelections, selectionValuesBlob, startModelSelection } from '@/lib/services/selections';
import { World } from '@/lib/services/testing/world';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { ensureBuiltInModels } from '../built-in-models';
import type { PipelineContext } from '../context';
import { demoFiles } from '../testing/demo-files';
import { exampleCsv } from '../testing/tables';
import { pipelineContext, uploadAll } from '../testing/uploading';
import { selectModels } from './select-models';
import { addMeanColours } from './testing/small-network';

let database: FreshDatabase;
let world: World;
let lead: Actor;
let context: ServiceContext;
let projectId: string;
let scattering: string;
let colours: string;

const counts = { trainNormals: 14, testNormals: 6, anomalies: 6, auxiliaryPerQuality: 2 };
const never = new AbortController().signal;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
  projectId = await world.project([[lead, 'lead']]);
  await ensureBuiltInModels(pipelineContext(context));
  scattering = (await store().model.findFirstOrThrow({ where: { builtIn: true, dim: { gt: 0 } } })).id;
  colours = (await addMeanColours(store())).id;
  await uploadAll(context, projectId, await demoFiles(counts, 96));
}, 240_000);
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const start = (input: Omit<StartModelSelection, 'projectId'>, of = projectId) => startModelSelection(context, startModelSelectionSchema.parse({ ...input, projectId: of }));
const get = (selectionId: string, of = projectId) => getModelSelection(context, { projectId: of, selectionId });
const cutpaste = { kind: 'generator', generator: 'cutpaste', perSeed: 2 } as const;

/** The selection after its job has ended as it should. */
async function done(selection: ModelSelection, of = projectId): Promise<ModelSelection & { summary: NonNullable<ModelSelection['summary']> }> {
  await runJob(store(), selection.jobId!, never);
  const job = await store().job.findUniqueOrThrow({ where: { id: selection.jobId! } });
  expect([job.state, job.errorMessage]).toEqual(['succeeded', null]);
  const { summary, ...rest } = await get(selection.id, of);
  return { ...rest, summary: summary! };
}

async function columnsOf(selectionId: string, of = projectId) {
  const { rows, columns } = decodeColumns(new Uint8Array(await blobStore().read(await selectionValuesBlob(context, { projectId: of, selectionId }))).buffer);
  const numbers = (name: string) => columns[name]!.data as Float64Array;
  return { rows, ids: unpackUuids(columns['id']!.data as Uint8Array), parts: Array.from(columns['part']!.data, (code) => selectionParts[code]!), numbers };
}

describe('a selection of models in a project', () => {
  let first: Awaited<ReturnType<typeof done>>;

  it('makes anomalies of X_seed alone, extracts what is missing, and picks', async () => {
    const started = await start({ seed: 3, synthetic: cutpaste, modelIds: [colours, scattering], detectors: ['deep-nn', 'mahalanobis'], hardest: [5], draws: 100 });
    expect(started).toMatchObject({ state: 'pending', summary: null, generationId: null, createdBy: 'Lea', chosen: { seeds: 7, heldOut: 7, synthetic: 14 } });
    expect(started.settings.synthetic).toMatchObject({ parameters: { areaMinimum: expect.any(Number) } });
    first = await done(started);
    const { summary } = first;
    expect(summary.sizes).toEqual({ seeds: 7, heldOut: 7, synthetic: 14, real: { anomalies: 6, normals: 6, types: demoProducts[0]!.defectTypes.length }, leftOut: 0 });
    expect(summary.candidates.map(({ modelId, detector }) => [modelId, detector])).toEqual([[colours, 'deep-nn'], [scattering, 'deep-nn'], [colours, 'mahalanobis'], [scattering, 'mahalanobis']]);
    expect(summary.candidates[0]).toMatchObject({ modelName: 'Mean colours', parameters: 24, featureSetId: first.featureSetIds[0] });
    for (const { synthetic, real, hardest } of summary.candidates) {
      expect(synthetic.low <= synthetic.auroc && synthetic.auroc <= synthetic.high).toBe(true);
      expect(real!.closest).toBeLessThanOrEqual(real!.rest);
      expect(hardest[0]!.auroc).toBeLessThanOrEqual(synthetic.auroc);
    }
    expect(summary.candidates.reduce((sum, { synthetic }) => sum + synthetic.wins, 0)).toBeCloseTo(1, 9);
    const best = Math.max(...summary.candidates.map(({ synthetic }) => synthetic.auroc));
    expect(summary.candidates[summary.pick]!.synthetic.auroc).toBe(best);
    expect(summary.stability).toBe(summary.candidates[summary.pick]!.synthetic.wins);
    expect(summary.tasks.map(({ task, baselines }) => [task, baselines.map(({ name, candidate }) => [name, candidate])])).toEqual([['closest', [['Largest model', 1]]], ['rest', [['Largest model', 1]]]]);
    expect(summary.variants.map(({ count, kendall }) => [count, kendall?.rest.count])).toEqual([[null, 4], [5, 4]]);
    expect(summary.bonferroni).toEqual({ tests: 4, threshold: 0.05 / 4 });
    expect(summary.extractors.map(({ totalVariation }) => totalVariation!.value >= 0 && totalVariation!.value <= 2)).toEqual([true, true]);

    const row = await store().selection.findUniqueOrThrow({ where: { id: first.id } });
    const generation = await store().generation.findUniqueOrThrow({ where: { id: first.generationId! }, include: { samples: { orderBy: { generationIndex: 'asc' } } } });
    expect(new Set(generation.seedSampleIds)).toEqual(new Set(row.seedSampleIds));
    expect(generation.samples.map(({ id, role }) => [id, role])).toEqual(row.syntheticSampleIds.map((id) => [id, 'auxiliary']));
    const parents = new Set(generation.samples.flatMap(({ parameters }) => (parameters as { parents: string[] }).parents));
    expect(row.heldOutSampleIds.some((id) => parents.has(id))).toBe(false);
    expect(await store().auditEvent.count({ where: { projectId, type: 'selection.started' } })).toBe(1);
  }, 240_000);

  it('gives a map and the scores that its AUROCs come from', async () => {
    const { rows, ids, parts, numbers } = await columnsOf(first.id);
    expect(rows).toBe(7 + 7 + 14 + 6 + 6);
    const at = (part: string) => [...parts.keys()].filter((row) => parts[row] === part);
    const row = await store().selection.findUniqueOrThrow({ where: { id: first.id } });
    expect(at('held-out').map((i) => ids[i])).toEqual(row.heldOutSampleIds);
    expect([...numbers('x'), ...numbers('y')].every(Number.isFinite)).toBe(true);
    first.summary.candidates.forEach(({ synthetic, real }, c) => {
      const scores = numbers(`score${c}`);
      expect(at('seed').every((i) => Number.isNaN(scores[i]!))).toBe(true);
      expect(auroc(at('synthetic').map((i) => scores[i]!), at('held-out').map((i) => scores[i]!))).toBeCloseTo(synthetic.auroc, 12);
      expect(auroc(at('real-anomaly').map((i) => scores[i]!), at('real-normal').map((i) => scores[i]!))).toBeCloseTo(real!.rest, 12);
    });
    const { wrong, separating } = first.summary.deciding;
    expect(separating.length).toBeGreaterThan(0);
    for (const { sampleId, side, place, least, greatest } of [...wrong, ...separating]) {
      expect(parts[ids.indexOf(sampleId)]).toBe(side);
      expect(least.place <= place && place <= greatest.place).toBe(true);
    }
  });

  it('takes batch and feature sets that are there, and chooses the same again', async () => {
    const batches = await store().generation.count({ where: { projectId } });
    const again = await done(await start({ seed: 3, synthetic: cutpaste, modelIds: [colours, scattering], detectors: ['deep-nn', 'mahalanobis'], hardest: [5], draws: 100 }));
    expect([again.generationId, again.featureSetIds]).toEqual([first.generationId, first.featureSetIds]);
    expect(await store().generation.count({ where: { projectId } })).toBe(batches);
    const { seconds: _first, ...before } = first.summary;
    const { seconds: _again, ...after } = again.summary;
    expect(after).toEqual(before);
  }, 240_000);

  it('counts synthetic anomalies of an earlier batch that are the same to the byte', async () => {
    const more = await done(await start({ seed: 3, synthetic: { ...cutpaste, perSeed: 3 }, modelIds: [colours], draws: 20 }));
    expect(more.summary.sizes.synthetic).toBe(21);
    expect(more.generationId).not.toBe(first.generationId);
  }, 240_000);

  it('goes on after a kill with what it has made, and can be cancelled and retried', async () => {
    const begun = await start({ seed: 9, synthetic: cutpaste, modelIds: [colours], draws: 20 });
    const stopping = new AbortController();
    const killedWhile = (word: string): PipelineContext => pipelineContext(context, { signal: stopping.signal, progress: ({ step }) => void (step?.includes(word) === true && stopping.abort()) });
    await expect(selectModels({ selectionId: begun.id }, killedWhile('extracting'))).rejects.toThrow();
    const half = await store().selection.findUniqueOrThrow({ where: { id: begun.id } });
    expect([half.state, half.syntheticSampleIds.length, half.featureSetIds.length]).toEqual(['pending', 14, 1]);
    await store().job.update({ where: { id: begun.jobId! }, data: { cancelRequestedAt: new Date() } });
    await runJob(store(), begun.jobId!, never);
    expect(await get(begun.id)).toMatchObject({ state: 'cancelled', summary: null });
    expect((await store().featureSet.findUniqueOrThrow({ where: { id: half.featureSetIds[0]! } })).state).toBe('cancelled');
    await retryJob(context, { projectId, jobId: begun.jobId! });
    const ended = await done(begun);
    expect(ended).toMatchObject({ state: 'ready', generationId: half.generationId, featureSetIds: half.featureSetIds });
  }, 240_000);

  it('takes auxiliary samples: of a folder, accepted ones, the third that a run values most', async () => {
    const auxiliary = await store().sample.findMany({ where: { projectId, role: 'auxiliary', generationId: null }, orderBy: { sha256: 'asc' } });
    const folder = await done(await start({ synthetic: { kind: 'auxiliary', folder: auxiliary[0]!.folder }, modelIds: [colours], draws: 20, bank: 'held-out' }));
    expect(folder.summary.sizes.synthetic).toBe(auxiliary.filter((sample) => sample.folder === auxiliary[0]!.folder).length);
    await expect(start({ synthetic: { kind: 'auxiliary', which: 'accepted' }, modelIds: [colours] })).rejects.toMatchObject({ code: 'data.too_few_rows', hint: expect.stringContaining('Accept some') });
    await expect(start({ synthetic: { kind: 'auxiliary', which: 'top-third' }, modelIds: [colours] })).rejects.toMatchObject({ code: 'request.not_found', message: expect.stringContaining('EAP') });
    const run = await store().run.create({ data: { projectId, featureSetId: folder.featureSetIds[0]!, evaluator: 'RARITY', preset: 'paper', parameters: {}, seed: 0, codeVersion: 'test', state: 'ready' } });
    await store().score.createMany({ data: auxiliary.map(({ id }, i) => ({ runId: run.id, sampleId: id, quality: i })) });
    const third = await start({ synthetic: { kind: 'auxiliary', which: 'top-third', evaluator: 'RARITY' }, modelIds: [colours], draws: 20 });
    expect(third.settings.synthetic).toMatchObject({ runId: run.id, evaluator: 'RARITY' });
    const chosen = (await store().selection.findUniqueOrThrow({ where: { id: third.id } })).syntheticSampleIds;
    expect(chosen).toEqual(auxiliary.slice(-Math.round(auxiliary.length / 3)).map(({ id }) => id));
  }, 240_000);

  it('compares detectors on the vectors of a project of tables', async () => {
    const tables = await world.project([[lead, 'lead']]);
    await uploadAll(context, tables, { 'parts.csv': Buffer.from(exampleCsv({ normal: 24, anomaly: 5, auxiliary: 8 })) });
    await expect(start({ synthetic: cutpaste }, tables)).rejects.toMatchObject({ code: 'data.mixed' });
    const { summary } = await done(await start({ synthetic: { kind: 'auxiliary' }, detectors: [...selectionDetectorSchema.options], draws: 20, supportLimit: 16 }, tables), tables);
    expect(summary.candidates.map(({ detector, parameters }) => [detector, parameters])).toEqual(selectionDetectorSchema.options.map((detector) => [detector, null]));
    // Normals that the support set leaves over stand in for test normals.
    expect(summary.sizes).toEqual({ seeds: 8, heldOut: 8, synthetic: 8, real: { anomalies: 5, normals: 8, types: 0 }, leftOut: 0 });
    expect(summary.candidates[summary.pick]!.real!.rest).toBeGreaterThan(0.9);
  }, 240_000);

  it('refuses what cannot be done at once', async () => {
    await expect(start({ synthetic: cutpaste, modelIds: [] })).rejects.toMatchObject({ code: 'model.missing' });
    await expect(start({ synthetic: cutpaste, modelIds: ['0190a5f0-0000-7000-8000-000000000000'] })).rejects.toMatchObject({ code: 'model.missing' });
    await expect(start({ synthetic: { ...cutpaste, parameters: { size: 3 } }, modelIds: [colours] })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(start({ synthetic: cutpaste, modelIds: [colours], seedImages: 14 })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(start({ synthetic: cutpaste, modelIds: [colours], seedImages: 13 })).rejects.toMatchObject({ code: 'parameter.invalid', message: expect.stringContaining('only 1 held out') });
    const { id: diffusionModelId } = await store().diffusionModel.create({ data: { name: 'D', sha256: 'd'.repeat(64), bytes: 1, width: 32, height: 32 } });
    await expect(start({ synthetic: { kind: 'generator', generator: 'diffstyle' }, modelIds: [colours] })).rejects.toMatchObject({ code: 'model.missing' });
    await expect(start({ synthetic: { kind: 'generator', generator: 'diffstyle', perSeed: 5, diffusionModelId }, modelIds: [colours] })).rejects.toMatchObject({ code: 'parameter.invalid', message: expect.stringContaining('7 seed images make 12 pairs') });
    const empty = await world.project([[lead, 'lead']]);
    await expect(start({ synthetic: cutpaste, modelIds: [colours] }, empty)).rejects.toMatchObject({ code: 'data.too_few_rows' });
    await store().project.update({ where: { id: empty }, data: { isPrivate: true } });
    await expect(start({ synthetic: cutpaste, modelIds: [colours] }, empty)).rejects.toMatchObject({ code: 'project.private' });
    const { selections } = await listModelSelections(context, { projectId });
    expect(selections.map(({ state }) => state)).toEqual(['pending', 'ready', 'ready', 'ready', 'ready', 'ready']);
  });
});

function auroc(anomalies: readonly number[], normals: readonly number[]): number {
  let wins = 0;
  for (const a of anomalies) for (const n of normals) wins += a > n ? 1 : a === n ? 0.5 : 0;
  return wins / (anomalies.length * normals.length);
}
