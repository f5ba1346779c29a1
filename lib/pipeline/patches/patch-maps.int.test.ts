import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { rocAuc } from '@/lib/anomaly/metrics/roc-auc';
import type { Actor } from '@/lib/auth/actor';
import { generateDemoSet } from '@/lib/demo/demo-set';
import { encodeDemoImage } from '@/lib/demo/encode';
import { demoProducts } from '@/lib/demo/products/catalogue';
import type { DemoSample } from '@/lib/demo/types';
import type { ServiceContext } from '@/lib/services/context';
import { extractFeatures, listFeatureSets } from '@/lib/services/features';
import { getPatchMap, startPatchMaps } from '@/lib/services/patch-maps';
import { World } from '@/lib/services/testing/world';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { ensureBuiltInModels } from '../built-in-models';
import { extractFeatureSet } from '../extract';
import { pipelineContext, uploadAll } from '../testing/uploading';
import { makePatchMaps } from './make-patch-maps';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

let database: FreshDatabase;
let world: World;
let lead: Actor;
let context: ServiceContext;
let projectId: string;
let featureSetId: string;
/** More images than a chunk of patches holds; the time goes with those whose patches are remembered. */
const counts = { trainNormals: 12, testNormals: 21, anomalies: 4, auxiliaryPerQuality: 0 };
const drawn = new Map<string, DemoSample>();

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  lead = await world.person('Lea');
  context = world.context(lead);
  projectId = await world.project([[lead, 'lead']]);
  await ensureBuiltInModels(pipelineContext(context));
  const files: Record<string, Buffer> = {};
  for (const sample of generateDemoSet(demoProducts[0]!, 3, counts)) {
    files[sample.path] = await encodeDemoImage(sample);
    drawn.set(sample.path, sample);
  }
  await uploadAll(context, projectId, files);
  featureSetId = await featureSet();
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

async function featureSet(): Promise<string> {
  const { id: modelId } = await store().model.findFirstOrThrow({ where: { builtIn: true } });
  const { id } = await extractFeatures(context, { projectId, modelId });
  await extractFeatureSet({ featureSetId: id }, pipelineContext(context));
  return id;
}

const patchesOf = async (id: string) => (await listFeatureSets(context, { projectId })).featureSets.find((set) => set.id === id)!.patches;
const mapsOf = (id: string) => store().patchMap.findMany({ where: { featureSetId: id }, orderBy: { sampleId: 'asc' } });

describe('heat maps of a feature set', () => {
  it('are made by a job that goes on after a cancellation', async () => {
    expect(await patchesOf(featureSetId)).toBeNull();
    const started = await startPatchMaps(context, { projectId, featureSetId });
    expect(started.patches).toMatchObject({ state: 'pending', scale: null, count: 0 });
    expect((await startPatchMaps(context, { projectId, featureSetId })).patches!.jobId).toBe(started.patches!.jobId);

    const cancel = new AbortController();
    const cancelled = makePatchMaps({ featureSetId }, pipelineContext(context, { signal: cancel.signal, progress: ({ done }) => void (done === 33 && cancel.abort()) }));
    await expect(cancelled).rejects.toMatchObject({ code: 'job.cancelled' });
    const [kept] = await store().patchChunk.findMany({ where: { featureSetId } });
    expect(kept!.sampleIds.length).toBeGreaterThanOrEqual(32);
    expect(await mapsOf(featureSetId)).toEqual([]);

    const totals: (number | null)[] = [];
    await makePatchMaps({ featureSetId }, pipelineContext(context, { progress: ({ step, total }) => void (step === 'reading patches' && totals.push(total ?? null)) }));
    expect(totals).toEqual([37 - kept!.sampleIds.length]);
    expect((await store().patchChunk.findMany({ where: { featureSetId }, orderBy: { index: 'asc' } }))[0]).toEqual(kept);
    expect(await patchesOf(featureSetId)).toMatchObject({ state: 'ready', count: 37 });
  });

  it('show where the defect is', async () => {
    const { scale } = (await patchesOf(featureSetId))!;
    expect(scale!.normalMedian).toBeGreaterThan(0);
    expect(scale!.normalHigh).toBeGreaterThan(scale!.normalMedian);
    expect(scale!.largest).toBeGreaterThan(scale!.normalHigh);
    const labels: number[] = [];
    const distances: number[] = [];
    for (const { id, folder, fileName } of await store().sample.findMany({ where: { projectId, role: 'anomaly' } })) {
      const { map } = await getPatchMap(context, { projectId, featureSetId, sampleId: id });
      expect(map!.area).toEqual({ left: 0, top: 0, width: 1, height: 1 });
      const { mask, width, height } = drawn.get(`${folder}/${fileName}`)!;
      map!.distances.forEach((distance, p) => {
        const x = Math.floor((((p % map!.columns) + 0.5) / map!.columns) * width);
        const y = Math.floor(((Math.floor(p / map!.columns) + 0.5) / map!.rows) * height);
        labels.push(Number(mask![y * width + x] === 255));
        distances.push(distance);
      });
    }
    expect(rocAuc(Uint8Array.from(labels), Float64Array.from(distances))).toBeGreaterThan(0.85);
  });

  it('do not compare a training normal with itself', async () => {
    const normals = await store().sample.findMany({ where: { projectId, role: 'normal', split: 'train' }, select: { id: true } });
    const maps = (await mapsOf(featureSetId)).filter(({ sampleId }) => normals.some(({ id }) => id === sampleId));
    expect(maps).toHaveLength(counts.trainNormals);
    // The memory holds patches of every normal: a distance to itself would be 0.
    for (const { distances } of maps) expect(Math.min(...new Uint16Array(Uint8Array.from(distances).buffer))).toBeGreaterThan(0);
  });

  it('are the same for another set of the same network, which takes the patches over', async () => {
    const other = await featureSet();
    await startPatchMaps(context, { projectId, featureSetId: other });
    const totals: (number | null)[] = [];
    await makePatchMaps({ featureSetId: other }, pipelineContext(context, { progress: ({ step, total }) => void (step === 'reading patches' && totals.push(total ?? null)) }));
    expect(totals).toEqual([0]);
    const plain = (maps: Awaited<ReturnType<typeof mapsOf>>) => maps.map(({ sampleId, score, unit, distances }) => [sampleId, score, unit, Buffer.from(distances).toString('base64')]);
    expect(plain(await mapsOf(other))).toEqual(plain(await mapsOf(featureSetId)));
  });

  it('answer null for a sample without one, and for a set of another project', async () => {
    const sample = await world.sample(projectId);
    expect(await getPatchMap(context, { projectId, featureSetId, sampleId: sample.id })).toEqual({ map: null });
    const { sampleId } = (await mapsOf(featureSetId))[0]!;
    expect(await getPatchMap(context, { projectId: await world.project(), featureSetId, sampleId })).toEqual({ map: null });
  });

  it('are refused for a private project and for a network without patches', async () => {
    await store().project.update({ where: { id: projectId }, data: { isPrivate: true } });
    await expect(startPatchMaps(context, { projectId, featureSetId })).rejects.toMatchObject({ code: 'project.private' });
    await store().project.update({ where: { id: projectId }, data: { isPrivate: false } });
    const last = await featureSet();
    const { model } = await store().featureSet.findUniqueOrThrow({ where: { id: last }, include: { model: true } });
    await store().model.update({ where: { id: model.id }, data: { manifest: { ...(model.manifest as object), patches: null } } });
    expect((await listFeatureSets(context, { projectId })).featureSets.every(({ mayHavePatches }) => !mayHavePatches)).toBe(true);
    await startPatchMaps(context, { projectId, featureSetId: last });
    await expect(makePatchMaps({ featureSetId: last }, pipelineContext(context))).rejects.toMatchObject({ code: 'patches.none' });
  });
});
