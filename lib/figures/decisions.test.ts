import { describe, expect, it } from 'vitest';
import type { SampleState } from '@/lib/api/contracts/decisions';
import { emptyLog, isBulk, overlayOf, pacePerMinute, reduceDecisions, shownVerdict, type DecisionEvent, type DecisionLog } from './decision-log';
import { agreement, nextUndecided, reviewProgress, upcoming } from './review-queue';
import { idOf, tableOf } from './testing/score-columns';
import { mergeStates, noStates, verdictColumns, type ShownVerdict } from './verdicts';

const open = { verdict: null, reason: null } as const;
const state = (row: number, version: number, verdict: SampleState['verdict'] = 'accepted'): SampleState => ({
  sampleId: idOf(row), verdict, reason: null, version, userId: 'u2', userName: 'Ada', updatedAt: '2026-01-01T00:00:00.000Z',
});
const accept = (row: number, at = 0): DecisionEvent => ({ type: 'decided', sampleId: idOf(row), verdict: 'accepted', reason: null, before: open, seenVersion: 0, at });
const run = (...events: DecisionEvent[]): DecisionLog => events.reduce(reduceDecisions, emptyLog);
const conflict = (id: number): DecisionEvent => ({ type: 'refused', id, conflict: true, message: 'Ada decided first.', hint: null });

describe('decision log', () => {
  it('shows a decision at once and hands over to the server when it is confirmed', () => {
    const log = run(accept(1));
    expect(shownVerdict(log, new Map(), idOf(1))).toEqual({ verdict: 'accepted', reason: null });
    const settled = reduceDecisions(log, { type: 'confirmed', id: 1 });
    expect(overlayOf(settled).size).toBe(0);
    expect(settled.undoStack).toHaveLength(1);
  });

  it('rolls a refused decision back, with the undo that was waiting behind it, and keeps the others', () => {
    const log = run(accept(1), accept(2), { type: 'undone', at: 1 }, accept(3), { type: 'undone', at: 2 });
    expect(log.waiting.map((one) => [one.kind, isBulk(one) ? one.groupId : one.sampleId])).toEqual([
      ['decide', idOf(1)], ['decide', idOf(2)], ['undo', idOf(2)], ['decide', idOf(3)], ['undo', idOf(3)],
    ]);
    const after = reduceDecisions(log, conflict(2));
    expect(after.waiting.map((one) => one.id)).toEqual([1, 4, 5]);
    expect(after.refusal).toMatchObject({ sampleId: idOf(2), conflict: true, message: 'Ada decided first.' });
    expect(shownVerdict(after, new Map([[idOf(2), state(2, 1, 'rejected')]]), idOf(2)).verdict).toBe('rejected');
    expect(after.undoStack.map((one) => (isBulk(one) ? one.groupId : one.sampleId))).toEqual([idOf(1)]);
  });

  it('undoes in reverse order, showing what was there before', () => {
    const first = run(accept(1), { ...accept(1), verdict: 'skipped', before: { verdict: 'accepted', reason: null } } as DecisionEvent, { type: 'undone', at: 3 });
    expect(shownVerdict(first, new Map(), idOf(1)).verdict).toBe('accepted');
    const second = reduceDecisions(first, { type: 'undone', at: 4 });
    expect(shownVerdict(second, new Map(), idOf(1)).verdict).toBeNull();
    expect(reduceDecisions(second, { type: 'undone', at: 5 })).toBe(second);
  });

  it('keeps decisions on many samples as one step, undone by its place in the stack or by its group', () => {
    const many = (groupId: string): DecisionEvent => ({ type: 'decided-many', groupId, count: 57 });
    const log = run(accept(1), many('a'), many('b'), accept(2), { type: 'undone', at: 1, groupId: 'a' });
    expect(log.undoStack.map((one) => (isBulk(one) ? one.groupId : one.sampleId))).toEqual([idOf(1), 'b', idOf(2)]);
    expect(log.waiting.at(-1)).toEqual({ id: 5, kind: 'undo-many', groupId: 'a', count: 57 });
    expect([...overlayOf(log).keys()]).toEqual([idOf(1), idOf(2)]);
    const refused = reduceDecisions(log, { type: 'refused', id: 5, conflict: false, message: 'The server did not answer.', hint: null });
    expect(refused.undoStack.at(-1)).toMatchObject({ kind: 'decide-many', groupId: 'a' });
    expect(refused.refusal).toMatchObject({ sampleId: null, message: 'The server did not answer.' });
    expect(reduceDecisions(log, { type: 'without-effect', id: 3 }).undoStack.map((one) => one.id)).toEqual([1, 4]);
    expect(reduceDecisions(log, { type: 'undone', at: 2, groupId: 'unknown' })).toBe(log);
  });

  it('leaves a decision undoable when its undo failed for another reason than a conflict', () => {
    const log = run(accept(1), { type: 'confirmed', id: 1 }, { type: 'undone', at: 1 });
    const after = reduceDecisions(log, { type: 'refused', id: 2, conflict: false, message: 'The server did not answer.', hint: null });
    expect(after.undoStack).toHaveLength(1);
    expect(overlayOf(after).size).toBe(0);
  });

  it('measures pace without counting a long pause', () => {
    expect(pacePerMinute([0, 2000])).toBeNull();
    expect(pacePerMinute([0, 2000, 4000])).toBe(30);
    expect(pacePerMinute([0, 1000, 3_601_000])).toBeCloseTo(120 / 61, 6);
  });
});

describe('states', () => {
  it('never goes back to an older version, whatever order answers come in', () => {
    const newer = mergeStates(noStates, [state(1, 3)], '2026-01-01T00:00:02.000Z');
    const late = mergeStates(newer, [state(1, 2, 'rejected')], null);
    expect(late.states.get(idOf(1))?.version).toBe(3);
    expect(mergeStates(newer, [], newer.asOf)).toBe(newer);
  });

  it('lets a waiting decision hide the state and ignores samples of other runs', () => {
    const table = tableOf([{}, {}]);
    const columns = verdictColumns(table, new Map<string, ShownVerdict>([[idOf(0), { verdict: 'accepted', reason: null }], [idOf(77), open]]), new Map([[idOf(0), { verdict: 'rejected', reason: 'other' }]]));
    expect([...columns.verdict]).toEqual([2, 0]);
    expect([...columns.reason]).toEqual([6, 0]);
  });
});

describe('review queue', () => {
  const queue = Uint32Array.of(3, 1, 2, 0);
  it('goes to the next undecided sample, round the end, and knows when all are done', () => {
    expect(nextUndecided(queue, Uint8Array.of(0, 1, 0, 0), 0)).toBe(2);
    expect(nextUndecided(queue, Uint8Array.of(1, 1, 1, 0), 2)).toBe(0);
    expect(nextUndecided(queue, Uint8Array.of(1, 2, 3, 1), 0)).toBe(-1);
    expect(nextUndecided(new Uint32Array(0), new Uint8Array(0), -1)).toBe(-1);
  });

  it('lists what comes next and counts what is done', () => {
    const verdict = Uint8Array.of(0, 1, 2, 3);
    expect(upcoming(queue, verdict, 0, 5)).toEqual([3]);
    expect(reviewProgress(queue, verdict)).toEqual({ total: 4, decided: 3, accepted: 1, rejected: 1, skipped: 1 });
  });

  it('tells how far score and person agree and which samples to look at again', () => {
    const table = tableOf([{ quality: 0.9 }, { quality: 0.8 }, { quality: 0.2 }, { quality: 0.1 }]);
    const result = agreement(table, { verdict: Uint8Array.of(2, 1, 2, 1) }, Uint32Array.of(0, 1, 2, 3));
    expect(result.share).toBe(0.25);
    expect(result.rejectedHigh).toEqual([0, 2]);
    expect(result.acceptedLow).toEqual([3, 1]);
    expect(agreement(table, { verdict: Uint8Array.of(1, 1, 0, 0) }, queue).share).toBeNull();
  });
});
