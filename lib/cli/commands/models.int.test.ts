import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, store } from '@/lib/store/client';
import type { PrismaClient } from '@/lib/store/generated/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { register } from './models';
import { runCommand } from './testing/run-command';
import { toyModel } from './testing/toy-model';

let database: FreshDatabase;
let rows: PrismaClient;
beforeAll(async () => {
  database = await freshDatabase();
  rows = openStore(database.url);
});
afterAll(async () => {
  await rows.$disconnect();
  await store().$disconnect();
  await database.drop();
});

const models = (...args: string[]) => runCommand(register, ['models', ...args]);
const listed = async () => (await models('list')).stdout.trim().split('\n').map((line) => line.split('\t')[0]);

it('lists the built-in extractor, adds another one, and removes it', async () => {
  const builtIn = (await models('list')).stdout;
  expect(builtIn).toMatch(/^[^\t]+\t1904 values\t\d+ bytes\t[0-9a-f]{64}\tbuilt in\n$/);

  const { model, manifest } = await toyModel(database.dataDir);
  expect(await models('add', model, manifest)).toEqual({ code: 0, stdout: 'registered Toy: 3 values per image\n', stderr: '' });
  expect(await models('add', model, manifest)).toMatchObject({ code: 0 });
  expect(await listed()).toEqual([builtIn.split('\t')[0], 'Toy']);

  expect(await models('remove', 'Toy')).toEqual({ code: 0, stdout: 'removed Toy\n', stderr: '' });
  expect(await models('remove', 'Toy')).toMatchObject({ code: 2, stderr: 'assay: There is no such extractor.\n' });
  expect(await listed()).toHaveLength(1);
});

it('stores nothing of a network that does not fit', async () => {
  const blobs = () => readdir(path.join(database.dataDir, 'blobs'), { recursive: true });
  const before = await blobs();
  const { model, manifest } = await toyModel(database.dataDir, { side: 16, name: 'Wide' });
  expect(await models('add', model, manifest)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('width is 16 in the network, 8 in the manifest') });
  expect(await blobs()).toEqual(before);
  expect(await rows.model.count({ where: { name: 'Wide' } })).toBe(0);
});

it('keeps the name of one network from another, and keeps what feature sets were made with', async () => {
  const first = await toyModel(database.dataDir);
  const second = await toyModel(database.dataDir, { factor: 3 });
  expect(await models('add', first.model, first.manifest)).toMatchObject({ code: 0 });
  expect(await models('add', second.model, second.manifest)).toMatchObject({ code: 2, stderr: expect.stringContaining('There is another model named Toy.') });

  const { id: projectId } = await rows.project.create({ data: { name: 'P', objectName: 'part' } });
  const { id: modelId } = await rows.model.findUniqueOrThrow({ where: { name: 'Toy' } });
  await rows.featureSet.create({ data: { projectId, modelId, dim: 3 } });
  expect(await models('remove', 'Toy')).toMatchObject({ code: 2, stderr: expect.stringContaining('Feature sets were made with Toy (1)') });
  const [builtIn] = await listed();
  expect(await models('remove', builtIn!)).toMatchObject({ code: 2, stderr: 'assay: The built-in extractor cannot be removed.\n' });
});
