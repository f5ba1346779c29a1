import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideManySchema } from '@/lib/api/contracts/bulk';
import { replaySchema } from '@/lib/api/contracts/history';
import { decisionInputSchema, type DecisionInput } from '@/lib/api/contracts/decisions';
import { problemOf } from '@/lib/api/problem';
import type { Actor } from '@/lib/auth/actor';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { decideMany, undoGroup } from './bulk-decisions';
import { decide, undo } from './decisions';
import { startExport } from './exports';
import { listHistory } from './history';
import { acceptedAt, replay } from './replay';
import { deleteSamples } from './sample-changes';
import { World } from './testing/world';

let database: FreshDatabase;
let world: World;
let ann: Actor;
let bob: Actor;
let projectId: string;
/** In order of making: a.png, b.png, ... */
let ids: string[];

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  projectId = await world.project([[ann, 'lead'], [bob, 'inspector']]);
  ids = [];
  for (const name of ['a', 'b', 'c', 'd']) ids.push((await world.sample(projectId, { fileName: `${name}.png` })).id);
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const take = (actor: Actor, sampleId: string, expectedVersion: number, decision: Partial<DecisionInput>) =>
  decide(world.context(actor), decisionInputSchema.parse({ projectId, sampleId, expectedVersion, verdict: 'accepted', ...decision }));

/** The database's clock, once it has moved on: later events do not carry this time. */
async function moment(): Promise<string> {
  const [row] = await store().$queryRaw<{ now: Date }[]>`SELECT date_trunc('milliseconds', clock_timestamp()) AS "now" FROM pg_sleep(0.003)`;
  await store().$queryRaw`SELECT 1 FROM pg_sleep(0.003)`;
  return row!.now.toISOString();
}

describe('replay', () => {
  it('tells each moment as it was: decisions, an override, an undo, a deletion', async () => {
    const [a, b, c, d] = ids as [string, string, string, string];
    const empty = await moment();
    await take(ann, a, 0, {});
    await take(ann, b, 0, { verdict: 'rejected', reason: 'artefact' });
    await take(bob, c, 0, { verdict: 'skipped' });
    const first = await moment();
    await take(bob, a, 1, { verdict: 'rejected', reason: 'unrealistic' });
    const overridden = await moment();
    await undo(world.context(bob), { projectId, sampleId: a });
    const undone = await moment();
    await world.sample(projectId, { fileName: 'late.png' });
    await take(ann, d, 0, {});
    await deleteSamples(world.context(ann), { projectId, selection: { ids: [d] } });
    const last = await moment();

    const at = (time: string) => replay(world.context(bob), { projectId, at: time });
    expect(await at(empty)).toMatchObject({ then: { samples: { auxiliary: 4 }, verdicts: { accepted: 0, rejected: 0, skipped: 0 }, undecided: 4, people: [] } });

    const one = await at(first);
    expect(replaySchema.safeParse(one).error).toBeUndefined();
    expect(one.then).toMatchObject({ verdicts: { accepted: 1, rejected: 1, skipped: 1 }, undecided: 1, reasons: [{ reason: 'artefact', count: 1 }] });
    expect(one.then.people).toMatchObject([{ name: 'Ann', accepted: 1, rejected: 1 }, { name: 'Bob', skipped: 1 }]);
    expect(one.changed).toEqual({ verdicts: 0, added: 1, deleted: 1, decisions: 3 });

    const two = await at(overridden);
    expect(two.then).toMatchObject({ verdicts: { accepted: 0, rejected: 2, skipped: 1 } });
    expect(two.then.people).toMatchObject([{ name: 'Ann', rejected: 1 }, { name: 'Bob', rejected: 1, skipped: 1 }]);
    expect(two.changed.verdicts).toBe(1);

    // The verdict that stands again is Ann's, though Bob undid.
    expect((await at(undone)).then.people).toMatchObject([{ name: 'Ann', accepted: 1, rejected: 1 }, { name: 'Bob', rejected: 0, skipped: 1 }]);

    const now = await at(last);
    expect(now.then).toMatchObject({ samples: { auxiliary: 4 }, verdicts: { accepted: 1, rejected: 1, skipped: 1 }, undecided: 1 });
    expect({ ...now.then, at: '' }).toEqual({ ...now.now, at: '' });
    expect(now.changed).toEqual({ verdicts: 0, added: 0, deleted: 0, decisions: 0 });
    const csv = await acceptedAt(world.context(bob), { projectId, at: undone });
    expect(csv.trim().split('\r\n')).toHaveLength(2);
    expect(csv).toContain(`${a},auxiliary,a.png,auxiliary,`);
  });

  it('keeps a deleted sample in the time when it was there', async () => {
    const gone = await world.sample(projectId, { fileName: 'gone.png', folder: 'f' });
    await take(bob, gone.id, 0, {});
    const before = await moment();
    await deleteSamples(world.context(ann), { projectId, selection: { ids: [gone.id] } });
    const { then, now, unknown } = await replay(world.context(bob), { projectId, at: before });
    expect([then.verdicts.accepted, now.verdicts.accepted, unknown]).toEqual([2, 1, 0]);
    expect(await acceptedAt(world.context(bob), { projectId, at: before })).toMatch(/,f,gone\.png,auxiliary,,Bob,.*,yes/);
  });

  it('says how many deleted samples it knows nothing of', async () => {
    const lost = await world.sample(projectId);
    await take(bob, lost.id, 0, {});
    await store().sample.delete({ where: { id: lost.id } });
    const { then, unknown } = await replay(world.context(bob), { projectId, at: await moment() });
    expect([then.verdicts.accepted, unknown]).toEqual([1, 1]);
  });

  it('agrees with the state that everybody sees, after many decisions and undos of two people', async () => {
    const other = await world.project([[ann, 'inspector'], [bob, 'inspector']]);
    const samples = await Promise.all(Array.from({ length: 6 }, () => world.sample(other)));
    const version = new Map<string, number>();
    for (let step = 0; step < 40; step += 1) {
      const actor = step % 3 === 0 ? bob : ann;
      const sample = samples[(step * 5) % 6]!;
      if (step % 7 === 6) {
        const state = await undo(world.context(actor), { projectId: other, sampleId: null }).catch(() => null);
        if (state !== null) version.set(state.sampleId, state.version);
      } else {
        const verdict = (['accepted', 'rejected', 'skipped'] as const)[step % 3]!;
        const input = decisionInputSchema.parse({ projectId: other, sampleId: sample.id, expectedVersion: version.get(sample.id) ?? 0, verdict, reason: verdict === 'rejected' ? 'other' : null });
        version.set(sample.id, (await decide(world.context(actor), input)).version);
      }
    }
    const { now } = await replay(world.context(ann), { projectId: other, at: await moment() });
    const states = await store().sampleState.groupBy({ by: ['userId', 'verdict'], where: { projectId: other, verdict: { not: null } }, _count: { _all: true } });
    const said = now.people.flatMap(({ userId, accepted, rejected, skipped }) => Object.entries({ accepted, rejected, skipped }).flatMap(([verdict, count]) => (count === 0 ? [] : [`${userId} ${verdict} ${count}`])));
    expect(said.sort()).toEqual(states.map(({ userId, verdict, _count }) => `${userId} ${verdict} ${_count._all}`).sort());
  });

  it('exports the set as it was then', async () => {
    const other = await world.project([[ann, 'lead']]);
    const [one, two] = [await world.sample(other), await world.sample(other)];
    const decideOn = (sampleId: string, expectedVersion: number, verdict: 'accepted' | 'skipped') => decide(world.context(ann), decisionInputSchema.parse({ projectId: other, sampleId, expectedVersion, verdict }));
    await decideOn(one.id, 0, 'accepted');
    const then = await moment();
    await decideOn(one.id, 1, 'skipped');
    await decideOn(two.id, 0, 'accepted');
    const rule = { projectId: other, runId: null, filter: { verdicts: ['accepted' as const] } };
    const { id, cutOffAt, count } = await startExport(world.context(ann), { ...rule, at: then });
    expect([cutOffAt, count]).toEqual([then, 1]);
    expect(await store().exportSample.findMany({ where: { exportId: id }, select: { sampleId: true } })).toEqual([{ sampleId: one.id }]);
    const today = await startExport(world.context(ann), rule);
    expect(await store().exportSample.findMany({ where: { exportId: today.id }, select: { sampleId: true } })).toEqual([{ sampleId: two.id }]);
    await expect(startExport(world.context(ann), { ...rule, at: '2999-01-01T00:00:00.000Z' })).rejects.toThrow('not come yet');
  });

  it('knows decisions that were taken and taken back as one step', async () => {
    const other = await world.project([[ann, 'inspector'], [bob, 'inspector']]);
    const ids = (await Promise.all(Array.from({ length: 3 }, () => world.sample(other)))).map(({ id }) => id);
    await decide(world.context(bob), decisionInputSchema.parse({ projectId: other, sampleId: ids[0], expectedVersion: 0, verdict: 'skipped' }));
    const groupId = randomUUID();
    await decideMany(world.context(ann), decideManySchema.parse({ projectId: other, groupId, target: { ids }, verdict: 'rejected', reason: 'placement', overwrite: true }));
    const together = await moment();
    await undoGroup(world.context(ann), { projectId: other, groupId });
    const at = async (time: string) => (await replay(world.context(bob), { projectId: other, at: time })).then;
    expect(await at(together)).toMatchObject({ verdicts: { rejected: 3, skipped: 0 }, undecided: 0, people: [{ name: 'Ann', rejected: 3 }] });
    expect(await at(await moment())).toMatchObject({ verdicts: { rejected: 0, skipped: 1 }, undecided: 2, people: [{ name: 'Bob', skipped: 1 }] });
  });

  it('takes the time of an event for a time when it had happened', async () => {
    const other = await world.project([[ann, 'inspector']]);
    for (let i = 0; i < 5; i += 1) {
      const sample = await world.sample(other);
      await decide(world.context(ann), decisionInputSchema.parse({ projectId: other, sampleId: sample.id, expectedVersion: 0, verdict: 'accepted' }));
      const { items } = await listHistory(world.context(ann), { projectId: other, limit: 1 });
      expect((await replay(world.context(ann), { projectId: other, at: items[0]!.createdAt })).then.verdicts.accepted).toBe(i + 1);
    }
  });

  it('knows no future', async () => {
    const failure = await replay(world.context(ann), { projectId, at: '2999-01-01T00:00:00.000Z' }).then(() => null, (thrown: unknown) => problemOf(thrown, 'test'));
    expect(failure).toMatchObject({ status: 400, code: 'request.invalid' });
  });
});
