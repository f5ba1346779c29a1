import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pino from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { hubSourceSchema, modelWishesSchema, type HubSource, type ModelWishes } from '@/lib/api/contracts/models';
import { AssayError } from '@/lib/errors';
import { HubServer, testCommit } from '@/lib/inference/hub/testing/hub-server';
import { modelManifestSchema } from '@/lib/inference/manifest';
import { openExtractor } from '@/lib/inference/node/extractor';
import { probeImage } from '@/lib/inference/node/probe';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { modelCopyFiles, modelCopyFolder, sweepModelCopies } from '@/lib/store/model-copies';
import { deleteModel } from '@/lib/store/models';
import { blobColumns, removeUnusedBlobs } from '@/lib/store/unused-blobs';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import type { Progress } from '../context';
import { modelFile, modelWeights } from '@/lib/services/model-file';
import { World } from '@/lib/services/testing/world';
import { extractFeatureSet } from '../extract';
import { addFiles } from './add-files';
import { checkImages } from './check-images';
import { downloadModel } from './download-model';
import { modelSource } from './model-source';
import { classifier, classifierWithWeightsBeside, quantisedClassifier } from './testing/networks';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const preprocessor = JSON.stringify({ size: { height: 16, width: 16 }, resample: 2, do_normalize: false });

let database: FreshDatabase;
const server = new HubServer();
let settings: { baseUrl: string };
let progress: Progress[] = [];
beforeAll(async () => {
  database = await freshDatabase();
  settings = { baseUrl: await server.listen() };
});
afterAll(async () => {
  await server.close();
  await store().$disconnect();
  await database.drop();
});

function context(signal = new AbortController().signal) {
  return { store: store(), blobs: blobStore(), logger: pino({ level: 'silent' }), signal, progress: (update: Progress) => void progress.push(update), projectId: null, jobId: null };
}

const wishes = (given: Partial<ModelWishes> = {}): ModelWishes => modelWishesSchema.parse(given);
const hub = (given: Partial<HubSource>): HubSource => hubSourceSchema.parse(given);
const left = () => readdir(path.join(database.dataDir, 'model-downloads'));

async function extractorOf(name: string) {
  const row = await store().model.findUniqueOrThrow({ where: { name } });
  const manifest = modelManifestSchema.parse(row.manifest);
  return { row, manifest, extractor: await openExtractor(await modelSource(blobStore(), row.sha256, manifest), manifest, { threads: 1 }) };
}

describe('from the hub', () => {
  it('takes the penultimate of a classifier, which the stored file then has as an output', async () => {
    server.add('owner/classifier', { 'onnx/model.onnx': classifier(), 'preprocessor_config.json': preprocessor, 'config.json': '{"model_type":"resnet"}' });
    progress = [];
    const result = await downloadModel({ hub: hub({ repo: 'owner/classifier' }), wishes: wishes({ licence: 'MIT' }) }, context(), settings);
    expect(result).toMatchObject({ name: 'classifier', dim: 3, output: { name: 'flat', pooling: 'none' } });
    expect(progress.filter(({ step }) => step === 'downloading onnx/model.onnx').at(-1)).toMatchObject({ unit: 'MB', total: 1 });
    const { row, manifest, extractor } = await extractorOf('classifier');
    expect(manifest).toMatchObject({ input: { width: 16 }, licence: 'MIT', source: `hf:owner/classifier@${testCommit} onnx/model.onnx`, parameters: 40, precision: 'fp32' });
    expect(row.sha256).toBe(extractor.fingerprint.modelSha256);
    expect((await extractor.embed([probeImage(5)])).length).toBe(3);
    await extractor.close();
    expect(await left()).toEqual([]);
  });

  it('goes on after a cut that ended the job, and keeps weights beside the file', async () => {
    server.add('owner/large', { 'model.onnx': classifierWithWeightsBeside('model.onnx_data').onnx, 'model.onnx_data': classifierWithWeightsBeside('model.onnx_data').weights, 'preprocessor_config.json': preprocessor });
    const cancel = new AbortController();
    server.faults.hold = 100;
    const stopping = { ...context(cancel.signal), progress: ({ step }: Progress) => void (step === 'downloading model.onnx' && cancel.abort()) };
    await expect(downloadModel({ hub: hub({ repo: 'owner/large' }), wishes: wishes() }, stopping, settings)).rejects.toMatchObject({ code: 'job.cancelled' });
    server.faults.hold = null;
    expect(await left()).toHaveLength(1);
    server.seen.length = 0;
    await downloadModel({ hub: hub({ repo: 'owner/large' }), wishes: wishes() }, context(), settings);
    expect(server.seen.filter(({ host }) => host === 'cdn').map(({ path: name, range }) => [name.split('?')[0], range])).toEqual([['/owner/large/model.onnx', 'bytes=100-'], ['/owner/large/model.onnx_data', undefined]]);
    const { row, manifest, extractor } = await extractorOf('large');
    expect(manifest.weights).toMatchObject([{ name: 'model.onnx_data', bytes: 120 }]);
    expect(Number(row.bytes)).toBeGreaterThan(120);
    expect(extractor.fingerprint.settings.weights).toEqual(manifest.weights);
    const plain = await extractorOf('classifier');
    expect(await extractor.embed([probeImage(5)])).toEqual(await plain.extractor.embed([probeImage(5)]));
    await extractor.close();
    await plain.extractor.close();
  });

  it('feeds a dynamically quantised network one image at a time', async () => {
    server.add('owner/quantised', { 'onnx/model_quantized.onnx': quantisedClassifier(), 'preprocessor_config.json': preprocessor });
    await downloadModel({ hub: hub({ repo: 'owner/quantised', precision: 'int8' }), wishes: wishes() }, context(), settings);
    const { manifest, extractor } = await extractorOf('quantised (int8)');
    expect(manifest).toMatchObject({ input: { batch: 1 }, precision: 'int8' });
    const [alone, together] = [await extractor.embed([probeImage(1)]), await extractor.embed([probeImage(1), probeImage(9)])];
    expect(together.slice(0, extractor.dim)).toEqual(alone);
    await extractor.close();
  });

  it('saves nothing of a network whose name is taken, or that nothing says how to feed', async () => {
    const before = await store().model.count();
    await expect(downloadModel({ hub: hub({ repo: 'owner/quantised', precision: 'int8' }), wishes: wishes({ name: 'classifier' }) }, context(), settings)).rejects.toMatchObject({ code: 'request.conflict' });
    await expect(downloadModel({ hub: hub({ repo: 'owner/classifier' }), wishes: wishes({ output: { name: 'map', pooling: null } }) }, context(), settings)).rejects.toMatchObject({ code: 'request.conflict' });
    const again = await downloadModel({ hub: hub({ repo: 'owner/classifier' }), wishes: wishes() }, context(), settings);
    expect(again['modelId']).toBe((await store().model.findUniqueOrThrow({ where: { name: 'classifier' } })).id);
    server.add('owner/bare', { 'model.onnx': classifier() });
    await expect(downloadModel({ hub: hub({ repo: 'owner/bare' }), wishes: wishes() }, context(), settings)).rejects.toMatchObject({ code: 'model.invalid', hint: expect.stringContaining('preset') });
    await downloadModel({ hub: hub({ repo: 'owner/bare' }), wishes: wishes({ preprocessing: { preset: 'imagenet', edge: null } }) }, context(), settings);
    expect(await store().model.count()).toBe(before + 1);
  });
});

describe('in a project', () => {
  it('a network is tried on its images, and one with weights beside the file extracts features', async () => {
    const world = new World(store());
    const projectId = await world.project();
    for (const seed of [1, 2]) {
      const { rgb, width, height } = probeImage(seed);
      const sha256 = await blobStore().put(await sharp(rgb, { raw: { width, height, channels: 3 } }).png().toBuffer());
      await world.sample(projectId, { sha256, fileName: `${seed}.png` });
    }
    await world.sample(projectId, { fileName: 'only in a browser.png' });
    expect(await checkImages(projectId, context())).toHaveLength(2);
    const { id: modelId } = await store().model.findUniqueOrThrow({ where: { name: 'large' } });
    const { id: featureSetId } = await store().featureSet.create({ data: { projectId, modelId, dim: 3 } });
    expect(await extractFeatureSet({ featureSetId }, context())).toMatchObject({ count: 2 });

    // What a browser is given of it: two files, each of its own length.
    const lead = world.context(await world.person('Lea'));
    for (const file of [await modelFile(lead, { modelId }), await modelWeights(lead, { modelId, name: 'model.onnx_data' })]) {
      const content = Buffer.concat(await (await file.open()).toArray());
      expect(content).toHaveLength(file.bytes);
      expect(createHash('sha256').update(content).digest('hex')).toBe(file.sha256);
    }
    await expect(modelWeights(lead, { modelId, name: '../model.onnx_data' })).rejects.toMatchObject({ code: 'model.missing' });
  });
});

describe('files that were sent', () => {
  const send = async (bytes: Uint8Array, configurations: object = { preprocessor: JSON.parse(preprocessor) as unknown }, name = 'mine.onnx') => {
    const sha256 = await blobStore().put(bytes);
    return { sha256, source: { files: [{ name, sha256, bytes: bytes.length }], configurations } };
  };
  /** The same network with other bytes: a field that no reader knows. */
  const other = (value: number) => Buffer.concat([classifier(), Buffer.from([0xf8, 0x3f, value])]);
  const kept = (sha256: string) => blobStore().size(sha256);

  it('are taken with their configurations; what was sent and is not what is stored is removed', async () => {
    const { sha256, source } = await send(other(1));
    const result = await addFiles({ source, wishes: wishes({ output: { name: 'map', pooling: null } }) }, context());
    expect(result).toMatchObject({ name: 'mine', dim: 3, output: { name: 'map', pooling: 'mean-spatial' } });
    const stored = await store().model.findUniqueOrThrow({ where: { name: 'mine' } });
    expect([stored.sha256 === sha256, await kept(sha256), await kept(stored.sha256)]).toEqual([false, null, expect.any(Number)]);
    const direct = await send(other(2), undefined, 'direct.onnx');
    await addFiles({ source: direct.source, wishes: wishes({ output: { name: 'logits', pooling: null } }) }, context());
    expect(await kept(direct.sha256)).toBeGreaterThan(0);
  });

  it('of a refused network are removed, unless something else has the same bytes', async () => {
    const unsaid = await send(other(3), {});
    const refused = () => expect(addFiles({ source: unsaid.source, wishes: wishes() }, context())).rejects;
    await refused().toMatchObject({ code: 'model.invalid' });
    expect(await kept(unsaid.sha256)).toBeNull();
    await refused().toMatchObject({ code: 'model.missing', message: expect.stringMatching(/what is refused is not kept/) });

    const sample = await send(Buffer.from('an image'), {}, 'image.json');
    const world = new World(store());
    await world.sample(await world.project(), { sha256: sample.sha256 });
    await expect(addFiles({ source: sample.source, wishes: wishes() }, context())).rejects.toMatchObject({ code: 'model.missing' });
    expect(await kept(sample.sha256)).toBeGreaterThan(0);
  });

  it('stay while another job has yet to read them, and after a failure that may pass', async () => {
    const { sha256, source } = await send(other(4), {});
    await store().job.create({ data: { kind: 'model_files', input: { source, wishes: wishes() } } });
    await expect(addFiles({ source, wishes: wishes() }, context())).rejects.toMatchObject({ code: 'model.invalid' });
    expect(await kept(sha256)).toBeGreaterThan(0);
    const full = { ...context(), progress: () => { throw new AssayError('storage.full', 'The disk is full.'); } };
    const next = await send(other(5));
    await expect(addFiles({ source: next.source, wishes: wishes() }, full)).rejects.toMatchObject({ code: 'storage.full' });
    expect(await kept(next.sha256)).toBeGreaterThan(0);
  });

  it('of a network that is removed from the library go with it, and so do copies beside one another', async () => {
    const { files } = await store().$transaction((transaction) => deleteModel(transaction, { name: 'direct' }));
    await removeUnusedBlobs(store(), blobStore(), files);
    expect(await Promise.all(files.map(kept))).toEqual([null]);
    const copies = path.join(database.dataDir, 'model-files');
    const { extractor } = await extractorOf('large');
    await extractor.close();
    await mkdir(path.join(copies, 'of a network that is gone'));
    await sweepModelCopies(store());
    expect(await readdir(copies)).toHaveLength(2);
    await sweepModelCopies(store(), Date.now() + 2 * 24 * 3_600_000);
    expect(await readdir(copies)).toEqual([path.basename(modelCopyFolder(modelCopyFiles(...(await copyOf('large')))!))]);
  });
});

const copyOf = async (name: string): Promise<[string, unknown]> => {
  const { sha256, manifest } = await store().model.findUniqueOrThrow({ where: { name } });
  return [sha256, manifest];
};

it('every column of the schema that holds a hash of bytes is looked at before a blob is removed', async () => {
  const schema = await readFile(path.resolve(import.meta.dirname, '../../../prisma/schema.prisma'), 'utf8');
  const found = [...schema.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].flatMap(([, table, body]) => [...body!.matchAll(/^\s+(\w*sha256)\s+String/gim)].map(([, column]) => `${table}.${column}`));
  expect(found.length).toBeGreaterThan(10);
  expect(blobColumns.map((pair) => pair.join('.')).sort()).toEqual(found.sort());
});

const real = path.resolve(import.meta.dirname, '../../../../shared/models/vit-tiny-clip-shaped');
const present = existsSync(real);
if (!present) process.stderr.write(`SKIPPED: the download of a real network needs ${real}\n`);

describe.skipIf(!present)('a real repository', () => {
  it('vit-tiny: the image tower, its preprocessing and its embedding', async () => {
    await server.addFolder('owner/vit-tiny', real);
    const result = await downloadModel({ hub: hub({ repo: 'owner/vit-tiny' }), wishes: wishes({ output: { name: 'last_hidden_state', pooling: 'cls' } }) }, context(), settings);
    expect(result).toMatchObject({ dim: 192, output: { name: 'last_hidden_state', pooling: 'cls' } });
    const { row, manifest } = await extractorOf('vit-tiny');
    expect(row.sha256).toBe('2ad71674df233011a848221b1432c8753f4518f180908fcce91ed10698ed07de');
    expect(manifest).toMatchObject({ resize: { mode: 'shortest', edge: 248 }, interpolation: 'bicubic', precision: 'fp32' });
  });
});
