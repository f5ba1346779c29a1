import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stateOfConflict } from '@/lib/api/contracts/conflict';
import { decisionInputSchema, type DecisionInput } from '@/lib/api/contracts/decisions';
import { problemOf } from '@/lib/api/problem';
import type { Actor } from '@/lib/auth/actor';
import { openStore, store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { decide, undo } from './decisions';
import { listHistory } from './history';
import { listStates } from './states';
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
  projectId = await world.project([[ann, 'inspector'], [bob, 'inspector']]);
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

function take(actor: Actor, decision: Partial<DecisionInput> & Pick<DecisionInput, 'sampleId' | 'expectedVersion'>) {
  return decide(world.context(actor), decisionInputSchema.parse({ projectId, verdict: 'accepted', ...decision }));
}
const takeBack = (actor: Actor, sampleId: string | null = null) => undo(world.context(actor), { projectId, sampleId });
const failureOf = (work: Promise<unknown>) => work.then(() => { throw new Error('succeeded'); }, (thrown: unknown) => problemOf(thrown, 'test'));

describe('decide', () => {
  it('writes state, decision and event together', async () => {
    const sample = await world.sample(projectId, { fileName: 'crack_007.png' });
    const state = await take(ann, { sampleId: sample.id, verdict: 'rejected', reason: 'unrealistic', note: 'too straight', expectedVersion: 0 });
    expect(state).toMatchObject({ sampleId: sample.id, verdict: 'rejected', reason: 'unrealistic', version: 1, userId: ann.userId, userName: 'Ann' });
    expect(await store().decision.findMany({ where: { sampleId: sample.id } })).toMatchObject([{ verdict: 'rejected', note: 'too straight', version: 1, userId: ann.userId }]);
    const { items } = await listHistory(world.context(bob), { projectId, limit: 1 });
    expect(items[0]).toMatchObject({ sentence: 'Ann rejected crack_007.png as unrealistic.', userName: 'Ann', type: 'decision.made' });
  });

  it('tells the loser what the colleague decided', async () => {
    const sample = await world.sample(projectId);
    await take(ann, { sampleId: sample.id, verdict: 'rejected', reason: 'artefact', expectedVersion: 0 });
    const problem = await failureOf(take(bob, { sampleId: sample.id, expectedVersion: 0 }));
    expect(problem).toMatchObject({ status: 409, code: 'request.conflict' });
    expect(stateOfConflict(problem)).toMatchObject({ sampleId: sample.id, verdict: 'rejected', reason: 'artefact', version: 1, userName: 'Ann' });
    expect(await store().decision.count({ where: { sampleId: sample.id } })).toBe(1);
    expect(await take(bob, { sampleId: sample.id, expectedVersion: 1 })).toMatchObject({ verdict: 'accepted', version: 2, userName: 'Bob' });
  });

  it('knows no sample and no run of another project', async () => {
    const elsewhere = await world.sample(await world.project());
    expect(await failureOf(take(ann, { sampleId: elsewhere.id, expectedVersion: 0 }))).toMatchObject({ status: 404 });
    const sample = await world.sample(projectId);
    expect(await failureOf(take(ann, { sampleId: sample.id, expectedVersion: 0, runId: randomUUID() }))).toMatchObject({ status: 404 });
    expect(await store().sampleState.count({ where: { sampleId: sample.id } })).toBe(0);
  });

  it('loses nothing under 20 clients at once', async () => {
    const shared = await Promise.all(Array.from({ length: 5 }, () => world.sample(projectId)));
    const people = await Promise.all(Array.from({ length: 20 }, (_, i) => world.person(`Client${i}`)));
    const stores = Array.from({ length: 4 }, () => openStore(database.url));
    let conflicts = 0;
    /** Each client decides once on every shared sample, looking again after each conflict, as a person would. */
    const client = async (actor: Actor, index: number) => {
      for (const { id: sampleId } of shared) {
        for (let version = 0; ; ) {
          const context = { ...world.context(actor), store: stores[index % stores.length]! };
          const input = decisionInputSchema.parse({ projectId, sampleId, verdict: 'accepted', expectedVersion: version });
          const problem = await decide(context, input).then(() => null, (thrown: unknown) => problemOf(thrown, 'test'));
          if (problem === null) break;
          conflicts += 1;
          const state = stateOfConflict(problem);
          if (state === null) throw new Error(problem.detail);
          version = state.version;
        }
      }
    };
    await Promise.all(people.map(client));
    await Promise.all(stores.map((opened) => opened.$disconnect()));
    for (const { id: sampleId } of shared) {
      const decisions = await store().decision.findMany({ where: { sampleId }, orderBy: { version: 'asc' } });
      expect(decisions.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
      expect(new Set(decisions.map(({ userId }) => userId)).size).toBe(20);
      expect(await store().sampleState.findUnique({ where: { sampleId } })).toMatchObject({ version: 20, decisionId: decisions.at(-1)?.id });
    }
    const events = await store().auditEvent.count({ where: { projectId, userId: { in: people.map(({ userId }) => userId) }, type: 'decision.made' } });
    expect(events).toBe(100);
    expect(conflicts).toBeGreaterThan(0);
  });
});

describe('undo', () => {
  it('walks back through the caller\'s own decisions, sample by sample', async () => {
    const carl = await world.person('Carl');
    const [first, second] = [await world.sample(projectId), await world.sample(projectId)];
    await take(carl, { sampleId: first.id, verdict: 'accepted', expectedVersion: 0 });
    await take(carl, { sampleId: second.id, verdict: 'skipped', expectedVersion: 0 });
    await take(carl, { sampleId: first.id, verdict: 'rejected', reason: 'other', expectedVersion: 1 });
    expect(await takeBack(carl)).toMatchObject({ sampleId: first.id, verdict: 'accepted', reason: null, version: 3 });
    expect(await takeBack(carl)).toMatchObject({ sampleId: second.id, verdict: null, version: 2 });
    expect(await takeBack(carl)).toMatchObject({ sampleId: first.id, verdict: null, version: 4 });
    expect(await failureOf(takeBack(carl))).toMatchObject({ status: 404 });
    expect(await store().decision.count({ where: { sampleId: first.id } })).toBe(4);
    expect(await take(carl, { sampleId: first.id, verdict: 'skipped', expectedVersion: 4 })).toMatchObject({ version: 5 });
    expect(await takeBack(carl)).toMatchObject({ sampleId: first.id, verdict: null, version: 6 });
  });

  it('gives a colleague\'s verdict back to the colleague, and never takes away theirs', async () => {
    const dora = await world.person('Dora');
    const [sample, older] = [await world.sample(projectId, { fileName: 'dent.png' }), await world.sample(projectId)];
    await take(dora, { sampleId: older.id, expectedVersion: 0 });
    await take(ann, { sampleId: sample.id, verdict: 'accepted', expectedVersion: 0 });
    await take(dora, { sampleId: sample.id, verdict: 'rejected', reason: 'duplicate', expectedVersion: 1 });
    expect(await takeBack(dora, sample.id)).toMatchObject({ verdict: 'accepted', userName: 'Ann', version: 3 });
    await take(dora, { sampleId: sample.id, verdict: 'skipped', expectedVersion: 3 });
    await take(bob, { sampleId: sample.id, verdict: 'accepted', expectedVersion: 4 });
    expect(await failureOf(takeBack(dora, sample.id))).toMatchObject({ status: 404 });
    expect(await takeBack(dora)).toMatchObject({ sampleId: older.id, verdict: null });
    expect(await store().sampleState.findUnique({ where: { sampleId: sample.id } })).toMatchObject({ verdict: 'accepted', userId: bob.userId, version: 5 });
    const { items } = await listHistory(world.context(ann), { projectId, limit: 10 });
    expect(items.map(({ sentence }) => sentence)).toContain('Dora undid the decision on dent.png, which is accepted again.');
  });

  it('undoes each decision once when pressed many times at once', async () => {
    const emil = await world.person('Emil');
    const samples = await Promise.all(Array.from({ length: 3 }, () => world.sample(projectId)));
    for (const { id } of samples) await take(emil, { sampleId: id, expectedVersion: 0 });
    const undone = await Promise.all(Array.from({ length: 3 }, () => takeBack(emil)));
    expect(new Set(undone.map(({ sampleId }) => sampleId)).size).toBe(3);
    expect(await store().decision.count({ where: { userId: emil.userId, undoesDecisionId: { not: null } } })).toBe(3);
  });
});

describe('states', () => {
  it('answers what changed since the last answer', async () => {
    const project = await world.project([[ann, 'inspector']]);
    const [first, second] = [await world.sample(project), await world.sample(project)];
    const on = (sampleId: string) => decide(world.context(ann), decisionInputSchema.parse({ projectId: project, sampleId, verdict: 'accepted', expectedVersion: 0 }));
    const list = (since?: string) => listStates(world.context(ann), { projectId: project, since });
    await on(first.id);
    const before = await list();
    expect(before.states.map(({ sampleId }) => sampleId)).toEqual([first.id]);
    await on(second.id);
    const after = await list(before.asOf);
    expect(after.states.map(({ sampleId }) => sampleId)).toContain(second.id);
    expect((await list(new Date(Date.now() + 60_000).toISOString())).states).toEqual([]);
  });

  it('misses no decision that was still being written when the states were read', async () => {
    const project = await world.project([[ann, 'inspector']]);
    const sample = await world.sample(project);
    const other = openStore(database.url);
    let finish = () => {};
    const held = new Promise<void>((resolve) => { finish = resolve; });
    let written = () => {};
    const stamped = new Promise<void>((resolve) => { written = resolve; });
    const slow = other.$transaction(async (transaction) => {
      await transaction.$executeRaw`
        INSERT INTO "SampleState" ("sampleId", "projectId", "verdict", "version", "decisionId", "userId", "updatedAt")
        VALUES (${sample.id}::uuid, ${project}::uuid, 'accepted', 1, ${randomUUID()}::uuid, ${ann.userId}, clock_timestamp())`;
      written();
      await held;
    }, { timeout: 30_000 });
    await stamped;
    const during = await listStates(world.context(ann), { projectId: project });
    expect(during.states).toEqual([]);
    finish();
    await slow;
    await other.$disconnect();
    const next = await listStates(world.context(ann), { projectId: project, since: during.asOf });
    expect(next.states.map(({ sampleId }) => sampleId)).toEqual([sample.id]);
  });
});
