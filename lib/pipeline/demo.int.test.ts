import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeColumns, unpackUuids } from '@/lib/api/contracts/columns';
import type { RunSummary } from '@/lib/api/contracts/runs';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { ensureBuiltInModels } from './built-in-models';
import type { PipelineContext } from './context';
import { createDemo } from './demo';
import { orderDemo } from './order-demo';

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

describe('demo', () => {
  it('goes through the real pipeline and is worth showing', { timeout: 240_000 }, async () => {
    const context: PipelineContext = {
      store: store(),
      blobs: blobStore(),
      logger: pino({ level: 'silent' }),
      signal: new AbortController().signal,
      progress: () => undefined,
    };
    await ensureBuiltInModels(context);
    await orderDemo(store());
    await orderDemo(store());
    const projects = await store().project.findMany({ orderBy: { createdAt: 'asc' } });
    expect(projects.map(({ demoProduct }) => demoProduct)).toEqual(['metal-plate', 'woven-fabric', 'glazed-tile']);

    const projectId = projects[0]!.id;
    const { runId, projectionId } = (await createDemo({ projectId, seed: 1 }, context)) as { runId: string; projectionId: string };

    const run = await store().run.findUniqueOrThrow({ where: { id: runId } });
    const summary = run.summary as RunSummary;
    expect(run.state).toBe('ready');
    expect(summary.aucQlt!.value).toBeGreaterThanOrEqual(0.75);
    expect(summary.knnAuroc).toBeGreaterThanOrEqual(0.8);
    expect(summary.auxiliary).toBe(60);

    const { rows, columns } = decodeColumns(new Uint8Array(await blobStore().read(run.columnsSha256!)).buffer);
    expect(rows).toBe(await store().sample.count({ where: { projectId } }));
    const quality = columns['quality']!.data as Float64Array;
    const first = await store().score.findUniqueOrThrow({ where: { runId_sampleId: { runId, sampleId: unpackUuids(columns['id']!.data as Uint8Array)[0]! } } });
    expect(first.quality).toBe(quality[0]);
    expect((first.coveringSpheres ?? 0) > 0 ? first.centreSampleId : first.gapSampleId).not.toBeNull();
    expect(quality.subarray(60).every(Number.isNaN)).toBe(true);

    const projection = await store().projection.findUniqueOrThrow({ where: { id: projectionId } });
    const map = decodeColumns(new Uint8Array(await blobStore().read(projection.columnsSha256!)).buffer);
    expect(map.rows).toBe(rows);
    expect((map.columns['x']!.data as Float32Array).every(Number.isFinite)).toBe(true);

    const again = await createDemo({ projectId, seed: 1 }, context);
    expect(again).toMatchObject({ runId, projectionId });
    expect(await store().run.count({ where: { projectId } })).toBe(1);
  });
});
