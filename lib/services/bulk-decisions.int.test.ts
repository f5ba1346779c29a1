import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BulkTarget } from '@/lib/api/contracts/bulk';
import { decideManySchema } from '@/lib/api/contracts/bulk';
import { decisionInputSchema } from '@/lib/api/contracts/decisions';
import { problemOf } from '@/lib/api/problem';
import type { Actor } from '@/lib/auth/actor';
import { openStore, store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { decideMany, undoGroup } from './bulk-decisions';
import { decide, undo } from './decisions';
import { listHistory } from './history';
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

const samples = (count: number, fields: Parameters<World['sample']>[1] = {}) => Promise.all(Array.from({ length: count }, () => world.sample(projectId, fields).then(({ id }) => id)));
const many = (actor: Actor, target: BulkTarget, more: object = {}) =>
  decideMany(world.context(actor), decideManySchema.parse({ projectId, groupId: randomUUID(), target, verdict: 'accepted', ...more }));
const one = (actor: Actor, sampleId: string, expectedVersion: number, more: object = {}) =>
  decide(world.context(actor), decisionInputSchema.parse({ projectId, sampleId, verdict: 'accepted', expectedVersion, ...more }));
const failureOf = (work: Promise<unknown>) => work.then(() => { throw new Error('succeeded'); }, (thrown: unknown) => problemOf(thrown, 'test'));
const stateOf = (sampleId: string) => store().sampleState.findUnique({ where: { sampleId } });

describe('decideMany', () => {
  it('decides on auxiliary samples of this project whose verdict does not stand, with one event', async () => {
    const ids = await samples(4);
    const [normal, elsewhere] = [await world.sample(projectId, { role: 'normal' }), await world.sample(await world.project())];
    await one(bob, ids[3]!, 0, { verdict: 'rejected', reason: 'artefact' });
    const answer = await many(ann, { ids: [...ids, normal.id, elsewhere.id, randomUUID()] }, { note: 'a clean batch' });
    expect(answer).toMatchObject({ decided: 3, left: 1 });
    for (const id of ids.slice(0, 3)) expect(await stateOf(id)).toMatchObject({ verdict: 'accepted', version: 1, userId: ann.userId });
    expect(await stateOf(ids[3]!)).toMatchObject({ verdict: 'rejected', version: 1, userId: bob.userId });
    expect(await store().sampleState.count({ where: { sampleId: { in: [normal.id, elsewhere.id] } } })).toBe(0);
    const decisions = await store().decision.findMany({ where: { groupId: answer.groupId } });
    expect(decisions).toHaveLength(3);
    expect(decisions[0]).toMatchObject({ verdict: 'accepted', note: 'a clean batch', version: 1, userId: ann.userId });
    for (const { id, sampleId } of decisions) expect(await stateOf(sampleId)).toMatchObject({ decisionId: id });
    const { items } = await listHistory(world.context(bob), { projectId, limit: 1 });
    expect(items[0]).toMatchObject({ sentence: 'Ann accepted 3 samples at once.', type: 'decisions.made' });
  });

  it('follows a rule as it is when it is carried out', async () => {
    const ids = await samples(3, { defectType: 'gouge' });
    await one(bob, ids[0]!, 0, { verdict: 'skipped' });
    const rule = { runId: null, filter: { defectTypes: ['gouge'], verdicts: [null] } };
    expect(await many(ann, { rule }, { verdict: 'rejected', reason: 'placement' })).toMatchObject({ decided: 2, left: 0 });
    expect(await many(ann, { rule }, { verdict: 'rejected', reason: 'placement' })).toMatchObject({ decided: 0, left: 0 });
  });

  it('replaces verdicts that stand only when asked, and never what a colleague decided since', async () => {
    const [mine, theirs, later] = await samples(3);
    await one(ann, mine!, 0, { verdict: 'skipped' });
    await one(bob, theirs!, 0, { verdict: 'skipped' });
    await one(bob, later!, 0, { verdict: 'skipped' });
    const seen = (await stateOf(later!))!.updatedAt.toISOString();
    const target = { ids: [mine!, theirs!, later!] };
    expect(await many(ann, target)).toMatchObject({ decided: 0, left: 3 });
    expect(await many(ann, target, { overwrite: true, seen })).toMatchObject({ decided: 2, left: 1 });
    expect(await stateOf(later!)).toMatchObject({ verdict: 'skipped', userId: bob.userId });
    expect(await stateOf(theirs!)).toMatchObject({ verdict: 'accepted', version: 2, userId: ann.userId });
  });

  it('refuses a foreign run and the group of someone else', async () => {
    const ids = await samples(1);
    expect(await failureOf(many(ann, { ids }, { runId: randomUUID() }))).toMatchObject({ status: 404 });
    expect(await failureOf(many(ann, { rule: { runId: randomUUID(), filter: {} } }))).toMatchObject({ status: 404 });
    const { groupId } = await many(ann, { ids });
    expect(await failureOf(many(bob, { ids }, { groupId }))).toMatchObject({ code: 'request.invalid' });
    expect(await stateOf(ids[0]!)).toMatchObject({ version: 1 });
  });

  it('loses nothing while colleagues decide on the same samples one by one and at once', async () => {
    const ids = await samples(60);
    const stores = Array.from({ length: 4 }, () => openStore(database.url));
    const people = await Promise.all(['P', 'Q', 'R', 'S'].map((name) => world.person(name)));
    const single = async (actor: Actor, index: number) => {
      for (const id of ids.filter((_, at) => at % 4 === index)) {
        const input = decisionInputSchema.parse({ projectId, sampleId: id, verdict: 'skipped', expectedVersion: 0 });
        await decide({ ...world.context(actor), store: stores[index]! }, input).catch((error: unknown) => expect(problemOf(error, 'test').code).toBe('request.conflict'));
      }
    };
    const group = (actor: Actor, index: number, order: string[]) =>
      decideMany({ ...world.context(actor), store: stores[index]! }, decideManySchema.parse({ projectId, groupId: randomUUID(), target: { ids: order }, verdict: 'accepted', overwrite: true }));
    const [, , , , first, second] = await Promise.all([...people.map(single), group(people[0]!, 0, ids), group(people[1]!, 1, ids.toReversed())]);
    await Promise.all(stores.map((opened) => opened.$disconnect()));
    const decisions = await store().decision.findMany({ where: { sampleId: { in: ids } }, orderBy: { version: 'asc' } });
    for (const id of ids) {
      const own = decisions.filter(({ sampleId }) => sampleId === id);
      expect(own.map(({ version }) => version)).toEqual(own.map((_, at) => at + 1));
      expect(await stateOf(id)).toMatchObject({ version: own.length, decisionId: own.at(-1)!.id, verdict: own.at(-1)!.verdict });
    }
    const grouped = decisions.filter(({ groupId }) => groupId !== null).length;
    expect(grouped).toBe((first as { decided: number }).decided + (second as { decided: number }).decided);
  });
});

describe('undoGroup', () => {
  it('takes back all that stands, over several calls, and gives verdicts back to their authors', async () => {
    const ids = await samples(4);
    await one(bob, ids[0]!, 0, { verdict: 'rejected', reason: 'other' });
    const groupId = randomUUID();
    await many(ann, { ids: ids.slice(0, 2) }, { groupId, overwrite: true });
    await many(ann, { ids: ids.slice(2) }, { groupId });
    expect(await undoGroup(world.context(ann), { projectId, groupId })).toEqual({ undone: 4, left: 0 });
    expect(await stateOf(ids[0]!)).toMatchObject({ verdict: 'rejected', reason: 'other', version: 3, userId: bob.userId });
    expect(await stateOf(ids[3]!)).toMatchObject({ verdict: null, version: 2 });
    expect(await undoGroup(world.context(ann), { projectId, groupId })).toEqual({ undone: 0, left: 4 });
    expect(await many(ann, { ids })).toMatchObject({ decided: 3, left: 1 });
  });

  it('leaves what a colleague, or the same person, decided since', async () => {
    const ids = await samples(3);
    const { groupId } = await many(ann, { ids });
    await one(bob, ids[0]!, 1, { verdict: 'rejected', reason: 'duplicate' });
    await one(ann, ids[1]!, 1, { verdict: 'skipped' });
    expect(await undoGroup(world.context(ann), { projectId, groupId })).toEqual({ undone: 1, left: 2 });
    expect(await stateOf(ids[0]!)).toMatchObject({ verdict: 'rejected', userId: bob.userId, version: 2 });
    expect(await stateOf(ids[1]!)).toMatchObject({ verdict: 'skipped', version: 2 });
    expect(await stateOf(ids[2]!)).toMatchObject({ verdict: null, version: 2 });
  });

  it('knows only groups of the caller in this project', async () => {
    const { groupId } = await many(ann, { ids: await samples(1) });
    expect(await failureOf(undoGroup(world.context(bob), { projectId, groupId }))).toMatchObject({ status: 404 });
    expect(await failureOf(undoGroup(world.context(ann), { projectId: await world.project(), groupId }))).toMatchObject({ status: 404 });
  });

  it('is what undo does when the latest decision was one of many', async () => {
    const carl = await world.person('Carl');
    const ids = await samples(3);
    await one(carl, ids[0]!, 0);
    await many(carl, { ids: ids.slice(1) });
    const state = await undo(world.context(carl), { projectId, sampleId: null });
    expect(ids.slice(1)).toContain(state.sampleId);
    expect(await store().sampleState.count({ where: { sampleId: { in: ids.slice(1) }, verdict: null } })).toBe(2);
    expect(await undo(world.context(carl), { projectId, sampleId: null })).toMatchObject({ sampleId: ids[0], verdict: null });
  });
});
