import { describe, expect, it } from 'vitest';
import { ProblemError } from '@/lib/api/client';
import type { ReviewItem } from '@/lib/api/contracts/review-queues';
import { QueueStore, verdictsOf, type QueueIo } from './queue-store';

const item = (n: number): ReviewItem => ({ id: `item ${n}`, sampleId: `sample ${n}`, position: n });
const problem = (code: string) => new ProblemError({ type: 'x', title: 'x', status: 409, code, detail: `no: ${code}` });

/** A server that hands out items 1 to `total` in order, five at a time, and answers when it is told to. */
function server(total: number) {
  const done = new Set<string>();
  const waiting: (() => void)[] = [];
  const calls: string[] = [];
  const durable: number[] = [];
  let failure: Error | null = null;
  let most = Infinity;
  const places = new Map(Array.from({ length: total }, (_, i) => [`item ${i + 1}`, i + 1]));
  const held = () => ({
    items: Array.from({ length: total }, (_, i) => ({ ...item(i + 1), position: places.get(`item ${i + 1}`)! }))
      .filter(({ id }) => !done.has(id))
      .toSorted((a, b) => a.position - b.position)
      .slice(0, 5),
  });
  const answered = async (call: string, work: () => void) => {
    calls.push(call);
    await new Promise<void>((resolve) => waiting.push(resolve));
    if (failure !== null) {
      const thrown = failure;
      failure = null;
      throw thrown;
    }
    work();
    return held();
  };
  const order: string[] = [];
  const io: QueueIo = {
    claim: ({ hold }) => answered(`claim ${hold}`, () => undefined),
    answer: async ({ answers }) => {
      const recorded = answers.slice(0, most);
      const held = await answered(answers.map(({ itemId, verdict, milliseconds }) => `${verdict} ${itemId} ${milliseconds}`).join(', '), () => {
        for (const { itemId, verdict } of recorded) {
          if (verdict === 'skipped') places.set(itemId, Math.max(...places.values()) + 1);
          else {
            done.add(itemId);
            order.push(itemId);
          }
        }
      });
      return { ...held, done: recorded.length };
    },
    undo: ({ skipped }) => answered(skipped ? `undo skip of ${skipped.itemId}` : 'undo', () => {
      if (skipped) places.set(skipped.itemId, skipped.position);
      else done.delete(order.pop() ?? '');
    }),
    explain: (error) => ({ code: error instanceof ProblemError ? error.code : null, detail: (error as Error).message, hint: null }),
    now: () => 7,
    durable: (since) => durable.push(since),
  };
  const settle = async () => {
    while (waiting.length > 0) {
      waiting.shift()!();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { io, calls, durable, settle, fail: (error: Error) => { failure = error; }, recordAtMost: (answers: number) => { most = answers; } };
}

async function sitting(total: number) {
  const world = server(total);
  const store = new QueueStore('project', 'queue', world.io);
  store.claim();
  await world.settle();
  const shown = () => store.snapshot().items?.map(({ position }) => position);
  return { ...world, store, shown };
}

describe('a sitting at a queue', () => {
  it('paints an answer at once, sends it in order, and goes on with what the server hands out', async () => {
    const { store, shown, calls, durable, settle } = await sitting(7);
    expect(shown()).toEqual([1, 2, 3, 4, 5]);
    store.answer('accepted', null, 812.4);
    store.answer('rejected', 'artefact', 5);
    expect(shown()).toEqual([3, 4, 5]);
    expect(store.snapshot()).toMatchObject({ unsent: 2, last: { verdict: 'rejected', reason: 'artefact' } });
    expect(durable).toEqual([]);
    await settle();
    expect(calls).toEqual(['claim 5', 'accepted item 1 812', 'rejected item 2 5']);
    expect(shown()).toEqual([3, 4, 5, 6, 7]);
    expect(store.snapshot().unsent).toBe(0);
    expect(durable).toEqual([7, 7]);
  });

  it('sends answers together that waited for one another, and again what was not recorded', async () => {
    const { store, shown, calls, durable, settle, recordAtMost } = await sitting(9);
    store.answer('accepted', null, 1);
    store.answer('accepted', null, 2);
    store.answer('skipped', null, 3);
    store.answer('rejected', 'other', 4);
    recordAtMost(2);
    await settle();
    expect(calls).toEqual(['claim 5', 'accepted item 1 1', 'accepted item 2 2, skipped item 3 3, rejected item 4 4', 'rejected item 4 4']);
    expect(durable).toHaveLength(4);
    expect(store.snapshot()).toMatchObject({ unsent: 0, recorded: 3 });
    expect(shown()).toEqual([5, 6, 7, 8, 9]);
  });

  it('sends an answer before the undo that follows it, and one after it on its own', async () => {
    const { store, calls, settle } = await sitting(9);
    store.answer('accepted', null, 1);
    store.answer('accepted', null, 2);
    store.undo();
    store.answer('rejected', 'other', 3);
    await settle();
    expect(calls).toEqual(['claim 5', 'accepted item 1 1', 'accepted item 2 2', 'undo', 'rejected item 2 3']);
  });

  it('tells its verdicts on record from skips, and from what is still on its way', async () => {
    const { store, settle } = await sitting(4);
    store.answer('accepted', null, 1);
    store.answer('rejected', 'other', 1);
    expect(store.snapshot()).toMatchObject({ recorded: 0, unsent: 2 });
    await settle();
    expect(store.snapshot().recorded).toBe(2);
    store.answer('skipped', null, 1);
    expect(store.snapshot().recorded).toBe(2);
    await settle();
    expect(store.snapshot().recorded).toBe(2);
    store.undo();
    expect(store.snapshot()).toMatchObject({ recorded: 2, takenBack: { verdict: 'skipped' } });
    await settle();
    expect(store.snapshot().recorded).toBe(2);
    store.undo();
    expect(verdictsOf(store.snapshot())).toMatchObject([{ verdict: 'accepted' }]);
    await settle();
    expect(store.snapshot().recorded).toBe(1);
  });

  it('takes the last step back, whatever it was: a skip goes before the answer that came before it', async () => {
    const { store, shown, calls, settle } = await sitting(7);
    store.answer('accepted', null, 1);
    store.answer('skipped', null, 1);
    await settle();
    expect(shown()).toEqual([3, 4, 5, 6, 7]);
    expect(store.undo()).toMatchObject({ verdict: 'skipped', item: { position: 2 } });
    expect(shown()?.[0]).toBe(2);
    expect([...store.snapshot().skipped]).toEqual([]);
    await settle();
    expect(calls.at(-1)).toBe('undo skip of item 2');
    expect(shown()).toEqual([2, 3, 4, 5, 6]);
    expect(store.undo()).toMatchObject({ verdict: 'accepted', item: { position: 1 } });
    await settle();
    expect(calls.at(-1)).toBe('undo');
    expect(shown()).toEqual([1, 2, 3, 4, 5]);
    expect(store.snapshot()).toMatchObject({ steps: [], recorded: 0 });
  });

  it('takes back a skip that is on its way, and one of the last items, which came at once again', async () => {
    const { store, shown, settle } = await sitting(2);
    store.answer('skipped', null, 1);
    store.undo();
    await settle();
    expect(shown()).toEqual([1, 2]);
    store.answer('skipped', null, 1);
    await settle();
    expect(store.snapshot().items?.map(({ id }) => id)).toEqual(['item 2', 'item 1']);
    store.undo();
    await settle();
    expect(store.snapshot().items?.map(({ id }) => id)).toEqual(['item 1', 'item 2']);
  });

  it('takes answers back, those on their way and those of an earlier sitting', async () => {
    const { store, shown, settle } = await sitting(3);
    store.answer('accepted', null, 1);
    store.answer('accepted', null, 1);
    store.undo();
    expect(shown()).toEqual([2, 3]);
    await settle();
    expect(shown()).toEqual([2, 3]);
    expect(verdictsOf(store.snapshot()).map(({ item: { position } }) => position)).toEqual([1]);
    store.undo();
    expect(shown()).toEqual([1, 2, 3]);
    await settle();
    expect(shown()).toEqual([1, 2, 3]);
    // Nothing of this sitting is left: what comes back is known only to the server.
    const later = new QueueStore('project', 'queue', { ...server(2).io, undo: async () => ({ items: [item(9), item(1)] }) });
    later.undo();
    await new Promise((resolve) => setImmediate(resolve));
    expect(later.snapshot().items?.[0]).toEqual(item(9));
  });

  it('goes on when an item went to a colleague', async () => {
    const { store, shown, calls, settle, fail } = await sitting(6);
    store.answer('accepted', null, 1);
    fail(problem('review.lease_lost'));
    await settle();
    expect(store.snapshot()).toMatchObject({ refusal: { code: 'review.lease_lost' }, steps: [], closed: false });
    expect(calls.at(-1)).toBe('claim 5');
    expect(shown()?.[0]).toBe(2);
    store.dismissRefusal();
    expect(store.snapshot().refusal).toBeNull();
  });

  it('keeps an item that could not be sent, to be answered again', async () => {
    const { store, shown, settle, fail } = await sitting(3);
    store.answer('skipped', null, 1);
    expect([...store.snapshot().skipped]).toEqual(['item 1']);
    fail(problem('request.unreachable'));
    await settle();
    expect(shown()).toEqual([2, 3, 1]);
    expect([...store.snapshot().skipped]).toEqual([]);
  });

  it('gives back what is held, after what was answered, and may come again', async () => {
    const { store, shown, calls, settle } = await sitting(7);
    store.answer('accepted', null, 1);
    store.leave();
    store.claim();
    await settle();
    expect(calls.slice(1)).toEqual(['accepted item 1 1', 'claim 0', 'claim 5']);
    expect(shown()).toEqual([2, 3, 4, 5, 6]);
    // A page that is left while its first claim is on its way, and opened again.
    const again = server(2);
    const quick = new QueueStore('project', 'queue', again.io);
    quick.claim();
    quick.claim();
    quick.leave();
    quick.claim();
    await again.settle();
    expect(again.calls).toEqual(['claim 5', 'claim 0', 'claim 5']);
    expect(quick.snapshot().items).toHaveLength(2);
  });

  it('ends when the queue is closed, and puts away what an undo could not bring back', async () => {
    const { store, shown, settle, fail } = await sitting(3);
    store.answer('accepted', null, 1);
    await settle();
    store.undo();
    fail(problem('request.conflict'));
    await settle();
    expect(shown()).toEqual([2, 3]);
    store.answer('accepted', null, 1);
    fail(problem('review.closed'));
    await settle();
    expect(store.snapshot().closed).toBe(true);
  });
});
