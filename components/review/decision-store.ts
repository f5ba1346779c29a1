import type { ActionInput } from '@/lib/api/contracts/actions';
import type { BulkTarget } from '@/lib/api/contracts/bulk';
import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import type { SampleState } from '@/lib/api/contracts/decisions';
import { idsPerAction } from '@/lib/api/contracts/limits';
import { emptyLog, isBulk, reduceDecisions, shownVerdict, type BulkOperation, type DecisionEvent, type DecisionLog, type Operation } from '@/lib/figures/decision-log';

/** One verdict on many samples; `count` is what the button said. */
export type BulkRequest = {
  readonly target: BulkTarget;
  readonly count: number;
  readonly verdict: Verdict;
  readonly reason: RejectReason | null;
  readonly runId: string | null;
  readonly overwrite: boolean;
};
/** What became of it: how many were decided, how many were left as they were. */
export type BulkOutcome = { readonly groupId: string; readonly decided: number; readonly left: number };

/** What was taken back: the verdict on one sample, or on many at once, which are a group. */
export type Undone =
  | { readonly sampleId: string; readonly verdict: Verdict | null; readonly groupId: null; readonly count: 1 }
  | { readonly sampleId: null; readonly verdict: null; readonly groupId: string; readonly count: number };

/** What the store needs of the world. */
export interface DecisionIo {
  decide(input: ActionInput<'decide'>): Promise<SampleState>;
  undo(input: ActionInput<'undo'>): Promise<SampleState>;
  decideMany(input: ActionInput<'decideMany'>): Promise<{ decided: number; left: number }>;
  undoGroup(input: ActionInput<'undoGroup'>): Promise<{ undone: number; left: number }>;
  /** Asks for the states that changed, after many did; ends when they are known. */
  refresh(): Promise<void>;
  newId(): string;
  /** The states as this browser knows them. */
  known(): ReadonlyMap<string, SampleState>;
  /** Keeps a state that the server answered. */
  learned(state: SampleState): void;
  /** The moment that the known states hold for; null before they are known. */
  seenAt(): string | null;
  /** What a failure means; `current` is the state that holds instead, when the failure is a conflict. */
  explain(error: unknown): { readonly conflict: boolean; readonly message: string; readonly hint: string | null; readonly current: SampleState | null };
  now(): number;
}

/**
 * The decisions of one project in this browser: painted at once, sent one after another in the order they were
 * taken, rolled back when refused. Outlives pages, so that leaving a page loses nothing that was decided on it.
 */
export class DecisionStore {
  private log: DecisionLog = emptyLog;
  private sending = false;
  private readonly listeners = new Set<() => void>();
  /** Versions that own answers brought: what is decided on top of an own decision is no conflict. */
  private readonly ownVersions = new Map<string, number>();

  constructor(
    private readonly projectId: string,
    private readonly io: DecisionIo,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): DecisionLog => this.log;

  /** Takes a decision on a sample in the light of a run. */
  decide(sampleId: string, verdict: Verdict, reason: RejectReason | null, runId: string | null): void {
    const states = this.io.known();
    const before = shownVerdict(this.log, states, sampleId);
    this.runs.set(this.log.nextId, runId);
    this.dispatch({ type: 'decided', sampleId, verdict, reason, before, seenVersion: states.get(sampleId)?.version ?? 0, at: this.io.now() });
    void this.pump();
  }

  /**
   * Gives many samples one verdict, as one step of undo. Ends when the server answered; the error of a request that it refused is the
   * caller's to show.
   */
  decideMany(request: BulkRequest): Promise<BulkOutcome> {
    const groupId = this.io.newId();
    return new Promise((resolve, reject) => {
      this.bulk.set(groupId, { request, seen: this.io.seenAt(), resolve, reject });
      this.dispatch({ type: 'decided-many', groupId, count: request.count });
      void this.pump();
    });
  }

  /** Takes the latest own step back, or the one of a group; null when there is none. */
  undo(groupId?: string): Undone | null {
    const last = groupId === undefined ? this.log.undoStack.at(-1) : this.log.undoStack.find((one) => isBulk(one) && one.groupId === groupId);
    if (last === undefined) return null;
    this.dispatch({ type: 'undone', at: this.io.now(), ...(groupId === undefined ? {} : { groupId }) });
    void this.pump();
    return isBulk(last) ? { sampleId: null, verdict: null, groupId: last.groupId, count: last.count } : { sampleId: last.sampleId, verdict: last.shown.verdict, groupId: null, count: 1 };
  }

  dismissRefusal(): void {
    this.dispatch({ type: 'refusal-read' });
  }

  private readonly runs = new Map<number, string | null>();
  /** Requests about many samples whose answers somebody waits for. */
  private readonly bulk = new Map<string, { request: BulkRequest; seen: string | null; resolve: (outcome: BulkOutcome) => void; reject: (error: unknown) => void }>();

  private dispatch(event: DecisionEvent): void {
    const next = reduceDecisions(this.log, event);
    if (next === this.log) return;
    this.log = next;
    for (const listener of this.listeners) listener();
  }

  private async pump(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    for (let operation = this.log.waiting[0]; operation !== undefined; operation = this.log.waiting[0]) {
      if (isBulk(operation)) await this.settleMany(operation);
      else await this.settle(operation);
    }
    this.sending = false;
  }

  private async settle(operation: Operation): Promise<void> {
    try {
      const state = await this.send(operation);
      this.ownVersions.set(operation.sampleId, state.version);
      this.io.learned(state);
      this.dispatch({ type: 'confirmed', id: operation.id });
    } catch (error) {
      const { conflict, message, hint, current } = this.io.explain(error);
      if (current) this.io.learned(current);
      this.dispatch({ type: 'refused', id: operation.id, conflict, message, hint });
    } finally {
      this.runs.delete(operation.id);
    }
  }

  private send({ id, kind, sampleId, shown, seenVersion }: Operation): Promise<SampleState> {
    if (kind === 'undo' || shown.verdict === null) return this.io.undo({ projectId: this.projectId, sampleId });
    const expectedVersion = Math.max(seenVersion, this.ownVersions.get(sampleId) ?? 0);
    return this.io.decide({ projectId: this.projectId, sampleId, verdict: shown.verdict, reason: shown.reason, expectedVersion, runId: this.runs.get(id) ?? null });
  }

  private async settleMany(operation: BulkOperation): Promise<void> {
    if (operation.kind === 'undo-many') return this.undoMany(operation);
    const waiting = this.bulk.get(operation.groupId);
    this.bulk.delete(operation.groupId);
    if (waiting === undefined) return this.dispatch({ type: 'without-effect', id: operation.id });
    const outcome = { groupId: operation.groupId, decided: 0, left: 0 };
    try {
      const { verdict, reason, runId, overwrite, target } = waiting.request;
      for (const part of inParts(target)) {
        const { decided, left } = await this.io.decideMany({ projectId: this.projectId, groupId: operation.groupId, target: part, verdict, reason, runId, overwrite, seen: waiting.seen });
        outcome.decided += decided;
        outcome.left += left;
      }
      await this.io.refresh();
      this.dispatch({ type: outcome.decided > 0 ? 'confirmed' : 'without-effect', id: operation.id });
      waiting.resolve(outcome);
    } catch (error) {
      // Parts that were decided before a later one failed stay, and can be undone.
      this.dispatch(outcome.decided > 0 ? { type: 'confirmed', id: operation.id } : { type: 'without-effect', id: operation.id });
      waiting.reject(error);
    }
  }

  private async undoMany(operation: BulkOperation): Promise<void> {
    try {
      await this.io.undoGroup({ projectId: this.projectId, groupId: operation.groupId });
      await this.io.refresh();
      this.dispatch({ type: 'confirmed', id: operation.id });
    } catch (error) {
      const { conflict, message, hint } = this.io.explain(error);
      this.dispatch({ type: 'refused', id: operation.id, conflict, message, hint });
    }
  }
}

/** A target in pieces that fit into an action each. */
export function inParts(target: BulkTarget): BulkTarget[] {
  if (!('ids' in target)) return [target];
  return Array.from({ length: Math.ceil(target.ids.length / idsPerAction) }, (_, part) => ({ ids: target.ids.slice(part * idsPerAction, (part + 1) * idsPerAction) }));
}
