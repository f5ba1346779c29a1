import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { builtInFolder } from '@/lib/pipeline/built-in-models';
import { requestParityReferences } from '@/lib/pipeline/parity-reference';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import type { Job } from '@/lib/store/generated/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { enqueueJob, requeueJob } from './enqueue';
import { WorkerLiveness } from './liveness';
import { startWorker } from './worker';

let database: FreshDatabase;
let stopping = new AbortController();
let working: Promise<void> | undefined;

beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  stopping.abort();
  await working;
  stopping = new AbortController();
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const work = () => {
  working = startWorker({ signal: stopping.signal });
};

const ended = async (id: string): Promise<Job> => {
  for (;;) {
    const job = await store().job.findUniqueOrThrow({ where: { id } });
    if (job.state !== 'queued' && job.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const enqueueModel = async (model: Buffer, manifest: unknown, key?: string) => {
  const sha256 = await blobStore().put(model);
  return store().$transaction((transaction) =>
    enqueueJob(transaction, {
      kind: 'model',
      projectId: null,
      createdById: null,
      input: { sha256, bytes: model.length, manifest },
      ...(key === undefined ? {} : { key }),
    }),
  );
};

const scattering = async (name: string) => {
  const folder = path.join(builtInFolder, 'scattering');
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as object;
  return { model: await readFile(path.join(folder, 'model.onnx')), manifest: { ...manifest, name } };
};

describe('jobs', () => {
  it('runs a job and keeps its outcome; the built-in networks are known', async () => {
    const { model, manifest } = await scattering('First');
    const { id } = await enqueueModel(model, manifest);
    work();
    const job = await ended(id);
    expect(job).toMatchObject({ state: 'succeeded', errorCode: null });
    const { modelId } = job.result as { modelId: string };
    expect(await store().model.findUniqueOrThrow({ where: { id: modelId } })).toMatchObject({ name: 'First', builtIn: false });
    expect((await store().model.findMany({ where: { builtIn: true }, orderBy: { name: 'asc' } })).map((model) => model.name)).toEqual(['Demonstration pair', 'Wavelet scattering']);
  });

  it('ends a job that cannot be done with a code and a sentence, and runs it again on request', async () => {
    const { manifest } = await scattering('Broken');
    const { id } = await enqueueModel(Buffer.from('this is no network'), manifest);
    work();
    const job = await ended(id);
    expect(job).toMatchObject({ state: 'failed', errorCode: 'model.invalid' });
    expect(job.errorMessage).toMatch(/cannot be loaded/);
    const again = await store().$transaction((transaction) => requeueJob(transaction, job));
    expect(again).toMatchObject({ state: 'queued', errorCode: null });
    expect(await ended(id)).toMatchObject({ state: 'failed' });
  });

  it('does not start what was cancelled while it waited', async () => {
    const { model, manifest } = await scattering('Cancelled');
    const { id } = await enqueueModel(model, manifest);
    await store().job.update({ where: { id }, data: { cancelRequestedAt: new Date() } });
    work();
    expect(await ended(id)).toMatchObject({ state: 'cancelled' });
    expect(await store().model.count({ where: { name: 'Cancelled' } })).toBe(0);
  });

  it('gives the jobs of a dead worker to a living one', async () => {
    const { model, manifest } = await scattering('Orphan');
    const { id } = await enqueueModel(model, manifest);
    await store().job.update({ where: { id }, data: { state: 'running' } });
    const locked = await store().$executeRaw`
      UPDATE graphile_worker._private_jobs SET locked_by = 'worker-dead', locked_at = now() - interval '1 minute', attempts = 1
      WHERE key = ${id}`;
    expect(locked).toBe(1);
    work();
    expect(await ended(id)).toMatchObject({ state: 'succeeded' });
  });

  it('leaves a job that takes long to the worker that runs it', async () => {
    const blocker = new Client({ connectionString: database.url });
    const colleague = await WorkerLiveness.open(database.url);
    await blocker.connect();
    try {
      const before = await scattering('Before');
      const { id: firstId } = await enqueueModel(before.model, before.manifest);
      work();
      await ended(firstId);
      await blocker.query('BEGIN; LOCK TABLE "Model" IN ACCESS EXCLUSIVE MODE');
      const { model, manifest } = await scattering('Long');
      const { id } = await enqueueModel(model, manifest);
      const lock = async () => (await store().$queryRaw<{ by: string | null; attempts: number }[]>`SELECT locked_by AS by, attempts FROM graphile_worker._private_jobs WHERE key = ${id}`)[0];
      while (((await lock())?.by ?? null) === null) await new Promise((resolve) => setTimeout(resolve, 50));
      const held = await lock();
      await store().$executeRaw`UPDATE graphile_worker._private_jobs SET locked_at = now() - interval '1 minute' WHERE key = ${id}`;
      expect(await colleague.releaseDeadWorkers()).toBe(0);
      expect(await lock()).toEqual(held);
      await blocker.query('COMMIT');
      expect(await ended(id)).toMatchObject({ state: 'succeeded' });
    } finally {
      await blocker.end();
      await colleague.close();
    }
  });

  it('answers the standing job for a key that is queued already', async () => {
    const { model, manifest } = await scattering('Keyed');
    const first = await enqueueModel(model, manifest, 'key-1');
    const second = await enqueueModel(model, manifest, 'key-1');
    expect(second.id).toBe(first.id);
    work();
    expect(await ended(first.id)).toMatchObject({ state: 'succeeded' });
  });

  it('makes the vectors that browsers are compared with before anybody asks: of the built-in extractor and of one that is added', async () => {
    work();
    const { model, manifest } = await scattering('Another scattering');
    const added = await ended((await enqueueModel(model, manifest)).id);
    expect(added).toMatchObject({ state: 'succeeded' });
    for (const { id } of await store().model.findMany()) {
      const job = await store().job.findFirstOrThrow({ where: { kind: 'parity', input: { equals: { modelId: id } } } });
      expect(await ended(job.id)).toMatchObject({ state: 'succeeded' });
      expect(await store().parityReference.count({ where: { modelId: id } })).toBe(1);
    }
    await requestParityReferences({ store: store() });
    const waiting = () => store().job.count({ where: { kind: 'parity', state: { in: ['queued', 'running'] } } });
    expect(await waiting()).toBe(0);
    stopping.abort();
    await working;
    await store().parityReference.updateMany({ data: { fingerprintParts: { runtimeVersion: '0.0.1' } } });
    await requestParityReferences({ store: store() });
    expect(await waiting()).toBe(await store().model.count());
  });
});
