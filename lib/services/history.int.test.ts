import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { historyEventSchema } from '@/lib/api/contracts/history';
import type { Actor } from '@/lib/auth/actor';
import type { Prisma } from '@/lib/store/generated/client';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { historyPeople, listHistory } from './history';
import { World } from './testing/world';

let database: FreshDatabase;
let world: World;
let ann: Actor;
let bob: Actor;
let projectId: string;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  projectId = await world.project([[ann, 'lead'], [bob, 'inspector']]);
  const sample = await world.sample(projectId, { fileName: 'crack 50%.png' });
  const event = (actor: Actor | null, type: string, payload: Prisma.InputJsonObject, day: number): Prisma.AuditEventCreateManyInput => ({
    projectId, userId: actor?.userId ?? null, type, payload: { ...payload, by: actor?.name ?? 'Zoe' }, createdAt: new Date(Date.UTC(2026, 0, day)),
  });
  await store().auditEvent.createMany({
    data: [
      event(ann, 'upload.closed', { uploadId: randomUUID(), files: 3 }, 1),
      event(ann, 'run.started', { runId: randomUUID(), evaluator: 'EAP', preset: 'paper', seed: 0 }, 2),
      event(bob, 'decision.made', { decisionId: randomUUID(), sampleId: sample.id, fileName: 'crack 50%.png', verdict: 'accepted', reason: null, version: 1 }, 3),
      event(bob, 'decision.made', { decisionId: randomUUID(), sampleId: randomUUID(), fileName: 'gone "x\\y".png', verdict: 'accepted', reason: null, version: 1 }, 4),
      event(null, 'export.started', { exportId: randomUUID(), count: 2 }, 5),
      event(ann, 'view.removed', { viewId: randomUUID(), name: 'mine', page: 'scores' }, 6),
    ],
  });
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

async function sentences(filter: Partial<Parameters<typeof listHistory>[1]> = {}): Promise<string[]> {
  const { items } = await listHistory(world.context(ann), { projectId, limit: 100, ...filter });
  for (const item of items) expect(historyEventSchema.safeParse(item).error).toBeUndefined();
  return items.map(({ type }) => type);
}

describe('listHistory', () => {
  it('is filtered by person, kind, time and text', async () => {
    expect(await sentences()).toEqual(['view.removed', 'export.started', 'decision.made', 'decision.made', 'run.started', 'upload.closed']);
    expect(await sentences({ userId: bob.userId })).toEqual(['decision.made', 'decision.made']);
    expect(await sentences({ kind: 'decisions' })).toEqual(['decision.made', 'decision.made']);
    expect(await sentences({ kind: 'runs' })).toEqual(['run.started']);
    expect(await sentences({ kind: 'other' })).toEqual(['view.removed']);
    expect(await sentences({ from: '2026-01-02T00:00:00.000Z', to: '2026-01-04T00:00:00.000Z' })).toEqual(['decision.made', 'run.started']);
    expect(await sentences({ text: 'GONE' })).toEqual(['decision.made']);
    expect(await sentences({ text: '"x\\Y' })).toEqual(['decision.made']);
    expect(await sentences({ text: '50%' })).toEqual(['decision.made']);
    expect(await sentences({ text: 'fileName' })).toEqual([]);
    expect(await sentences({ text: 'zoe' })).toEqual(['export.started']);
    expect(await sentences({ kind: 'decisions', userId: ann.userId })).toEqual([]);
  });

  it('pages within a filter, and refuses a cursor that is none', async () => {
    const first = await listHistory(world.context(ann), { projectId, kind: 'decisions', limit: 1 });
    const second = await listHistory(world.context(ann), { projectId, kind: 'decisions', limit: 1, cursor: first.nextCursor ?? '' });
    expect([first.items[0]!.sentence, second.items[0]!.sentence]).toEqual(['Bob accepted gone "x\\y".png.', 'Bob accepted crack 50%.png.']);
    expect(second.nextCursor).toBeNull();
    await expect(listHistory(world.context(ann), { projectId, limit: 1, cursor: 'x' })).rejects.toThrow('cursor');
  });

  it('points at what is still there', async () => {
    const { items } = await listHistory(world.context(ann), { projectId, limit: 100 });
    expect(items.map(({ subject }) => subject?.kind ?? null)).toEqual([null, 'export', null, 'sample', 'run', 'samples']);
  });
});

describe('historyPeople', () => {
  it('names everybody once', async () => {
    const elsewhere = await world.project([[ann, 'lead']]);
    expect((await historyPeople(world.context(ann), { projectId })).people.map(({ name }) => name)).toEqual(['Ann', 'Bob']);
    expect((await historyPeople(world.context(ann), { projectId: elsewhere })).people).toEqual([]);
  });
});
