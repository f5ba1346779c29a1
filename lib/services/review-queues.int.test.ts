import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerItemsSchema, startReviewQueueSchema, type Answer, type StartReviewQueue } from '@/lib/api/contracts/review-queues';
import { problemOf } from '@/lib/api/problem';
import type { Actor } from '@/lib/auth/actor';
import { openStore, store } from '@/lib/store/client';
import { countSelection } from '@/lib/store/exports/selection';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';
import { decide } from './decisions';
import { answerItems, claimItems, undoAnswer } from './review-queue-answers';
import { reviewReport } from './review-queue-report';
import { closeReviewQueue, getReviewQueue, listReviewQueues, startReviewQueue } from './review-queues';
import { World } from './testing/world';

let database: FreshDatabase;
let world: World;
let ann: Actor;
let bob: Actor;
let lead: Actor;
let projectId: string;

beforeAll(async () => {
  database = await freshDatabase();
  world = new World(store());
  [ann, bob, lead] = [await world.person('Ann'), await world.person('Bob'), await world.person('Lea')];
  projectId = await fresh();
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

const fresh = () => world.project([[ann, 'inspector'], [bob, 'inspector'], [lead, 'lead']]);
const samples = (count: number, fields: Parameters<World['sample']>[1] = {}, project = projectId) => Promise.all(Array.from({ length: count }, () => world.sample(project, fields)));
const start = (actor: Actor, input: Omit<StartReviewQueue, 'projectId' | 'name' | 'runId'> & Partial<StartReviewQueue>) =>
  startReviewQueue(world.context(actor), startReviewQueueSchema.parse({ projectId, name: 'Queue', runId: null, ...input }));
const claim = (actor: Actor, queueId: string, hold = 1, project = projectId) => claimItems(world.context(actor), { projectId: project, queueId, hold });
const accepted = (itemId: string): Answer => ({ itemId, verdict: 'accepted', milliseconds: 1_000 });
const answers = (actor: Actor, queueId: string, given: readonly Answer[], { project = projectId, hold = 1 } = {}) =>
  answerItems(world.context(actor), answerItemsSchema.parse({ projectId: project, queueId, answers: given, hold }));
const answer = (actor: Actor, queueId: string, itemId: string, { projectId: project = projectId, hold = 1, ...rest }: Partial<Answer> & { projectId?: string; hold?: number } = {}) =>
  answers(actor, queueId, [{ ...accepted(itemId), ...rest }], { project, hold });
const takeBack = (actor: Actor, queueId: string, hold = 1, skipped: { itemId: string; position: number } | null = null) => undoAnswer(world.context(actor), { projectId, queueId, hold, skipped });
const failureOf = (work: Promise<unknown>) => work.then(() => { throw new Error('succeeded'); }, (thrown: unknown) => problemOf(thrown, 'test'));
const itemsOf = (queueId: string) => store().reviewItem.findMany({ where: { queueId }, orderBy: [{ position: 'asc' }, { id: 'asc' }] });
const ruleOf = (filter: object = {}, runId: string | null = null) => ({ rule: { runId, filter } });

/** A run whose scores are given, of samples that exist. */
async function runOf(project: string, scores: readonly { sampleId: string; quality: number; zone?: 'realistic' | 'unrealistic' }[]): Promise<string> {
  const model = await store().model.create({ data: { name: `net ${project}`, sha256: 'a'.repeat(64), bytes: 1, manifest: {}, dim: 2 } });
  const set = await store().featureSet.create({ data: { projectId: project, modelId: model.id, dim: 2, state: 'ready' } });
  const run = await store().run.create({ data: { projectId: project, featureSetId: set.id, evaluator: 'EAP', preset: 'paper', parameters: {}, seed: 0, codeVersion: 'test', state: 'ready' } });
  await store().score.createMany({ data: scores.map(({ zone, ...score }) => ({ runId: run.id, ...score, zone: zone ?? null })) });
  return run.id;
}

describe('starting a queue', () => {
  it('keeps listed auxiliary samples in their order, and leaves the others out', async () => {
    const [first, second, third] = await samples(3);
    const [normal] = await samples(1, { role: 'normal' });
    const [foreign] = await samples(1, {}, await world.project());
    const queue = await start(ann, { source: { ids: [third!.id, normal!.id, first!.id, foreign!.id, second!.id, third!.id] }, order: 'given' });
    expect((await itemsOf(queue.id)).map(({ sampleId }) => sampleId)).toEqual([third!.id, first!.id, second!.id]);
    expect(queue).toMatchObject({ total: 3, done: 0, reviewers: 0, blind: false, source: { listed: 6 }, createdBy: 'Ann', mayClose: true });
    expect((await store().auditEvent.findFirst({ where: { projectId, type: 'queue.started' } }))?.payload).toMatchObject({ queueId: queue.id, items: 3, controls: 0 });
  });

  it('follows the quality of a run, takes the first of them, and leaves decided ones out when asked to', async () => {
    const project = await fresh();
    const made = await samples(6, {}, project);
    const runId = await runOf(project, made.slice(0, 5).map(({ id }, i) => ({ sampleId: id, quality: i / 10 })));
    const byQuality = [4, 3, 2, 1, 0, 5].map((i) => made[i]!.id);
    const all = await start(ann, { projectId: project, source: ruleOf(), runId });
    expect((await itemsOf(all.id)).map(({ sampleId }) => sampleId)).toEqual(byQuality);
    await decide(world.context(bob), { projectId: project, sampleId: made[4]!.id, verdict: 'accepted', reason: null, note: null, expectedVersion: 0, runId: null });
    const few = await start(ann, { projectId: project, source: ruleOf(), runId, size: 2, openOnly: true });
    expect((await itemsOf(few.id)).map(({ sampleId }) => sampleId)).toEqual(byQuality.slice(1, 3));
    const uncertain = await start(ann, { projectId: project, source: ruleOf(), runId, order: 'uncertain', size: 1 });
    expect((await itemsOf(uncertain.id))[0]!.sampleId).toBe(made[2]!.id);
    const shuffled = await Promise.all([7, 7, 8].map((seed) => start(ann, { projectId: project, source: ruleOf(), runId, order: 'random', seed })));
    const orders = await Promise.all(shuffled.map(async ({ id }) => (await itemsOf(id)).map(({ sampleId }) => sampleId).join()));
    expect(orders[1]).toBe(orders[0]);
    expect(orders[2]).not.toBe(orders[0]);
  });

  it('hides controls of both kinds at places that the seed decides', async () => {
    const project = await fresh();
    await samples(80, {}, project);
    await samples(9, { role: 'anomaly' }, project);
    await samples(30, { role: 'normal' }, project);
    await samples(5, { role: 'normal', excluded: true }, project);
    const queue = await start(ann, { projectId: project, source: ruleOf(), controlShare: 0.2, seed: 3 });
    const items = await itemsOf(queue.id);
    expect(queue).toMatchObject({ total: 100, blind: true });
    expect(items.map(({ position }) => position)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    const controls = items.filter(({ kind }) => kind === 'control');
    const roles = new Map((await store().sample.findMany({ where: { projectId: project } })).map(({ id, role, excluded }) => [id, `${role}${excluded ? ' excluded' : ''}`]));
    const count = (role: string, expected: string) => controls.filter((item) => roles.get(item.sampleId) === role && item.expected === expected).length;
    // 80 samples and a share of 0.2 make 20 controls; there are 9 anomalies only, so normals fill up.
    expect([controls.length, count('anomaly', 'accepted'), count('normal', 'rejected')]).toEqual([20, 9, 11]);
    // In both halves, not in a block at the end.
    expect(controls.filter(({ position }) => position <= 50).length).toBeGreaterThan(3);
    expect(controls.filter(({ position }) => position > 50).length).toBeGreaterThan(3);
    const again = await itemsOf((await start(ann, { projectId: project, source: ruleOf(), controlShare: 0.2, seed: 3 })).id);
    expect(again.map(({ sampleId }) => sampleId)).toEqual(items.map(({ sampleId }) => sampleId));
  });

  it('refuses an empty queue, controls of nothing, and a run of another project', async () => {
    const project = await fresh();
    const [normal] = await samples(1, { role: 'normal', excluded: true }, project);
    expect(await failureOf(start(ann, { projectId: project, source: { ids: [normal!.id] } }))).toMatchObject({ status: 422, code: 'data.too_few_rows' });
    await samples(1, {}, project);
    expect(await failureOf(start(ann, { projectId: project, source: ruleOf(), controlShare: 0.3 }))).toMatchObject({ code: 'data.too_few_rows' });
    const elsewhere = await runOf(await world.project(), []);
    expect(await failureOf(start(ann, { projectId: project, source: ruleOf(), runId: elsewhere }))).toMatchObject({ status: 404 });
    expect(await store().reviewQueue.count({ where: { projectId: project } })).toBe(0);
  });
});

describe('leases', () => {
  it('give every item of 400 to exactly one of 20 clients at once', async () => {
    const project = await fresh();
    await store().sample.createMany({
      data: Array.from({ length: 400 }, (_, i) => ({
        projectId: project, sha256: i.toString(16).padStart(64, '0'), fileName: `a ${i}.png`, folder: 'auxiliary', role: 'auxiliary' as const, width: 8, height: 8, format: 'png', bytes: 1, thumbnailSha256: 'b'.repeat(64),
      })),
    });
    const queue = await start(lead, { projectId: project, source: ruleOf() });
    const people = await Promise.all(Array.from({ length: 20 }, (_, i) => world.person(`Client${i}`)));
    const stores = Array.from({ length: 4 }, () => openStore(database.url));
    const seen: string[] = [];
    /** Works as a browser does: looks at the first item it holds, answers, gets the next ones with the answer. */
    const client = async (actor: Actor, index: number) => {
      const context = { ...world.context(actor), store: stores[index % stores.length]! };
      let { items } = await claimItems(context, { projectId: project, queueId: queue.id, hold: 5 });
      for (let item = items[0]; item !== undefined; item = items[0]) {
        seen.push(item.id);
        // Some wait for one another and are sent together.
        const together = items.slice(0, 1 + (index % 3));
        for (const more of together.slice(1)) seen.push(more.id);
        const input = answerItemsSchema.parse({ projectId: project, queueId: queue.id, answers: together.map(({ id }) => accepted(id)), hold: 5 });
        ({ items } = await answerItems(context, input));
      }
    };
    await Promise.all(people.map(client));
    await Promise.all(stores.map((opened) => opened.$disconnect()));
    expect(seen.length).toBe(400);
    expect(new Set(seen).size).toBe(400);
    const decisions = await store().decision.groupBy({ by: ['sampleId'], where: { projectId: project }, _count: true });
    expect([decisions.length, decisions.every(({ _count }) => _count === 1)]).toEqual([400, true]);
    expect(await getReviewQueue(world.context(ann), { projectId: project, queueId: queue.id })).toMatchObject({ total: 400, done: 400, mayClose: false });
    const perPerson = await store().reviewItem.groupBy({ by: ['doneById'], where: { queueId: queue.id }, _count: true });
    expect(perPerson.length).toBeGreaterThan(10);
  });

  it('are recorded in order when sent together, up to the first that cannot be, which is refused when it comes again', async () => {
    const made = (await samples(4)).map(({ id }) => id);
    const queue = await start(lead, { source: { ids: made }, order: 'given' });
    const { items } = await claim(ann, queue.id, 4);
    const [first, second, third, fourth] = items.map(({ id }) => id) as [string, string, string, string];
    await decide(world.context(bob), { projectId, sampleId: items[2]!.sampleId, verdict: 'rejected', reason: 'other', note: null, expectedVersion: 0, runId: null });
    const given = [accepted(first), { ...accepted(second), verdict: 'rejected' as const, reason: 'artefact' as const }, accepted(third), accepted(fourth)];
    const sent = await answers(ann, queue.id, given, { hold: 4 });
    expect([sent.done, sent.items.map(({ id }) => id)]).toEqual([2, [third, fourth]]);
    expect((await itemsOf(queue.id)).map(({ verdict }) => verdict)).toEqual(['accepted', 'rejected', null, null]);
    expect(await failureOf(answers(ann, queue.id, given.slice(2)))).toMatchObject({ code: 'request.conflict', detail: expect.stringContaining('Bob') });
    expect((await answers(ann, queue.id, [accepted(fourth)])).done).toBe(1);
    expect(await store().decision.count({ where: { projectId, sampleId: { in: made } } })).toBe(4);
  });

  it('hold items ahead for their holder only, come back when they run out or are given back', async () => {
    const made = await samples(4);
    const queue = await start(ann, { source: { ids: made.map(({ id }) => id) }, order: 'given' });
    const [held, others] = [await claim(ann, queue.id, 3), await claim(bob, queue.id, 3)];
    expect([held, others].map(({ items }) => items.map(({ position }) => position))).toEqual([[1, 2, 3], [4]]);
    expect(await claim(ann, queue.id, 3)).toEqual(held);
    await store().reviewItem.updateMany({ where: { id: held.items[0]!.id }, data: { claimedUntil: new Date(Date.now() - 1) } });
    expect((await claim(bob, queue.id, 2)).items.map(({ position }) => position)).toEqual([1, 4]);
    expect(await failureOf(answer(ann, queue.id, held.items[0]!.id))).toMatchObject({ status: 409, code: 'review.lease_lost' });
    expect(await store().decision.count({ where: { sampleId: made[0]!.id } })).toBe(0);
    await claim(bob, queue.id, 0);
    expect((await claim(ann, queue.id, 4)).items.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    await answer(ann, queue.id, held.items[0]!.id);
    expect(await failureOf(answer(ann, queue.id, held.items[0]!.id))).toMatchObject({ code: 'review.lease_lost' });
  });

  it('that ran out but went to nobody still hold', async () => {
    const made = await samples(1);
    const queue = await start(ann, { source: { ids: made.map(({ id }) => id) } });
    const { items } = await claim(ann, queue.id);
    await store().reviewItem.updateMany({ where: { id: items[0]!.id }, data: { claimedUntil: new Date(Date.now() - 1) } });
    expect((await answer(ann, queue.id, items[0]!.id)).items).toEqual([]);
  });
});

describe('answers', () => {
  it('are decisions of samples, with run, reason and note', async () => {
    const project = await fresh();
    const [sample] = await samples(1, {}, project);
    const runId = await runOf(project, [{ sampleId: sample!.id, quality: 1 }]);
    const queue = await start(ann, { projectId: project, source: ruleOf(), runId });
    const { items } = await claim(ann, queue.id, 1, project);
    expect(items).toEqual([{ id: expect.any(String), sampleId: sample!.id, position: 1 }]);
    await answer(ann, queue.id, items[0]!.id, { projectId: project, verdict: 'rejected', reason: 'artefact', note: 'a line', milliseconds: 1234 });
    const decision = await store().decision.findFirstOrThrow({ where: { projectId: project } });
    expect(decision).toMatchObject({ sampleId: sample!.id, verdict: 'rejected', reason: 'artefact', note: 'a line', runId, userId: ann.userId, version: 1 });
    expect((await itemsOf(queue.id))[0]).toMatchObject({ verdict: 'rejected', reason: 'artefact', milliseconds: 1234, doneById: ann.userId, decisionId: decision.id, claimedById: null });
  });

  it('to controls stay in the queue: no decision, no state, no event, nothing to export, and no difference to be seen', async () => {
    const project = await fresh();
    await samples(7, {}, project);
    await samples(5, { role: 'anomaly' }, project);
    await samples(5, { role: 'normal' }, project);
    const queue = await start(lead, { projectId: project, source: ruleOf(), controlShare: 0.3 });
    const shapes = new Set<string>();
    for (let held = await claim(ann, queue.id, 1, project); held.items[0] !== undefined; ) {
      shapes.add(Object.keys(held.items[0]).toSorted().join());
      held = await answer(ann, queue.id, held.items[0].id, { projectId: project });
    }
    const controls = (await itemsOf(queue.id)).filter(({ kind }) => kind === 'control');
    const ids = controls.map(({ sampleId }) => sampleId);
    expect([shapes.size, controls.length, controls.every(({ verdict, decisionId }) => verdict === 'accepted' && decisionId === null)]).toEqual([1, 3, true]);
    expect(await store().decision.count({ where: { sampleId: { in: ids } } })).toBe(0);
    expect(await store().sampleState.count({ where: { sampleId: { in: ids } } })).toBe(0);
    expect(await store().auditEvent.count({ where: { projectId: project, type: 'decision.made' } })).toBe(7);
    expect(await countSelection(store(), project, { runId: null, filter: { verdicts: ['accepted'] } })).toBe(7);
    const { queues } = await listReviewQueues(world.context(ann), { projectId: project });
    expect(Object.keys(queues[0]!)).not.toContain('controlShare');
    // Taken back, an answer to a control is open again, and still no decision.
    const last = (await itemsOf(queue.id)).toSorted((a, b) => b.doneAt!.getTime() - a.doneAt!.getTime());
    for (const item of last) {
      const { items } = await undoAnswer(world.context(ann), { projectId: project, queueId: queue.id, hold: 20, skipped: null });
      expect(items.map(({ id }) => id)).toContain(item.id);
    }
    expect(await store().sampleState.count({ where: { projectId: project, verdict: { not: null } } })).toBe(0);
    expect(await store().decision.count({ where: { sampleId: { in: ids } } })).toBe(0);
  });

  it('skipped go to the end and are no decision', async () => {
    const made = await samples(2);
    const queue = await start(ann, { source: { ids: made.map(({ id }) => id) }, order: 'given' });
    const { items } = await claim(ann, queue.id);
    const next = await answer(ann, queue.id, items[0]!.id, { verdict: 'skipped' });
    expect(next.items[0]!.sampleId).toBe(made[1]!.id);
    const last = await answer(ann, queue.id, next.items[0]!.id);
    expect(last.items[0]).toEqual({ ...items[0], position: 3 });
    expect(await store().decision.count({ where: { sampleId: made[0]!.id } })).toBe(0);
  });

  it('come back to their place when the skip is taken back, unless a colleague has them', async () => {
    const made = await samples(3);
    const queue = await start(ann, { source: { ids: made.map(({ id }) => id) }, order: 'given' });
    const first = (await claim(ann, queue.id)).items[0]!;
    const skipOf = { itemId: first.id, position: first.position };
    const next = (await answer(ann, queue.id, first.id, { verdict: 'skipped' })).items[0]!;
    expect(next.position).toBe(2);
    expect((await takeBack(ann, queue.id, 2, skipOf)).items).toEqual([first, next]);
    expect((await answer(ann, queue.id, first.id)).items).toEqual([next]);
    expect(await failureOf(takeBack(ann, queue.id, 2, skipOf))).toMatchObject({ code: 'review.lease_lost' });
    // Skipped to the end, and handed to a colleague since.
    await answer(ann, queue.id, next.id, { verdict: 'skipped' });
    await claim(bob, queue.id, 2);
    expect(await failureOf(takeBack(ann, queue.id, 2, { itemId: next.id, position: next.position }))).toMatchObject({ code: 'review.lease_lost' });
  });

  it('do not overwrite what was decided outside the queue, and the item goes back with what holds now', async () => {
    const [sample] = await samples(1);
    const queue = await start(ann, { source: { ids: [sample!.id] } });
    const { items } = await claim(ann, queue.id);
    await decide(world.context(bob), { projectId, sampleId: sample!.id, verdict: 'rejected', reason: 'artefact', note: null, expectedVersion: 0, runId: null });
    expect(await failureOf(answer(ann, queue.id, items[0]!.id))).toMatchObject({ code: 'request.conflict', detail: expect.stringContaining('Bob') });
    const again = await claim(ann, queue.id);
    await answer(ann, queue.id, again.items[0]!.id);
    expect(await store().sampleState.findUnique({ where: { sampleId: sample!.id } })).toMatchObject({ verdict: 'accepted', version: 2 });
  });

  it('can be taken back by their reviewer, latest first, until a colleague decided', async () => {
    const made = await samples(2);
    const queue = await start(ann, { source: { ids: made.map(({ id }) => id) }, order: 'given' });
    const first = (await claim(ann, queue.id)).items[0]!;
    const second = (await answer(ann, queue.id, first.id)).items[0]!;
    await answer(ann, queue.id, second.id);
    expect(await failureOf(takeBack(bob, queue.id))).toMatchObject({ status: 404 });
    expect((await takeBack(ann, queue.id)).items).toEqual([second]);
    expect((await takeBack(ann, queue.id, 5)).items).toEqual([first, second]);
    expect(await store().sampleState.findUnique({ where: { sampleId: made[0]!.id } })).toMatchObject({ verdict: null, version: 2 });
    await answer(ann, queue.id, first.id, { verdict: 'rejected', reason: 'other' });
    await decide(world.context(bob), { projectId, sampleId: made[0]!.id, verdict: 'accepted', reason: null, note: null, expectedVersion: 3, runId: null });
    expect(await failureOf(takeBack(ann, queue.id))).toMatchObject({ code: 'request.conflict' });
    expect(await store().sampleState.findUnique({ where: { sampleId: made[0]!.id } })).toMatchObject({ verdict: 'accepted', userId: bob.userId });
  });

  it('end when the queue is closed, by a lead or whoever started it', async () => {
    const made = await samples(2);
    const queue = await start(ann, { source: { ids: made.map(({ id }) => id) } });
    const { items } = await claim(bob, queue.id);
    expect(await failureOf(closeReviewQueue(world.context(bob), { projectId, queueId: queue.id }))).toMatchObject({ status: 403 });
    expect(await closeReviewQueue(world.context(lead), { projectId, queueId: queue.id })).toMatchObject({ closedAt: expect.any(String) });
    expect(await failureOf(answer(bob, queue.id, items[0]!.id))).toMatchObject({ code: 'review.closed' });
    expect(await failureOf(claim(bob, queue.id))).toMatchObject({ code: 'review.closed' });
    expect(await failureOf(closeReviewQueue(world.context(ann), { projectId, queueId: queue.id }))).toMatchObject({ code: 'review.closed' });
    expect((await store().auditEvent.findFirst({ where: { projectId, type: 'queue.closed' } }))?.payload).toMatchObject({ queueId: queue.id, items: 2, done: 0 });
  });
});

describe('the report', () => {
  it('counts by hand what reviewers did', async () => {
    const project = await fresh();
    const made = await samples(10, {}, project);
    await samples(2, { role: 'anomaly' }, project);
    await samples(2, { role: 'normal' }, project);
    const qualities = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0];
    const runId = await runOf(project, made.map(({ id }, i) => ({ sampleId: id, quality: qualities[i]!, zone: i < 5 ? 'realistic' : 'unrealistic' })));
    const queue = await start(lead, { projectId: project, source: ruleOf(), runId, controlShare: 0.285 });
    const items = await itemsOf(queue.id);
    expect(items.length).toBe(14);
    // Ann takes all but the last of the samples; accepts ranks 1, 2, 4 and 9, rejects the others; hits one control of each kind.
    const accepts = new Set([0, 1, 3, 8].map((i) => made[i]!.id));
    let anomalies = 0;
    let normals = 0;
    const answerOf = ({ sampleId, expected }: (typeof items)[number]) => {
      if (expected === 'accepted') return anomalies++ === 0;
      if (expected === 'rejected') return normals++ !== 0;
      return accepts.has(sampleId);
    };
    const held = await claim(ann, queue.id, 20, project);
    let milliseconds = 0;
    for (const item of items) {
      if (item.sampleId === made[9]!.id) continue;
      const verdict = answerOf(item) ? { verdict: 'accepted' as const } : { verdict: 'rejected' as const, reason: 'indistinguishable' as const };
      await answer(ann, queue.id, item.id, { projectId: project, milliseconds: (milliseconds += 1_000), hold: 20, ...verdict });
    }
    expect(held.items.length).toBe(14);
    await claim(ann, queue.id, 0, project);
    const rest = await claim(bob, queue.id, 1, project);
    await answer(bob, queue.id, rest.items[0]!.id, { projectId: project, milliseconds: 500 });
    // Bob looked at two samples of Ann's elsewhere: he agrees on the first and not on the second; what he undid does not count.
    for (const [i, verdict] of [[0, 'accepted'], [1, 'rejected']] as const) {
      await decide(world.context(bob), { projectId: project, sampleId: made[i]!.id, verdict, reason: verdict === 'rejected' ? 'other' : null, note: null, expectedVersion: 1, runId: null });
    }
    const report = await reviewReport(world.context(lead), { projectId: project, queueId: queue.id });
    expect(report.reviewers.map(({ userName }) => userName)).toEqual(['Ann', 'Bob']);
    const [own, bobs] = report.reviewers;
    expect(own).toMatchObject({ items: 13, accepted: 4, rejected: 5, controls: { anomalies: 2, anomalyHits: 1, normals: 2, normalHits: 1, normalsNamed: 1 } });
    // Accepted 0.9, 0.8, 0.6, 0.1 against rejected 0.7, 0.5, 0.4, 0.3, 0.2: 5 + 5 + 4 + 0 of 20 pairs.
    expect(own!.scoreAgreement).toBeCloseTo(14 / 20, 12);
    // Realistic are ranks 1 to 5: 1, 2, 4 accepted agree, 3 and 5 do not; of the unrealistic 6 to 9 only 9 was accepted.
    expect(own!.zone).toEqual({ of: 9, agree: 6 });
    expect(own!.colleagues).toEqual({ of: 2, agree: 1 });
    expect(own!.time).toEqual({ q1: 4_000, median: 7_000, q3: 10_000 });
    expect(own!.deciles).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10].map((decile) => ({ decile, of: 1, accepted: [2, 7, 9, 10].includes(decile) ? 1 : 0 })));
    expect(bobs).toMatchObject({ items: 1, accepted: 1, scoreAgreement: null, deciles: [{ decile: 1, of: 1, accepted: 1 }], time: { median: 500 } });
    expect(report.deciles[0]).toEqual({ decile: 1, least: 0, largest: 0 });
    expect(report.disagreements.map(({ decile, verdict, userName }) => [decile, verdict, userName])).toEqual([[1, 'accepted', 'Bob'], [2, 'accepted', 'Ann'], [8, 'rejected', 'Ann']]);
    const anns = await reviewReport(world.context(ann), { projectId: project, queueId: queue.id });
    expect(anns.reviewers.map(({ userName }) => userName)).toEqual(['Ann']);
    expect(anns.disagreements.every(({ userName }) => userName === 'Ann')).toBe(true);
  });
});
