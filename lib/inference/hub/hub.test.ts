import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AssayError } from '@/lib/errors';
import { parseHubId, resolveUrl, type HubSettings } from './address';
import { chooseConfigurations, chooseOnnxFile, chooseWeights } from './choose-files';
import { diskFailure, downloadFile, type DownloadOptions } from './download';
import { commitOf, listFiles, type HubFile } from './repository';
import { HubServer, testCommit } from './testing/hub-server';

// A machine under load is slow, not wrong.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const weights = randomBytes(300_000);
const main = { repo: 'owner/net', revision: 'main' };

let server: HubServer;
let settings: HubSettings;
let folder: string;
beforeAll(async () => {
  server = new HubServer();
  settings = { baseUrl: await server.listen(), token: 'hf_secret' };
  server.add('owner/net', { 'onnx/model.onnx': weights, 'config.json': '{"model_type":"vit"}', 'a b/ü.json': '{}' });
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-hub-'));
  Object.assign(server.faults, { cuts: [], hold: null, status: null, damage: false, ignoreRange: false, busy: 0 });
  server.seen.length = 0;
});
afterEach(() => rm(folder, { recursive: true }));

const fileOf = async (name: string): Promise<HubFile> => (await listFiles(settings, main)).find(({ path: own }) => own === name)!;

async function download(name = 'onnx/model.onnx', options: Partial<DownloadOptions> = {}, from: HubSettings = settings): Promise<Buffer> {
  const target = path.join(folder, 'file');
  await downloadFile(from, main, await fileOf(name), target, { maxBytes: 1e9, pause: () => 0, ...options });
  return readFile(target);
}

async function refusal(promise: Promise<unknown>): Promise<AssayError> {
  const thrown: unknown = await promise.then(() => undefined, (error: unknown) => error);
  expect(thrown).toBeInstanceOf(AssayError);
  return thrown as AssayError;
}

describe('names', () => {
  it.each([
    ['hf:owner/net', { repo: 'owner/net', revision: 'main' }],
    ['owner/net', { repo: 'owner/net', revision: 'main' }],
    ['hf:owner/net@refs/pr/2', { repo: 'owner/net', revision: 'refs/pr/2' }],
  ])('%s', (text, parsed) => expect(parseHubId(text)).toEqual(parsed));

  it.each(['net', 'hf:', 'a/b/c', '../net', 'owner/..', 'owner/net@', 'owner/net@../x', 'owner/net@a@b', 'https://example.org/x'])('%s is none', (text) => {
    expect(() => parseHubId(text)).toThrow(AssayError);
  });

  it('paths cannot leave the repository', () => {
    expect(() => resolveUrl(settings, main, '../../secret')).toThrow('is no path inside a repository');
    expect(resolveUrl({ baseUrl: 'https://hub' }, { repo: 'o/n', revision: 'refs/pr/2' }, 'a b/ü.json')).toBe('https://hub/o/n/resolve/refs%2Fpr%2F2/a%20b/%C3%BC.json');
  });
});

describe('repository', () => {
  it('lists all pages with sizes and checksums', async () => {
    const files = await listFiles(settings, main);
    expect(files.map(({ path: name }) => name)).toEqual(['onnx/model.onnx', 'config.json', 'a b/ü.json']);
    expect(files[0]).toMatchObject({ bytes: 300_000, sha256: expect.stringMatching(/^[0-9a-f]{64}$/), gitHash: null });
    expect(files[1]).toMatchObject({ sha256: null, gitHash: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(await commitOf(settings, main, 'onnx/model.onnx')).toBe(testCommit);
    expect(server.seen.filter(({ host }) => host === 'cdn')).toEqual([]);
  });

  it('says what is wrong', async () => {
    expect(await refusal(listFiles(settings, { repo: 'owner/none', revision: 'main' }))).toMatchObject({ code: 'hub.not_found', message: expect.stringContaining('owner/none') });
    server.faults.status = { status: 403, code: 'GatedRepo' };
    expect(await refusal(listFiles({ baseUrl: settings.baseUrl }, main))).toMatchObject({ code: 'hub.gated', hint: expect.stringContaining('No token is set') });
    server.faults.status = { status: 401 };
    expect(await refusal(listFiles(settings, main))).toMatchObject({ code: 'hub.gated' });
    server.faults.status = { status: 500 };
    expect(await refusal(listFiles(settings, main))).toMatchObject({ code: 'hub.unreachable', message: expect.stringContaining('500') });
    expect(await refusal(listFiles({ baseUrl: 'http://127.0.0.1:1' }, main))).toMatchObject({ code: 'hub.unreachable', message: expect.stringContaining('127.0.0.1:1') });
  });
});

describe('download', () => {
  it('follows the redirect to the bytes without the token', async () => {
    const steps: number[] = [];
    expect((await download('onnx/model.onnx', { onProgress: (bytes) => steps.push(bytes) })).equals(weights)).toBe(true);
    expect(steps.at(-1)).toBe(300_000);
    expect(server.seen.filter(({ host }) => host === 'hub').every(({ authorization }) => authorization === 'Bearer hf_secret')).toBe(true);
    expect(server.seen.filter(({ host }) => host === 'cdn')).toEqual([{ host: 'cdn', method: 'GET', path: '/owner/net/onnx/model.onnx?signature=1', authorization: undefined, range: undefined }]);
  });

  it('takes small files with the checksum of Git', async () => {
    expect((await download('config.json')).toString()).toBe('{"model_type":"vit"}');
    const { gitHash: _, ...file } = await fileOf('config.json');
    const wrong = { ...file, gitHash: 'f'.repeat(40) };
    expect(await refusal(downloadFile(settings, main, wrong, path.join(folder, 'other'), { maxBytes: 1e9 }))).toMatchObject({ code: 'hub.checksum' });
  });

  it('goes on by Range after cuts, from the last byte that it has', async () => {
    server.faults.cuts = [100_000, 1_000];
    const had = [0];
    expect((await download('onnx/model.onnx', { onProgress: (bytes) => had.push(bytes) })).equals(weights)).toBe(true);
    // How much of a cut answer still gets through is up to the network.
    const starts = server.seen.filter(({ host }) => host === 'cdn').map(({ range }) => Number(/^bytes=(\d+)-$/.exec(range ?? 'bytes=0-')![1]));
    expect(starts).toHaveLength(3);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    for (const start of starts) expect(had).toContain(start);
  });

  it('goes on in another call after it had given up', async () => {
    server.faults.hold = 50_000;
    const cancel = new AbortController();
    const onProgress = (bytes: number): void => {
      if (bytes === 50_000) cancel.abort();
    };
    expect(await refusal(download('onnx/model.onnx', { signal: cancel.signal, onProgress }))).toMatchObject({ code: 'job.cancelled' });
    expect(await readdir(folder)).toEqual(['file.part']);
    server.faults.hold = null;
    server.seen.length = 0;
    expect((await download()).equals(weights)).toBe(true);
    expect(server.seen.filter(({ host }) => host === 'cdn').map(({ range }) => range)).toEqual(['bytes=50000-']);
  });

  it('begins anew where the server ignores ranges or has another file by now', async () => {
    server.faults.ignoreRange = true;
    server.faults.cuts = [100_000];
    expect((await download()).equals(weights)).toBe(true);
    await rm(path.join(folder, 'file'));
    await writeFile(path.join(folder, 'file.part'), randomBytes(400_000));
    expect((await download()).equals(weights)).toBe(true);
  });

  it('waits out a busy server, and gives up in the end', async () => {
    server.faults.busy = 3;
    expect((await download()).equals(weights)).toBe(true);
    await rm(path.join(folder, 'file'));
    server.faults.busy = 99;
    expect(await refusal(download())).toMatchObject({ code: 'hub.unreachable' });
  });

  it('refuses a wrong checksum and keeps nothing of it', async () => {
    server.faults.damage = true;
    const error = await refusal(download());
    expect(error).toMatchObject({ code: 'hub.checksum', message: expect.stringContaining('another checksum') });
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuses what is too large, before the first byte', async () => {
    const file = await fileOf('onnx/model.onnx');
    server.seen.length = 0;
    expect(await refusal(downloadFile(settings, main, file, path.join(folder, 'file'), { maxBytes: 299_999 }))).toMatchObject({ code: 'request.too_large' });
    expect(await refusal(downloadFile(settings, main, { ...file, bytes: 1e18 }, path.join(folder, 'file'), { maxBytes: 1e19 }))).toMatchObject({ code: 'storage.full' });
    expect(server.seen).toEqual([]);
  });

  it('names a full disk', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    expect(diskFailure(full)).toMatchObject({ code: 'storage.full' });
    const other = new Error('boom');
    expect(diskFailure(other)).toBe(other);
  });

  it('asks nothing of what is there already', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'file'), weights);
    const file = await fileOf('onnx/model.onnx');
    server.seen.length = 0;
    await downloadFile(settings, main, file, path.join(folder, 'file'), { maxBytes: 1e9 });
    expect(server.seen).toEqual([]);
  });
});

describe('choice of files', () => {
  const files = (...names: string[]): HubFile[] => names.map((name) => ({ path: name, bytes: 1, sha256: null, gitHash: null }));
  const clip = files('onnx/model.onnx', 'onnx/model_quantized.onnx', 'onnx/text_model.onnx', 'onnx/vision_model.onnx', 'onnx/vision_model_fp16.onnx', 'onnx/vision_model_quantized.onnx', 'preprocessor_config.json', 'config.json');

  it.each([
    ['fp32', 'onnx/vision_model.onnx'],
    ['fp16', 'onnx/vision_model_fp16.onnx'],
    ['int8', 'onnx/vision_model_quantized.onnx'],
  ] as const)('the image tower in %s', (precision, expected) => {
    expect(chooseOnnxFile(clip, 'o/n', { precision }).path).toBe(expected);
  });

  it('a file by name, or the only one', () => {
    expect(chooseOnnxFile(clip, 'o/n', { wanted: 'onnx/model.onnx' }).path).toBe('onnx/model.onnx');
    expect(chooseOnnxFile(files('nets/my.onnx'), 'o/n', {}).path).toBe('nets/my.onnx');
    expect(() => chooseOnnxFile(clip, 'o/n', { wanted: 'x.onnx' })).toThrow('o/n holds no file x.onnx');
    expect(() => chooseOnnxFile(clip, 'o/n', { precision: 'int4' })).toThrow('no int4 network');
    expect(() => chooseOnnxFile(files('model.safetensors'), 'o/n', {})).toThrow('holds no ONNX file');
  });

  it('configurations beside the file before those at the top, weights beside it', () => {
    const all = [...clip, ...files('onnx/config.json', 'onnx/model.onnx_data')];
    const [, , , vision] = all;
    expect(chooseConfigurations(all, vision!).map(({ path: name }) => name)).toEqual(['preprocessor_config.json', 'onnx/config.json']);
    expect(chooseWeights(all, 'o/n', vision!, ['model.onnx_data']).map(({ path: name }) => name)).toEqual(['onnx/model.onnx_data']);
    expect(() => chooseWeights(all, 'o/n', vision!, ['absent'])).toThrow('o/n lacks onnx/absent');
    expect(() => chooseWeights(all, 'o/n', vision!, ['../config.json'])).toThrow('not a file beside it');
  });
});
