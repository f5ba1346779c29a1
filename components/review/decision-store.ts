import type { ActionInput } from '@/lib/api/contracts/actions';
import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import type { SampleState } from '@/lib/api/contracts/decisions';
import { emptyLog, reduceDecisions, shownVerdict, type DecisionEvent, type DecisionLog, type Operation } from '@/lib/figures/decision-log';

/** What the store needs of the world. */
export interface DecisionIo {
  decide(input: ActionInput<'decide'>): Promise<SampleState>;
  undo(input: ActionInput<'undo'>): Promise<SampleState>;
  /** The states as this browser knows them. */
  known(): ReadonlyMap<string, SampleState>;
  /** Keeps a state that the server answered. */
  learned(state: SampleState): void;
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

  /** Takes the latest own decision back; the sample it was about, or null when there is none. */
  undo(): string | null {
    const last = this.log.undoStack.at(-1);
    if (last === undefined) return null;
    this.dispatch({ type: 'undone', at: this.io.now() });
    void this.pump();
    return last.sampleId;
  }

  dismissRefusal(): void {
    this.dispatch({ type: 'refusal-read' });
  }

  private readonly runs = new Map<number, string | null>();

  private dispatch(event: DecisionEvent): void {
    const next = reduceDecisions(this.log, event);
    if (next === this.log) return;
    this.log = next;
    for (const listener of this.listeners) listener();
  }

  private async pump(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    for (let operation = this.log.waiting[0]; operation !== undefined; operation = this.log.waiting[0]) await this.settle(operation);
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
}
