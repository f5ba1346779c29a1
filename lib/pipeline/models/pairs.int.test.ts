import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hubSourceSchema, modelWishesSchema, type HubSource, type ModelWishes } from '@/lib/api/contracts/models';
import { HubServer } from '@/lib/inference/hub/testing/hub-server';
import { modelManifestSchema } from '@/lib/inference/manifest';
import { openExtractor } from '@/lib/inference/node/extractor';
import { probeImage } from '@/lib/inference/node/probe';
import * as textTowers from '@/lib/inference/node/text-tower';
import { listModels } from '@/lib/services/models';
import { World } from '@/lib/services/testing/world';
import { listTextTowers } from '@/lib/services/text-towers';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { removeUnusedBlobs } from '@/lib/store/unused-blobs';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { ensureBuiltInModels } from '../built-in-models';
import { demonstrationPairName, ensureBuiltInPair } from '../built-in-pair';
import { textEmbeddings, textHead } from '../prompt-texts';
import { addFiles } from './add-files';
import { addPair } from './add-pair';
import { downloadModel } from './download-model';
import { modelSource } from './model-source';
import { pairFromDisk } from './pair-files';
import { removePair } from './remove-pair';
import { pairFiles, pairFolder } from './testing/pair-folder';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let database: FreshDatabase;
const server = new HubServer();
let settings: { baseUrl: string };
beforeAll(async () => {
  database = await freshDatabase();
  settings = { baseUrl: await server.listen() };
});
afterAll(async () => {
  await server.close();
  await store().$disconnect();
  await database.drop();
});
beforeEach(() => vi.restoreAllMocks());

const stores = () => ({ store: store(), blobs: blobStore() });
const wishes = (given: Partial<ModelWishes> = {}): ModelWishes => modelWishesSchema.parse(given);
const folderOf = (name: string): string => path.join(database.dataDir, name);
const blobs = async (): Promise<string[]> => (await readdir(path.join(database.dataDir, 'blobs'), { recursive: true })).filter((name) => /[0-9a-f]{64}/.test(name)).sort();
const request = (given: Partial<ModelWishes> = {}) => ({ wishes: wishes(given), head: { logitScale: null, logitBias: null }, isDemonstration: false });

async function addFrom(folder: string, given: Partial<ModelWishes> = {}) {
  const work = await mkdtemp(folderOf('work-'));
  return addPair(await pairFromDisk(folder, work), request(given), stores());
}

async function anyone() {
  const world = new World(store());
  return world.context(await world.person('Ada'));
}

/** How often a text tower is opened from here on. */
const opening = () => vi.spyOn(textTowers, 'openTextTower');

describe('a pair from a folder', () => {
  it('is a network of image embeddings with a text tower to it, once however often it is added', async () => {
    const folder = await pairFolder(folderOf('toy'));
    const tower = await addFrom(folder, { licence: 'MIT' });
    const model = await store().model.findUniqueOrThrow({ where: { id: tower.modelId } });
    const manifest = modelManifestSchema.parse(model.manifest);
    expect(manifest.output).toEqual({ name: 'image_embeds', pooling: 'none' });
    expect([model.dim, tower.dim, tower.name, model.name]).toEqual([4, 4, 'toy', 'toy']);
    expect(textHead(tower)).toEqual({ kind: 'softmax', logitScale: Math.exp(3) });
    expect((await addFrom(folder, { licence: 'MIT' })).id).toBe(tower.id);
    const { textTowers: listed } = await listTextTowers(await anyone());
    expect(listed).toMatchObject([{ id: tower.id, name: 'toy', parameters: { image: 12, text: 44 }, contextLength: 12, head: { kind: 'softmax', source: 'config' }, isDemonstration: false, licence: 'MIT' }]);
    const extractor = await openExtractor(await modelSource(blobStore(), model.sha256, manifest), manifest, { threads: 1 });
    expect(await extractor.embed([probeImage(1)])).toHaveLength(4);
    await extractor.close();
  });

  it('leaves nothing behind when it is refused: dimensions, a tower that reads nothing, a file that is missing, a name that is taken', async () => {
    const before = [await blobs(), await store().model.count()];
    const wide = await pairFolder(folderOf('wide'), pairFiles({ textDim: 5 }));
    await expect(addFrom(wide)).rejects.toMatchObject({ code: 'model.shape', message: expect.stringContaining('Embeddings of texts have 5 values, those of images (image_embeds:none) 4') });
    const blind = await pairFolder(folderOf('blind'), pairFiles({ blind: true }));
    await expect(addFrom(blind)).rejects.toMatchObject({ code: 'model.invalid', message: expect.stringContaining('the same embedding') });
    const bare = await pairFolder(folderOf('bare'));
    await rm(path.join(bare, 'tokenizer.json'));
    await expect(addFrom(bare)).rejects.toMatchObject({ code: 'model.missing', message: expect.stringContaining('no tokenizer.json') });
    await writeFile(path.join(bare, 'tokenizer.json'), '{');
    await expect(addFrom(bare)).rejects.toMatchObject({ code: 'model.invalid', message: 'tokenizer.json is not JSON.' });
    const other = await pairFolder(folderOf('other'), { ...pairFiles(), 'config.json': JSON.stringify({ model_type: 'clip', logit_scale_init_value: 2 }) });
    await expect(addFrom(other, { name: 'toy' })).rejects.toMatchObject({ code: 'request.conflict' });
    await rm(path.join(other, 'onnx', 'text_model.onnx'));
    await expect(addFrom(other)).rejects.toMatchObject({ code: 'model.missing', message: expect.stringContaining('no text tower') });
    await expect(addFrom(folderOf('nowhere'))).rejects.toMatchObject({ code: 'model.missing' });
    expect([await blobs(), await store().model.count()]).toEqual(before);
  });
});

describe('text embeddings', () => {
  it('go through the tower once: the second time all come from the cache, bit for bit', async () => {
    const { id } = await store().textTower.findUniqueOrThrow({ where: { name: 'toy' } });
    const opened = opening();
    const texts = ['a photo of a flawless screw', 'a photo of a damaged screw', 'a photo of a flawless screw'];
    const first = await textEmbeddings(id, texts, stores());
    expect([first.rows, first.cols, first.computed, opened.mock.calls.length]).toEqual([3, 4, 2, 1]);
    expect([...first.data.subarray(0, 4)]).toEqual([...first.data.subarray(8)]);
    expect(Math.hypot(...first.data.subarray(4, 8))).toBeCloseTo(1, 6);
    const again = await textEmbeddings(id, texts, stores());
    expect([again.computed, opened.mock.calls.length]).toEqual([0, 1]);
    expect(again.data).toEqual(first.data);
    const more = await textEmbeddings(id, [...texts.slice(1, 2), 'damaged'], stores());
    expect([more.computed, opened.mock.calls.length]).toEqual([1, 2]);
    expect([...more.data.subarray(0, 4)]).toEqual([...first.data.subarray(4, 8)]);
  });

  it('remember which texts lost their end, and stop with the job', async () => {
    const { id } = await store().textTower.findUniqueOrThrow({ where: { name: 'toy' } });
    const long = Array.from({ length: 20 }, () => 'screw').join(' ');
    for (const computed of [1, 0]) expect(await textEmbeddings(id, [long, 'damaged'], stores())).toMatchObject({ truncated: [true, false], computed });
    await expect(textEmbeddings(id, ['flawless'], { ...stores(), signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'job.cancelled' });
    await expect(textEmbeddings('00000000-0000-7000-8000-000000000000', ['a'], stores())).rejects.toMatchObject({ code: 'model.missing' });
  });
});

describe('a pair from the hub', () => {
  const context = () => ({ ...stores(), logger: pino({ level: 'silent' }), signal: new AbortController().signal, progress: () => undefined, projectId: null, jobId: null });
  const hub = (given: Partial<HubSource>): HubSource => hubSourceSchema.parse({ texts: true, ...given });

  it('comes with both towers and the tokenizer, and leaves no download behind', async () => {
    server.add('owner/clip', pairFiles());
    const { modelId, textTowerId } = await downloadModel({ hub: hub({ repo: 'owner/clip' }), wishes: wishes() }, context(), settings);
    const tower = await store().textTower.findUniqueOrThrow({ where: { name: 'clip' } });
    expect([tower.modelId, tower.id]).toEqual([modelId, textTowerId]);
    expect(await textEmbeddings(tower.id, ['a screw'], stores())).toMatchObject({ rows: 1, computed: 1 });
    expect(await readdir(path.join(database.dataDir, 'model-downloads'))).toEqual([]);
  });

  it('is refused before anything large comes where there is no text tower or no tokenizer', async () => {
    const { 'onnx/text_model.onnx': _text, ...alone } = pairFiles();
    server.add('owner/alone', alone);
    await expect(downloadModel({ hub: hub({ repo: 'owner/alone' }), wishes: wishes() }, context(), settings)).rejects.toMatchObject({ code: 'hub.not_found', message: expect.stringContaining('no fp32 text tower') });
    const { 'tokenizer.json': _tokenizer, ...mute } = pairFiles();
    server.add('owner/mute', mute);
    server.seen.length = 0;
    await expect(downloadModel({ hub: hub({ repo: 'owner/mute' }), wishes: wishes() }, context(), settings)).rejects.toMatchObject({ code: 'hub.not_found', message: expect.stringContaining('no tokenizer.json') });
    expect(server.seen.filter(({ host }) => host === 'cdn')).toEqual([]);
  });
});

it('a pair from a browser is added of files that were sent; nothing stays of one that is refused', async () => {
  const context = { ...stores(), signal: new AbortController().signal, progress: () => undefined, projectId: null, jobId: null };
  const send = async (given: Record<string, string | Buffer>) => {
    const files = Object.entries(given).filter(([name]) => name.endsWith('.onnx') || name === 'tokenizer.json');
    const sent = await Promise.all(files.map(async ([name, content]) => ({ name: path.basename(name), sha256: await blobStore().put(Buffer.from(content)), bytes: content.length })));
    const read = (name: string): unknown => JSON.parse(String(given[name]));
    return { files: sent, configurations: { preprocessor: read('preprocessor_config.json'), config: read('config.json'), tokenizer: read('tokenizer_config.json') } };
  };
  const { textTowerId } = await addFiles({ source: await send(pairFiles()), wishes: wishes({ name: 'sent' }) }, context);
  expect(await store().textTower.findUniqueOrThrow({ where: { name: 'sent' } })).toMatchObject({ id: textTowerId, config: { padTokenId: 0, contextLength: 12, specialTokens: { unknown: '[UNK]' } } });
  const before = await blobs();
  await expect(addFiles({ source: await send(pairFiles({ textDim: 7 })), wishes: wishes({ name: 'wrong' }) }, context)).rejects.toMatchObject({ code: 'model.shape' });
  expect(await blobs()).toEqual(before);
});

it('a pair is removed with its files; its image tower stays where feature sets were made with it', async () => {
  const before = await blobs();
  const folder = await pairFolder(folderOf('leaving'), { ...pairFiles(), 'tokenizer_config.json': JSON.stringify({ pad_token: '[SEP]' }) });
  const { id, modelId } = await addFrom(folder);
  await textEmbeddings(id, ['a'], stores());
  const projectId = await new World(store()).project();
  const { id: setId } = await store().featureSet.create({ data: { projectId, modelId, dim: 4 } });
  const first = await store().$transaction((transaction) => removePair(transaction, 'leaving'));
  expect(first.imageTowerStays).toBe(true);
  expect(await store().textEmbedding.count({ where: { towerId: id } })).toBe(0);
  await store().featureSet.delete({ where: { id: setId } });
  const again = await addFrom(folder);
  expect(again.modelId).toBe(modelId);
  const { files, imageTowerStays } = await store().$transaction((transaction) => removePair(transaction, 'leaving'));
  expect(imageTowerStays).toBe(false);
  // The other pairs have the same files.
  await removeUnusedBlobs(store(), blobStore(), files);
  expect(await blobs()).toEqual(before);
  expect(await store().model.count({ where: { id: modelId } })).toBe(0);
  await expect(store().$transaction((transaction) => removePair(transaction, 'leaving'))).rejects.toMatchObject({ code: 'model.missing' });
});

describe('the pair that ships with Assay', () => {
  it('is registered once, stays, and comes after the extractor in the list', async () => {
    await ensureBuiltInModels(stores());
    const folder = await pairFolder(folderOf('shipped'));
    await ensureBuiltInPair(stores(), folder);
    const opened = opening();
    await Promise.all([ensureBuiltInPair(stores(), folder), ensureBuiltInPair(stores(), folder)]);
    expect(opened).not.toHaveBeenCalled();
    const tower = await store().textTower.findUniqueOrThrow({ where: { name: demonstrationPairName }, include: { model: true } });
    expect([tower.isDemonstration, tower.model.builtIn]).toEqual([true, true]);
    await expect(store().$transaction((transaction) => removePair(transaction, demonstrationPairName))).rejects.toMatchObject({ code: 'request.conflict' });
    const { models } = await listModels(await anyone());
    expect(models.slice(0, 2).map(({ name }) => name)).toEqual(['Wavelet scattering', demonstrationPairName]);
  });

  it('is replaced when its files change; feature sets of the old one keep their origin', async () => {
    const folder = await pairFolder(folderOf('newer'), { ...pairFiles(), 'tokenizer.json': JSON.stringify({ ...JSON.parse(String(pairFiles()['tokenizer.json'])), version: '2.0' }) });
    const old = await store().textTower.findUniqueOrThrow({ where: { name: demonstrationPairName } });
    await ensureBuiltInPair(stores(), folder);
    const now = await store().textTower.findUniqueOrThrow({ where: { name: demonstrationPairName } });
    expect(now.id).not.toBe(old.id);
    expect(await store().textTower.findUniqueOrThrow({ where: { id: old.id }, include: { model: true } })).toMatchObject({ name: expect.stringMatching(/^Demonstration pair \([0-9a-f]{8}\)$/), model: { builtIn: false } });
  });

  it('need not be there', async () => {
    await ensureBuiltInPair(stores(), folderOf('not built yet'));
  });
});
