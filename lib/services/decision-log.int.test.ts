import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideManySchema } from '@/lib/api/contracts/bulk';
import { decisionInputSchema, type DecisionInput } from '@/lib/api/contracts/decisions';
import type { Actor } from '@/lib/auth/actor';
import { decisionColumns } from '@/lib/export/decision-columns';
import { store } from '@/lib/store/client';
import { decisionPages } from '@/lib/store/history/decision-pages';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { decideMany, undoGroup } from './bulk-decisions';
import { decisionLog } from './decision-log';
import { decide, undo } from './decisions';
import { deleteSamples } from './sample-changes';
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
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const take = (actor: Actor, sampleId: string, expectedVersion: number, decision: Partial<DecisionInput> = {}) =>
  decide(world.context(actor), decisionInputSchema.parse({ projectId, sampleId, expectedVersion, verdict: 'accepted', ...decision }));

async function lines(of: string): Promise<Record<string, unknown>[]> {
  const { body } = await decisionLog(world.context(bob), { projectId: of, format: 'jsonl' });
  return (await text(body)).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('decisionLog', () => {
  it('holds every decision with whether it was taken back, undos, and decisions on deleted samples', async () => {
    const [kept, gone] = [await world.sample(projectId, { fileName: 'kept.png', folder: 'f' }), await world.sample(projectId, { fileName: 'gone.png' })];
    await take(ann, kept.id, 0, { verdict: 'rejected', reason: 'artefact', note: '=SUM(A1)' });
    await undo(world.context(ann), { projectId, sampleId: kept.id });
    await take(bob, gone.id, 0);
    await deleteSamples(world.context(ann), { projectId, selection: { ids: [gone.id] } });
    const [first, second, third, ...more] = await lines(projectId);
    expect(more).toEqual([]);
    expect(Object.keys(first!)).toEqual(decisionColumns.map(({ name }) => name));
    expect(first).toMatchObject({ decided_by: 'Ann', decided_by_id: ann.userId, sample_id: kept.id, folder: 'f', file_name: 'kept.png', verdict: 'rejected', reason: 'artefact', note: '=SUM(A1)', decision_version: 1, taken_back: 'yes', undoes_decision_id: null, sample_deleted: 'no', run_id: null });
    expect(second).toMatchObject({ sample_id: kept.id, verdict: null, decision_version: 2, undoes_decision_id: first!['decision_id'], taken_back: 'no', taken_back_at: null });
    expect([first!['taken_back_at'], first!['taken_back_by']]).toEqual([second!['decided_at'], second!['decided_by']]);
    expect(third).toMatchObject({ decided_by: 'Bob', sample_id: gone.id, file_name: 'gone.png', role: 'auxiliary', verdict: 'accepted', sample_deleted: 'yes', taken_back: 'no' });

    const { body, fileName, contentType } = await decisionLog(world.context(bob), { projectId, format: 'csv' });
    expect(contentType).toBe('text/csv; charset=utf-8');
    expect(fileName).toMatch(/ decisions \d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.csv$/);
    const csv = (await text(body)).trimEnd().split('\n');
    expect(csv[0]).toBe(decisionColumns.map(({ name }) => name).join(','));
    expect(csv).toHaveLength(4);
    expect(csv[1]).toContain(",'=SUM(A1),");
  });

  it('leaves out no decision of a step that many share, page by page, and what came after it began', async () => {
    const other = await world.project([[ann, 'inspector'], [bob, 'viewer']]);
    const ids = await Promise.all(Array.from({ length: 7 }, async () => (await world.sample(other)).id));
    const groupId = randomUUID();
    await decideMany(world.context(ann), decideManySchema.parse({ projectId: other, target: { ids }, verdict: 'accepted', groupId }));
    const [clock] = await store().$queryRaw<{ now: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS "now" FROM pg_sleep(0.003)`;
    await store().$queryRaw`SELECT 1 FROM pg_sleep(0.003)`;
    await undoGroup(world.context(ann), { projectId: other, groupId });
    const pages = async (until: Date) => {
      const found = [];
      for await (const page of decisionPages(store(), { projectId: other, until }, new AbortController().signal, 3)) found.push(page);
      return found;
    };
    const before = await pages(clock!.now);
    expect(before.map((page) => page.length)).toEqual([3, 3, 1]);
    expect(new Set(before.flat().map(({ sampleId }) => sampleId))).toEqual(new Set(ids));
    expect(before.flat().every(({ takenBackAt }) => takenBackAt === null)).toBe(true);
    expect((await pages(new Date(clock!.now.getTime() + 60_000))).flat()).toHaveLength(14);
    const all = await lines(other);
    expect(all.filter((line) => line['taken_back'] === 'yes').map((line) => line['sample_id']).sort()).toEqual([...ids].sort());
  });

  it('stops when the one who asked goes away, and tells nothing of other projects', async () => {
    const stopped = new AbortController();
    stopped.abort();
    await expect(decisionPages(store(), { projectId, until: new Date() }, stopped.signal).next()).rejects.toThrow();
    const empty = await world.project([[bob, 'viewer']]);
    expect(await text((await decisionLog(world.context(bob), { projectId: empty, format: 'jsonl' })).body)).toBe('');
  });
});
