import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { register } from './models';
import { runCommand } from './testing/run-command';
import { toyModel } from './testing/toy-model';

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
  expect(await models('check', 'one.onnx')).toMatchObject({ code: 2, stderr: expect.stringContaining("missing required argument 'manifest'") });
  expect(await models('train')).toMatchObject({ code: 2, stderr: expect.stringContaining("unknown command 'train'") });
});
