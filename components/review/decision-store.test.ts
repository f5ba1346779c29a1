import { describe, expect, it, vi } from 'vitest';
import type { SampleState } from '@/lib/api/contracts/decisions';
import { shownVerdict } from '@/lib/figures/decision-log';
import { DecisionStore, type DecisionIo } from './decision-store';

const project = '019ab0c1-2d3e-7f40-8123-00000000000a';
const sample = '019ab0c1-2d3e-7f40-8123-000000000001';
const other = '019ab0c1-2d3e-7f40-8123-000000000002';

class Refusal extends Error {
  constructor(readonly current: SampleState | null) {
    super('Ada accepted it meanwhile.');
  }
}

/** A server with versions, whose answers come when `answer()` is called. */
function setUp() {
  const known = new Map<string, SampleState>();
  const server = new Map<string, SampleState>();
  const calls: { kind: string; sampleId: string; expectedVersion?: number }[] = [];
  const many: { kind: string; groupId?: string; ids?: number; first?: string | undefined }[] = [];
  /** The call about many samples that fails, counted from 1. */
  const refuseMany = { at: 0 };
  let groups = 0;
  const gates: (() => void)[] = [];
  const gate = () => new Promise<void>((resolve) => gates.push(resolve));
  const write = (sampleId: string, verdict: SampleState['verdict'], userName = 'Me'): SampleState => {
    const state = { sampleId, verdict, reason: null, version: (server.get(sampleId)?.version ?? 0) + 1, userId: userName, userName, updatedAt: '2026-01-01T00:00:00.000Z' };
    server.set(sampleId, state);
    return state;
  };
  const io: DecisionIo = {
    decide: async ({ sampleId, verdict, expectedVersion }) => {
      calls.push({ kind: 'decide', sampleId, expectedVersion });
      await gate();
      if ((server.get(sampleId)?.version ?? 0) !== expectedVersion) throw new Refusal(server.get(sampleId) ?? null);
      return write(sampleId, verdict);
    },
    undo: async ({ sampleId }) => {
      calls.push({ kind: 'undo', sampleId: sampleId ?? '' });
      await gate();
      return write(sampleId ?? '', null);
    },
    decideMany: async (input) => {
      const ids = 'ids' in input.target ? input.target.ids : [];
      many.push({ kind: 'decide-many', groupId: input.groupId, ids: ids.length, first: ids[0] });
      await gate();
      if (refuseMany.at === many.length) throw new Error('The server did not answer.');
      return { decided: ids.length - 1, left: 1 };
    },
    undoGroup: async ({ groupId }) => {
      many.push({ kind: 'undo-many', groupId });
      await gate();
      return { undone: 1, left: 0 };
    },
    refresh: async () => void many.push({ kind: 'refresh' }),
    newId: () => `group-${(groups += 1)}`,
    seenAt: () => '2026-01-01T00:00:00.000Z',
    known: () => known,
    learned: (state) => void known.set(state.sampleId, state),
    explain: (error) => ({ conflict: error instanceof Refusal, message: (error as Error).message, hint: null, current: error instanceof Refusal ? error.current : null }),
    now: () => 0,
  };
  const store = new DecisionStore(project, io);
  const changed = () => new Promise<void>((resolve) => {
    const stop = store.subscribe(() => {
      stop();
      resolve();
    });
  });
  const answer = async () => {
    const settled = changed();
    gates.shift()!();
    await settled;
    await Promise.resolve();
    await Promise.resolve();
  };
  const open = () => gates.shift()!();
  return { store, known, server, calls, many, refuseMany, open, write, answer, shown: (id: string) => shownVerdict(store.snapshot(), known, id).verdict };
}

describe('DecisionStore', () => {
  it('paints at once, sends one after another, and builds on its own versions', async () => {
    const { store, calls, answer, shown, server } = setUp();
    store.decide(sample, 'accepted', null, null);
    store.decide(sample, 'skipped', null, null);
    expect(shown(sample)).toBe('skipped');
    expect(calls).toEqual([{ kind: 'decide', sampleId: sample, expectedVersion: 0 }]);
    await answer();
    expect(calls[1]).toEqual({ kind: 'decide', sampleId: sample, expectedVersion: 1 });
    await answer();
    expect(server.get(sample)).toMatchObject({ verdict: 'skipped', version: 2 });
    expect(store.snapshot().waiting).toEqual([]);
  });

  it('rolls back to the decision of a colleague and goes on with the rest', async () => {
    const { store, write, answer, shown, server } = setUp();
    write(sample, 'rejected', 'Ada');
    store.decide(sample, 'accepted', null, null);
    store.decide(other, 'accepted', null, null);
    expect(shown(sample)).toBe('accepted');
    await answer();
    expect(shown(sample)).toBe('rejected');
    expect(store.snapshot().refusal).toMatchObject({ sampleId: sample, conflict: true, message: 'Ada accepted it meanwhile.' });
    await answer();
    expect(server.get(other)?.verdict).toBe('accepted');
  });

  it('undoes the latest decision, also while it is still on its way', async () => {
    const { store, calls, answer, shown } = setUp();
    store.decide(sample, 'accepted', null, null);
    expect(store.undo()).toEqual({ sampleId: sample, verdict: 'accepted', groupId: null, count: 1 });
    expect(shown(sample)).toBeNull();
    await answer();
    await answer();
    expect(calls.map((call) => call.kind)).toEqual(['decide', 'undo']);
    expect(shown(sample)).toBeNull();
    expect(store.undo()).toBeNull();
  });

  it('does not take a state that a colleague wrote after an own one for its own', async () => {
    const { store, write, answer, shown } = setUp();
    store.decide(sample, 'accepted', null, null);
    await answer();
    write(sample, 'rejected', 'Ada');
    store.decide(sample, 'skipped', null, null);
    await answer();
    expect(store.snapshot().refusal?.conflict).toBe(true);
    expect(shown(sample)).toBe('rejected');
  });

  const bulk = (ids: string[]) => ({ target: { ids }, count: ids.length, verdict: 'accepted' as const, reason: null, runId: null, overwrite: false });

  it('sends more ids than an action takes in parts of one group, and takes them back as one step', async () => {
    const { store, many, open, answer } = setUp();
    const ids = Array.from({ length: 5001 }, (_, i) => `id-${i}`);
    const outcome = store.decideMany(bulk(ids));
    open();
    await Promise.resolve();
    await vi.waitFor(() => expect(many).toHaveLength(2));
    open();
    expect(await outcome).toEqual({ groupId: 'group-1', decided: 4999, left: 2 });
    expect(many.slice(0, 3)).toEqual([{ kind: 'decide-many', groupId: 'group-1', ids: 5000, first: 'id-0' }, { kind: 'decide-many', groupId: 'group-1', ids: 1, first: 'id-5000' }, { kind: 'refresh' }]);
    expect(store.undo()).toEqual({ sampleId: null, verdict: null, groupId: 'group-1', count: 5001 });
    await vi.waitFor(() => expect(many.at(-1)?.kind).toBe('undo-many'));
    await answer();
    expect(many.at(-1)).toEqual({ kind: 'refresh' });
    expect(many.at(-2)).toEqual({ kind: 'undo-many', groupId: 'group-1' });
    expect(store.undo()).toBeNull();
  });

  it('keeps what was decided before a part failed undoable, and forgets what was never decided', async () => {
    const { store, many, open, refuseMany } = setUp();
    refuseMany.at = 2;
    const half = store.decideMany(bulk(Array.from({ length: 5001 }, (_, i) => `id-${i}`)));
    open();
    await vi.waitFor(() => expect(many).toHaveLength(2));
    open();
    await expect(half).rejects.toThrow('did not answer');
    expect(store.snapshot().undoStack).toHaveLength(1);
    refuseMany.at = 3;
    const none = store.decideMany(bulk(['a', 'b']));
    open();
    await expect(none).rejects.toThrow('did not answer');
    expect(store.snapshot().undoStack).toHaveLength(1);
    expect(store.snapshot().waiting).toEqual([]);
  });
});
