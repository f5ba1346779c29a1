import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisionInputSchema } from '@/lib/api/contracts/decisions';
import { startRunsSchema } from '@/lib/api/contracts/runs';
import { manifestSchema } from '@/lib/api/contracts/export-manifest';
import { archiveEntries } from '@/lib/ingest/archive';
import { matrixOf, npzOf, vectorOf } from '@/lib/cli/score-input/testing/write-npz';
import type { ServiceContext } from '@/lib/services/context';
import { decide } from '@/lib/services/decisions';
import { startExport } from '@/lib/services/exports';
import { extractFeatures, listFeatureSets } from '@/lib/services/features';
import { listModels } from '@/lib/services/models';
import { startRuns } from '@/lib/services/runs';
import { sampleImage } from '@/lib/services/sample-images';
import { listSamples, sampleRows } from '@/lib/services/samples';
import { World } from '@/lib/services/testing/world';
import { setFolderRoles } from '@/lib/services/uploads';
import { sampleVector } from '@/lib/services/vectors';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { writeExport } from './export';
import { extractFeatureSet } from './extract';
import { importUpload } from './import';
import { scoreRun } from './score';
import { exampleCsv } from './testing/tables';
import { pipelineContext, png, uploadAll } from './testing/uploading';

let database: FreshDatabase;
let world: World;
let context: ServiceContext;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  context = world.context(await world.person('Lea'));
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const rows = { normal: 60, anomaly: 8, auxiliary: 12 };
const csv = Buffer.from(exampleCsv(rows));
const setsOf = async (projectId: string) => (await listFeatureSets(context, { projectId })).featureSets;
const filesOf = (uploadId: string) => store().uploadFile.findMany({ where: { uploadId }, orderBy: { path: 'asc' } });
const samplesOf = async (projectId: string) => (await listSamples(context, { projectId, limit: 500 })).items;

describe('a table of feature vectors', () => {
  it('goes from CSV over feature set and scores to an export', async () => {
    const projectId = await world.project();
    const { upload, result } = await uploadAll(context, projectId, { 'parts.csv': csv });
    expect(result).toMatchObject({ stored: 1, duplicates: 0, refused: 0, featureSetId: expect.any(String) });
    expect((await filesOf(upload.id))[0]?.errorMessage).toBe('Labels in the file: 60 normal, 8 anomaly, 12 auxiliary.');
    const [set] = await setsOf(projectId);
    expect(set).toMatchObject({ id: result.featureSetId, state: 'ready', given: true, modelName: 'Values as given', dim: 4, count: 80, missing: 0 });
    expect((await listModels(context)).models.map(({ name }) => name)).not.toContain('Values as given');

    const samples = await samplesOf(projectId);
    expect(samples).toHaveLength(80);
    expect(samples[0]).toMatchObject({ fileName: 'parts.csv#1', folder: 'parts.csv', role: 'normal', width: null, height: null });
    const far = samples[79]!;
    expect(far).toMatchObject({ fileName: 'parts.csv#80', role: 'auxiliary', qualityLabel: 'unrealistic' });
    expect(far.features![0]).toMatchObject({ name: 'width' });
    expect(far.features![0]!.difference).toBeGreaterThan(5);
    const given = csv.toString().split('\n')[80]!.split(',').slice(0, 4).map(Number);
    expect(far.features![0]!.value).toBeCloseTo(given[0]!, 3);
    const vector = await sampleVector(context, { projectId, sampleId: far.id });
    expect(vector).toMatchObject({ columns: ['width', 'weight', 'ratio', 'tilt'], values: given });
    expect((far.features![0]!.value - far.features![0]!.normal) / vector.deviations![0]!).toBeCloseTo(far.features![0]!.difference, 3);
    await expect(sampleImage(context, { projectId, sampleId: far.id, variant: 'view' })).rejects.toMatchObject({ code: 'request.not_found' });

    const [run] = (await startRuns(context, startRunsSchema.parse({ projectId, featureSetId: set!.id }))).runs;
    await scoreRun({ runId: run!.id }, pipelineContext(context));
    const scores = await store().score.findMany({ where: { runId: run!.id }, orderBy: { quality: 'desc' } });
    expect(scores).toHaveLength(12);
    const best = (await sampleRows(context, { projectId, ids: [scores[0]!.sampleId] })).samples[0]!;
    expect(best.qualityLabel).toBe('realistic');

    await decide(context, decisionInputSchema.parse({ projectId, sampleId: best.id, verdict: 'accepted', expectedVersion: 0 }));
    const { id: exportId } = await startExport(context, { projectId, runId: run!.id, filter: { verdicts: ['accepted', null] } });
    const { sha256, count } = await writeExport({ exportId }, pipelineContext(context));
    const content = new Map<string, Buffer>();
    for await (const entry of archiveEntries(blobStore(), sha256)) content.set(entry.path, await buffer(await entry.open!()));
    expect([...content.keys()]).toEqual(['vectors.csv', 'samples.csv', 'manifest.json']);
    const lines = content.get('vectors.csv')!.toString().trim().split('\n');
    expect(lines[0]).toBe('id,role,split,defect_type,quality_label,generator,width,weight,ratio,tilt');
    const manifest = manifestSchema.parse(JSON.parse(content.get('manifest.json')!.toString()));
    expect(manifest).toMatchObject({ count, run: { features: { model: 'Values as given', fingerprint: set!.fingerprint } } });
    expect(lines).toHaveLength(count + 1);
    const exported = manifest.files.find(({ sampleId }) => sampleId === best.id)!;
    expect(exported).toMatchObject({ format: 'vector', width: null, decision: { verdict: 'accepted' } });
    expect(lines[Number(exported.path.split('#')[1])]!.startsWith(`${best.fileName},auxiliary,,,realistic,,`)).toBe(true);

    const again = await world.project();
    const back = await uploadAll(context, again, { 'vectors.csv': content.get('vectors.csv')! });
    expect(back.result).toMatchObject({ stored: 1, refused: 0 });
    expect((await sampleVector(context, { projectId: again, sampleId: (await samplesOf(again)).find(({ fileName }) => fileName.includes(best.fileName))!.id })).values).toEqual((await sampleVector(context, { projectId, sampleId: best.id })).values);
  });

  it('makes one new set for all samples when more files come, keeps equal rows apart, and takes no row twice', async () => {
    const projectId = await world.project();
    const table = (...lines: string[]) => Buffer.from(['a,b,role', ...lines].join('\n'));
    const normals = table('1,2,normal', '1,2,normal', '2,3,normal', '0,1,normal');
    const first = await uploadAll(context, projectId, { 'normals.csv': normals });
    expect(first.result.featureSetId).toBeDefined();
    const second = await uploadAll(context, projectId, { 'normals.csv': normals, 'made.csv': table('9,9,auxiliary') });
    expect(second.result).toMatchObject({ stored: 1, duplicates: 1 });
    const sets = await setsOf(projectId);
    expect(sets.map(({ count, missing }) => [count, missing])).toEqual([[5, 0], [4, 1]]);
    expect(sets[0]!.fingerprint).not.toBe(sets[1]!.fingerprint);
    expect((await uploadAll(context, projectId, { 'normals.csv': normals })).result).toEqual({ stored: 0, duplicates: 1, refused: 0 });
    expect(await setsOf(projectId)).toHaveLength(2);
  });

  it('takes the role of a file without labels from its name, lets people change it, and standardises anew', async () => {
    const projectId = await world.project();
    const table = (shift: number) => Buffer.from(['a,b', ...Array.from({ length: 6 }, (_, i) => `${i + shift},${i * i}`)].join('\n'));
    const { upload, result } = await uploadAll(context, projectId, { 'set/normal.csv': table(0), 'set/parts.csv': table(4) });
    expect(result.stored).toBe(2);
    expect((await samplesOf(projectId)).map(({ role }) => role)).toEqual([...Array<string>(6).fill('normal'), ...Array<string>(6).fill('auxiliary')].sort().reverse());
    const changed = await setFolderRoles(context, { projectId, uploadId: upload.id, folders: { 'set/parts.csv': { role: 'anomaly', split: null, defectType: 'bent', qualityLabel: null } } });
    expect(changed.folders).toMatchObject([{ folder: 'set/normal.csv', count: 6, labels: null, role: { role: 'normal' } }, { folder: 'set/parts.csv', role: { role: 'anomaly' }, proposed: { role: 'auxiliary' } }]);
    expect((await samplesOf(projectId)).filter(({ defectType }) => defectType === 'bent')).toHaveLength(6);
    await importUpload({ uploadId: upload.id }, pipelineContext(context));
    expect(await setsOf(projectId)).toHaveLength(2);
  });

  it('refuses what does not fit and stores the rest', async () => {
    const projectId = await world.project();
    const { upload, result } = await uploadAll(context, projectId, {
      '1.csv': csv, 'ragged.csv': Buffer.from('width,weight,ratio,tilt\n1,2,3,4\n1,2'), 'other.csv': Buffer.from('a,b\n1,2'), 'photo.png': await png(5), 'words.npz': Buffer.from('no zip'),
    });
    expect(result).toMatchObject({ stored: 1, refused: 4 });
    const refused = (await filesOf(upload.id)).filter(({ state }) => state === 'refused').map(({ path, errorCode, errorMessage }) => [path, errorCode, errorMessage]);
    expect(refused).toEqual([
      ['other.csv', 'data.shape', 'other.csv has 2 features, 1.csv of this project 4; they must be the same. Make another project for it.'],
      ['photo.png', 'data.mixed', 'This project holds feature vectors; images cannot be added to it. Make another project for the images.'],
      ['ragged.csv', 'data.ragged', 'ragged.csv: row 2 has 2 values where the header has 4 columns.'],
      ['words.npz', 'archive.invalid', expect.stringContaining('damaged')],
    ]);
    const images = await world.project();
    await uploadAll(context, images, { 'a.png': await png(1) });
    const late = await uploadAll(context, images, { 'parts.csv': csv });
    expect((await filesOf(late.upload.id))[0]).toMatchObject({ state: 'refused', errorCode: 'data.mixed' });
  });

  it('standardises on demand, and refuses networks over vectors and vectors over images', async () => {
    const projectId = await world.project();
    const { result } = await uploadAll(context, projectId, { 'made.csv': Buffer.from('a,b\n1,2\n3,4\n5,7') });
    expect(result).toEqual({ stored: 1, duplicates: 0, refused: 0 });
    const early = await extractFeatures(context, { projectId, modelId: null });
    await expect(extractFeatureSet({ featureSetId: early.id }, pipelineContext(context))).rejects.toMatchObject({ code: 'data.too_few_rows' });
    await store().sample.updateMany({ where: { projectId }, data: { role: 'normal' } });
    await extractFeatureSet({ featureSetId: early.id }, pipelineContext(context));
    expect((await setsOf(projectId))[0]).toMatchObject({ state: 'ready', count: 3 });
    const network = await store().model.create({ data: { name: 'net', sha256: 'a'.repeat(64), bytes: 1, manifest: {}, dim: 2 } });
    await expect(extractFeatures(context, { projectId, modelId: network.id })).rejects.toMatchObject({ code: 'data.mixed' });
    const images = await world.project();
    await world.sample(images);
    await expect(extractFeatures(context, { projectId: images, modelId: null })).rejects.toMatchObject({ code: 'data.mixed' });
  });

  it('reads X with y, and keeps a CSV that names files as metadata', async () => {
    const projectId = await world.project();
    const npz = await npzOf({ X: matrixOf([[1, 2], [2, 1], [9, 9], [1, 1]]), y: vectorOf([0, 0, 1, 0]) });
    const { upload, result } = await uploadAll(context, projectId, { 'x.npz': npz, 'about.csv': Buffer.from('path,generator\nx.npz,press 4') });
    expect(result).toMatchObject({ stored: 2, refused: 0 });
    expect((await filesOf(upload.id)).map(({ errorMessage }) => errorMessage)).toEqual(['Metadata of 1 files.', 'Labels in the file: 3 normal, 1 anomaly.']);
    expect((await samplesOf(projectId)).map(({ fileName }) => fileName)).toEqual(['x.npz#1', 'x.npz#2', 'x.npz#3', 'x.npz#4']);
    expect(new Set((await store().sample.findMany({ where: { projectId } })).map(({ generator }) => generator))).toEqual(new Set(['press 4']));
    expect((await samplesOf(projectId))[2]).toMatchObject({ role: 'anomaly', features: expect.arrayContaining([expect.objectContaining({ name: 'x1' })]) });
  });
});

const tabular = path.resolve('../shared/data/tabular');
// Rows and anomalies as the README of the data says.
const known: Readonly<Record<string, readonly [number, number]>> = {
  '12_fault': [1941, 673], '18_Ionosphere': [351, 126], '19_landsat': [6435, 1333], '20_letter': [1600, 100], '27_PageBlocks': [5393, 510], '29_Pima': [768, 268], '2_annthyroid': [7200, 534],
  '31_satimage-2': [5803, 71], '38_thyroid': [3772, 93], '40_vowels': [1456, 50], '42_WBC': [223, 10], '4_breastw': [683, 239], '6_cardio': [1831, 176], '7_Cardiotocography': [2114, 466],
};

describe.skipIf(!existsSync(tabular))('the 14 tabular sets (skipped without ../shared/data)', () => {
  it('are all there', () => {
    expect(readdirSync(tabular).filter((name) => name.endsWith('.npz')).map((name) => name.slice(0, -4)).sort()).toEqual(Object.keys(known).sort());
  });

  it.each(Object.entries(known))('%s is imported with the right counts', async (name, [count, anomalies]) => {
    const projectId = await world.project();
    const { result } = await uploadAll(context, projectId, { [`${name}.npz`]: readFileSync(path.join(tabular, `${name}.npz`)) });
    expect(result).toMatchObject({ stored: 1, refused: 0 });
    const roles = await store().sample.groupBy({ by: ['role'], where: { projectId }, _count: { _all: true }, orderBy: { role: 'asc' } });
    expect(Object.fromEntries(roles.map(({ role, _count }) => [role, _count._all]))).toEqual({ normal: count - anomalies, anomaly: anomalies });
    expect((await setsOf(projectId))[0]).toMatchObject({ count, missing: 0 });
  }, 60_000);
});
