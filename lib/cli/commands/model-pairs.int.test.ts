import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pairFiles, pairFolder } from '@/lib/pipeline/models/testing/pair-folder';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { register } from './models';
import { runCommand } from './testing/run-command';

// A machine under load is slow, not wrong.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const pairs = (...args: string[]) => runCommand(register, ['models', 'pairs', ...args]);
const line = async (name: string) => (await pairs('list')).stdout.split('\n').find((text) => text.startsWith(`${name}\t`));

it('adds a pair from a folder, lists it, and removes it', async () => {
  const folder = await pairFolder(path.join(database.dataDir, 'toy'));
  expect(await pairs('add', folder, '--demonstration')).toEqual({ code: 0, stdout: 'registered toy: 4 values per image and per text\n', stderr: '' });
  expect(await line('toy')).toMatch(/^toy\t4 values\t12 tokens\tsoftmax, logit scale 20\.09 \(config\)\t[0-9a-f]{64}\tdemonstration$/);
  expect(await pairs('remove', 'toy')).toEqual({ code: 0, stdout: 'removed toy\n', stderr: '' });
  expect(await pairs('remove', 'toy')).toMatchObject({ code: 2, stderr: 'assay: There is no image-text pair named toy.\n' });
  expect(await line('toy')).toBeUndefined();
});

it('takes the scale and the bias that a person says', async () => {
  const folder = await pairFolder(path.join(database.dataDir, 'said'));
  expect(await pairs('add', folder, '--logit-scale', '117', '--logit-bias', '-12.9')).toMatchObject({ code: 0 });
  expect(await line('said')).toContain('\tsigmoid, logit scale 117.0, bias -12.9 (stated)\t');
  expect(await pairs('add', folder, '--logit-scale', 'much')).toMatchObject({ code: 2, stderr: 'assay: --logit-scale is a number, not "much".\n' });
});

it('refuses a folder without a text tower and says what a pair is', async () => {
  const { 'onnx/text_model.onnx': _text, ...alone } = pairFiles();
  const folder = await pairFolder(path.join(database.dataDir, 'alone'), alone);
  expect(await pairs('add', folder)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/holds no text tower .* An image-text pair is a folder as Hugging Face has it/) });
});

const real = path.resolve(import.meta.dirname, '../../../../shared/models/vit-tiny-clip-shaped');
const present = existsSync(real);
if (!present) process.stderr.write(`SKIPPED: adding an image-text pair of CLIP's shape needs ${real}\n`);

describe.skipIf(!present)("a pair of CLIP's shape", () => {
  it('is added as its folder says', async () => {
    expect(await pairs('add', real, '--name', 'ViT-Ti/16 with texts', '--licence', 'Apache-2.0')).toMatchObject({ code: 0, stdout: 'registered ViT-Ti/16 with texts: 194 values per image and per text\n' });
    expect(await line('ViT-Ti/16 with texts')).toMatch(/\t194 values\t77 tokens\tsoftmax, logit scale 35\.16 \(config\)\t4686f6b1b07c067def1b5e53555a7482fdd66f39859d3e2fb90aba882629bf34$/);
    const { model, ...tower } = await store().textTower.findUniqueOrThrow({ where: { name: 'ViT-Ti/16 with texts' }, include: { model: true } });
    expect(model.manifest).toMatchObject({ output: { name: 'image_embeds', pooling: 'none' }, resize: { mode: 'shortest', edge: 248 } });
    expect(tower.config).toMatchObject({ padTokenId: 49407, contextLength: 77, mask: null, ids: { name: 'input_ids', type: 'int64' } });
  });
});
