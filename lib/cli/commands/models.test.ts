import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { setEnvironment } from '@/lib/env';
import { HubServer } from '@/lib/inference/hub/testing/hub-server';
import { register } from './models';
import { runCommand } from './testing/run-command';
import { toyModel } from './testing/toy-model';

// A machine under load is slow, not wrong.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-models-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const models = (...args: string[]) => runCommand(register, ['models', ...args]);

it('tells that a network fits, how long its vectors are and their fingerprint', async () => {
  const { model, manifest } = await toyModel(folder);
  const seen = await models('check', model, manifest);
  expect(seen).toMatchObject({ code: 0, stderr: '' });
  expect(seen.stdout).toMatch(/^fits: 3 values per image, fingerprint [0-9a-f]{64}\n$/);
});

it('refuses a network of another input size and says which', async () => {
  const { model, manifest } = await toyModel(folder, { side: 16 });
  const seen = await models('check', model, manifest);
  expect(seen).toMatchObject({ code: 2, stdout: '' });
  expect(seen.stderr).toBe(
    'assay: The model does not fit its manifest: height is 16 in the network, 8 in the manifest (layout nchw); ' +
      'width is 16 in the network, 8 in the manifest (layout nchw). Correct the manifest, or choose another model file.\n',
  );
});

it('refuses files that are absent, no model or no manifest', async () => {
  const { model, manifest } = await toyModel(folder);
  const none = path.join(folder, 'none');
  const text = path.join(folder, 'text');
  await writeFile(text, '<html>');
  expect(await models('check', none, manifest)).toMatchObject({ code: 2, stderr: expect.stringContaining(none) });
  expect(await models('check', model, none)).toMatchObject({ code: 2, stderr: `assay: The file ${none} cannot be read (ENOENT).\n` });
  expect(await models('check', text, manifest)).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot be loaded as an ONNX model') });
  expect(await models('check', model, text)).toMatchObject({ code: 2, stderr: `assay: ${text} is not JSON.\n` });
});

it('refuses a command line that lacks a file or names no action', async () => {
  expect(await models('check')).toMatchObject({ code: 2, stderr: expect.stringContaining("missing required argument 'source'") });
  expect(await models('train')).toMatchObject({ code: 2, stderr: expect.stringContaining("unknown command 'train'") });
});

it('tells how a network without a manifest could be read, and what it lacks', async () => {
  const { model } = await toyModel(folder);
  expect(await models('check', model)).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing beside the network says how its images are prepared') });
  const seen = await models('check', model, '--preset', 'plain');
  expect(seen.code).toBe(0);
  expect(seen.stdout).toMatch(/^y:mean-spatial\t3 values\tthe mean over the feature map\tusable, images differ by 0\.\d+\nfits: 3 values per image from y:mean-spatial, fingerprint [0-9a-f]{64}\n$/);
  expect(await models('check', model, '--preset', 'plain', '--output', 'z')).toMatchObject({ code: 2, stderr: expect.stringContaining('The output z cannot be used: there is no such output. Usable are y:mean-spatial.') });
  expect(await models('check', model, '--edge', '8')).toMatchObject({ code: 2, stderr: 'assay: --edge belongs to --preset.\n' });
});

it('takes a folder with its preprocessor_config.json', async () => {
  const own = path.join(folder, 'net');
  await mkdir(path.join(own, 'onnx'), { recursive: true });
  const { model } = await toyModel(folder);
  await writeFile(path.join(own, 'onnx', 'model.onnx'), await readFile(model));
  await writeFile(path.join(own, 'preprocessor_config.json'), JSON.stringify({ size: { height: 8, width: 8 }, resample: 2, do_normalize: false }));
  expect(await models('check', own)).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('fits: 3 values per image from y:mean-spatial') });
});

describe('the hub', () => {
  const server = new HubServer();
  beforeAll(async () => setEnvironment({ ASSAY_HUB_URL: await server.listen(), ASSAY_DATA_DIR: folder }));
  afterAll(() => server.close());

  it('is asked only when a repository is named', async () => {
    const { model } = await toyModel(folder);
    await models('check', model, '--preset', 'plain');
    await models('list', '--catalogue');
    expect(server.seen).toEqual([]);
    server.add('owner/toy', { 'onnx/model.onnx': await readFile(model), 'preprocessor_config.json': JSON.stringify({ size: { height: 8, width: 8 }, do_normalize: false }) });
    const seen = await models('check', 'hf:owner/toy');
    expect(seen).toMatchObject({ code: 0, stdout: expect.stringContaining('fits: 3 values per image from y:mean-spatial'), stderr: expect.stringContaining('downloading onnx/model.onnx') });
    expect(server.seen.map(({ host }) => host)).toContain('cdn');
  });

  it('that says no, or that is not there', async () => {
    expect(await models('check', 'hf:owner/none')).toMatchObject({ code: 2, stderr: expect.stringContaining('has nothing under /api/models/owner/none') });
    expect(await models('check', 'hf:owner')).toMatchObject({ code: 2, stderr: expect.stringContaining('does not name a repository') });
    expect(await models('check', 'vit-l-32')).toMatchObject({ code: 2, stderr: expect.stringContaining('Export google/vit-large-patch32-384 with Optimum') });
    setEnvironment({ ASSAY_HUB_URL: 'http://127.0.0.1:1' });
    expect(await models('check', 'resnet-18')).toMatchObject({ code: 1, stderr: expect.stringContaining('127.0.0.1:1 cannot be reached') });
  });

  it('has a catalogue that is listed without it', async () => {
    const { stdout, code } = await models('list', '--catalogue');
    expect(code).toBe(0);
    expect(stdout.split('\n').find((line) => line.startsWith('resnet-18\t'))).toBe('resnet-18\tResNet-18\tApache-2.0\t11.7 M weights\t224 px\t512 values\tXenova/resnet-18 (fp32 46.8 MB, fp16 23.4 MB, int8 11.8 MB)');
  });
});
