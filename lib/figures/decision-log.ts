import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import type { SampleState } from '@/lib/api/contracts/decisions';
import type { ShownVerdict } from './verdicts';

/** A decision or an undo on its way to the server. Operations are sent one after another, oldest first. */
export type Operation = {
  readonly id: number;
  readonly kind: 'decide' | 'undo';
  readonly sampleId: string;
  /** What the screen shows until the answer comes. */
  readonly shown: ShownVerdict;
  /** Version of the state that the person saw; own answers that arrive before sending replace it. */
  readonly seenVersion: number;
  /** What undoing it shows, and what an undo that is refused puts back. */
  readonly before: ShownVerdict;
  readonly at: number;
};

/** One verdict on many samples, or taking it back, on its way to the server: one step of the undo stack. */
export type BulkOperation = {
  readonly id: number;
  readonly kind: 'decide-many' | 'undo-many';
  readonly groupId: string;
  /** How many samples it was asked for. */
  readonly count: number;
};

/** Whether an operation is about many samples. */
export function isBulk(operation: Operation | BulkOperation): operation is BulkOperation {
  return 'groupId' in operation;
}

/** A decision that the server refused, with what holds instead. */
export type Refusal = {
  /** Null where it was about many samples. */
  readonly sampleId: string | null;
  readonly wanted: ShownVerdict;
  readonly conflict: boolean;
  readonly message: string;
  readonly hint: string | null;
};

export type DecisionLog = {
  readonly waiting: readonly (Operation | BulkOperation)[];
  /** Own decisions of this visit that can be undone, oldest first. */
  readonly undoStack: readonly (Operation | BulkOperation)[];
  /** Times (ms) of all decisions of this visit. */
  readonly times: readonly number[];
  readonly refusal: Refusal | null;
  readonly nextId: number;
};

export const emptyLog: DecisionLog = { waiting: [], undoStack: [], times: [], refusal: null, nextId: 1 };

export type DecisionEvent =
  | { readonly type: 'decided'; readonly sampleId: string; readonly verdict: Verdict; readonly reason: RejectReason | null; readonly before: ShownVerdict; readonly seenVersion: number; readonly at: number }
  | { readonly type: 'decided-many'; readonly groupId: string; readonly count: number }
  /** `groupId`: of decisions on many samples that are to be taken back; without it the newest step is. */
  | { readonly type: 'undone'; readonly at: number; readonly groupId?: string }
  /** Answered, but nothing of it is there to be undone. */
  | { readonly type: 'without-effect'; readonly id: number }
  | { readonly type: 'confirmed'; readonly id: number }
  | { readonly type: 'refused'; readonly id: number; readonly conflict: boolean; readonly message: string; readonly hint: string | null }
  | { readonly type: 'refusal-read' };

/** The next log. Pure: sending, and telling the person, is the caller's. */
export function reduceDecisions(log: DecisionLog, event: DecisionEvent): DecisionLog {
  switch (event.type) {
    case 'decided':
      return decided(log, event);
    case 'decided-many':
      return decidedMany(log, event);
    case 'undone':
      return undone(log, event);
    case 'without-effect':
      return { ...log, waiting: log.waiting.filter((one) => one.id !== event.id), undoStack: log.undoStack.filter((one) => one.id !== event.id) };
    case 'confirmed':
      return { ...log, waiting: log.waiting.filter((one) => one.id !== event.id) };
    case 'refused':
      return refused(log, event);
    case 'refusal-read':
      return log.refusal === null ? log : { ...log, refusal: null };
  }
}

function decided(log: DecisionLog, event: Extract<DecisionEvent, { type: 'decided' }>): DecisionLog {
  const operation: Operation = {
    id: log.nextId,
    kind: 'decide',
    sampleId: event.sampleId,
    shown: { verdict: event.verdict, reason: event.reason },
    seenVersion: event.seenVersion,
    before: event.before,
    at: event.at,
  };
  return {
    waiting: [...log.waiting, operation],
    undoStack: [...log.undoStack, operation],
    times: [...log.times, event.at],
    // What did not hold stays on the screen until it is read, however fast the next keys come.
    refusal: log.refusal,
    nextId: log.nextId + 1,
  };
}

function decidedMany(log: DecisionLog, { groupId, count }: Extract<DecisionEvent, { type: 'decided-many' }>): DecisionLog {
  const operation: BulkOperation = { id: log.nextId, kind: 'decide-many', groupId, count };
  return { ...log, waiting: [...log.waiting, operation], undoStack: [...log.undoStack, operation], nextId: log.nextId + 1 };
}

function undone(log: DecisionLog, { at, groupId }: Extract<DecisionEvent, { type: 'undone' }>): DecisionLog {
  const last = groupId === undefined ? log.undoStack.at(-1) : log.undoStack.findLast((one) => isBulk(one) && one.groupId === groupId);
  if (last === undefined) return log;
  const operation: Operation | BulkOperation = isBulk(last)
    ? { ...last, id: log.nextId, kind: 'undo-many' }
    : { ...last, id: log.nextId, kind: 'undo', shown: last.before, before: last.shown, at };
  return { ...log, waiting: [...log.waiting, operation], undoStack: log.undoStack.filter((one) => one !== last), nextId: log.nextId + 1 };
}

/**
 * A refused decision is rolled back with everything that was built on it: later operations on the same sample
 * are dropped unsent. A refused undo leaves the decision standing, and it can be undone again.
 */
function refused(log: DecisionLog, event: Extract<DecisionEvent, { type: 'refused' }>): DecisionLog {
  const operation = log.waiting.find((one) => one.id === event.id);
  if (operation === undefined) return log;
  return isBulk(operation) ? refusedMany(log, operation, event) : refusedOne(log, operation, event);
}

const undecided: ShownVerdict = { verdict: null, reason: null };

/** An undo that was refused can be tried again. (Whoever asks for a verdict on many samples is told of a refusal there.) */
function refusedMany(log: DecisionLog, operation: BulkOperation, { conflict, message, hint }: Extract<DecisionEvent, { type: 'refused' }>): DecisionLog {
  const waiting = log.waiting.filter((one) => one.id !== operation.id);
  return { ...log, waiting, undoStack: [...log.undoStack, { ...operation, kind: 'decide-many' }], refusal: { sampleId: null, wanted: undecided, conflict, message, hint } };
}

function refusedOne(log: DecisionLog, operation: Operation, event: Extract<DecisionEvent, { type: 'refused' }>): DecisionLog {
  const { sampleId } = operation;
  const later = log.waiting.filter((one) => !isBulk(one) && one.sampleId === sampleId && one.id >= operation.id);
  const dropped = new Set(later.map((one) => one.id));
  const kept = log.undoStack.filter((one) => !dropped.has(one.id));
  const restored = operation.kind === 'undo' && !event.conflict ? { ...operation, kind: 'decide' as const, shown: operation.before, before: operation.shown } : null;
  return {
    ...log,
    waiting: log.waiting.filter((one) => !dropped.has(one.id)),
    undoStack: restored ? [...kept, restored] : kept,
    refusal: { sampleId, wanted: operation.shown, conflict: event.conflict, message: event.message, hint: event.hint },
  };
}

/** What the screen shows on top of the server's states: per sample the newest operation on its way. */
export function overlayOf(log: DecisionLog): ReadonlyMap<string, ShownVerdict> {
  return new Map(log.waiting.flatMap((one) => (isBulk(one) ? [] : [[one.sampleId, one.shown] as const])));
}

/** The decision a sample shows now. */
export function shownVerdict(log: DecisionLog, states: ReadonlyMap<string, SampleState>, sampleId: string): ShownVerdict {
  const waiting = log.waiting.findLast((one): one is Operation => !isBulk(one) && one.sampleId === sampleId);
  const state = states.get(sampleId);
  return waiting?.shown ?? { verdict: state?.verdict ?? null, reason: state?.reason ?? null };
}

/**
 * Decisions per minute over the latest `window` ones; a pause longer than `pause` ms counts as `pause`.
 * Null before the third decision.
 */
export function pacePerMinute(times: readonly number[], { window = 20, pause = 60_000 } = {}): number | null {
  const recent = times.slice(-window - 1);
  if (recent.length < 3) return null;
  let active = 0;
  for (let i = 1; i < recent.length; i++) active += Math.min(pause, recent[i]! - recent[i - 1]!);
  return active > 0 ? ((recent.length - 1) * 60_000) / active : null;
}
