import type { ActionInput } from '@/lib/api/contracts/actions';
import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import { answersAtOnce, maxAnswerMs } from '@/lib/api/contracts/limits';
import type { AnsweredItems, ClaimedItems, ReviewItem } from '@/lib/api/contracts/review-queues';

/** What the store needs of the world. */
export interface QueueIo {
  claim(input: ActionInput<'claimItems'>): Promise<ClaimedItems>;
  answer(input: ActionInput<'answerItems'>): Promise<AnsweredItems>;
  undo(input: ActionInput<'undoAnswer'>): Promise<ClaimedItems>;
  /** What a failure means to the person. */
  explain(error: unknown): { readonly code: string | null; readonly detail: string; readonly hint: string | null };
  now(): number;
  /** Told when an answer is on record. */
  durable(since: number): void;
}

export type Answered = { readonly item: ReviewItem; readonly verdict: Verdict; readonly reason: RejectReason | null };

export type QueueState = {
  /** Held here and not answered yet; the first is looked at. Null until the first answer of the server. */
  readonly items: readonly ReviewItem[] | null;
  /** Answers of this sitting that were not taken back, skips among them, the latest last: the steps of undo. */
  readonly steps: readonly Answered[];
  readonly last: Answered | null;
  /** What was just taken back; null after the next answer. */
  readonly takenBack: Answered | null;
  /** Items that were skipped in this sitting. */
  readonly skipped: ReadonlySet<string>;
  /** Answers that the server has not confirmed. */
  readonly unsent: number;
  /** How many of this sitting's verdicts, without skips, the server has on record: what its own count includes of them. */
  readonly recorded: number;
  /** Times (ms) of all answers of this sitting, for the pace. */
  readonly times: readonly number[];
  /** What did not hold, until it is read. */
  readonly refusal: { readonly code: string | null; readonly detail: string; readonly hint: string | null } | null;
  readonly closed: boolean;
};

export const noItems: QueueState = { items: null, steps: [], last: null, takenBack: null, skipped: new Set(), unsent: 0, recorded: 0, times: [], refusal: null, closed: false };

/** Accepted or rejected in this sitting and not taken back, the latest last. */
export function verdictsOf({ steps }: Pick<QueueState, 'steps'>): readonly Answered[] {
  return steps.filter(({ verdict }) => verdict !== 'skipped');
}

type AnswerOperation = { readonly kind: 'answer'; readonly answered: Answered; readonly milliseconds: number; readonly at: number };
type Operation =
  | { readonly kind: 'claim' | 'leave' }
  | AnswerOperation
  /** `step` is null when this sitting does not know which one comes back. */
  | { readonly kind: 'undo'; readonly step: Answered | null };

/** The item that is looked at, and those fetched ahead. */
const hold = 5;

function without(items: readonly ReviewItem[], leaving: string | undefined): readonly ReviewItem[] {
  return items.filter(({ id }) => id !== leaving);
}

/** What is skipped, less an item that comes back. */
function lessOne({ skipped }: QueueState, itemId: string): ReadonlySet<string> {
  return new Set([...skipped].filter((id) => id !== itemId));
}

/** What an operation that held adds to the verdicts on record. An answer of an earlier sitting that is taken back was never counted here. */
function recordedBy(operation: Operation): number {
  const isVerdict = (one: Answered | null) => one !== null && one.verdict !== 'skipped';
  if (operation.kind === 'answer') return isVerdict(operation.answered) ? 1 : 0;
  return operation.kind === 'undo' && isVerdict(operation.step) ? -1 : 0;
}

/**
 * One person's sitting at one queue: answers are painted at once and sent in order; the server hands out the next items with
 * every answer. What it refuses is told, and the sitting goes on with what is still held.
 */
export class QueueStore {
  private state: QueueState = noItems;
  private operations: readonly Operation[] = [];
  private sending = false;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly projectId: string,
    private readonly queueId: string,
    private readonly io: QueueIo,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): QueueState => this.state;

  /** Asks for items: at the beginning, and again when colleagues held the last ones. */
  claim(): void {
    if (this.operations.at(-1)?.kind !== 'claim') this.send({ kind: 'claim' });
  }

  /** Answers the first item. `milliseconds`: since it was painted. */
  answer(verdict: Verdict, reason: RejectReason | null, milliseconds: number): void {
    const item = this.state.items?.[0];
    if (item === undefined) return;
    const { state } = this;
    const answered = { item, verdict, reason };
    const at = this.io.now();
    const shown = {
      items: state.items!.slice(1),
      steps: [...state.steps, answered],
      last: answered,
      takenBack: null,
      skipped: verdict === 'skipped' ? new Set([...state.skipped, item.id]) : state.skipped,
      times: [...state.times, at],
    };
    this.send({ kind: 'answer', answered, milliseconds: Math.round(Math.min(maxAnswerMs, Math.max(0, milliseconds))), at }, shown);
  }

  /**
   * Takes the latest step back, an answer or a skip, and answers which; its item comes first again. Null: nothing of this
   * sitting is left, and the latest answer of an earlier one is asked back.
   */
  undo(): Answered | null {
    const { state } = this;
    const step = state.steps.at(-1) ?? null;
    const shown = { steps: state.steps.slice(0, -1), last: null, takenBack: step };
    if (step === null) this.send({ kind: 'undo', step }, shown);
    else this.send({ kind: 'undo', step }, { ...shown, items: [step.item, ...without(state.items ?? [], step.item.id)], skipped: lessOne(state, step.item.id) });
    return step;
  }

  /** Skipped items may be looked at again. */
  forgetSkipped(): void {
    this.change({ skipped: new Set() });
  }

  dismissRefusal(): void {
    this.change({ refusal: null });
  }

  /** Gives what is held to colleagues, after what was answered is sent. */
  leave(): void {
    this.send({ kind: 'leave' });
  }

  private change(part: Partial<QueueState>): void {
    this.state = { ...this.state, ...part, unsent: this.operations.filter(({ kind }) => kind === 'answer' || kind === 'undo').length };
    for (const listener of this.listeners) listener();
  }

  /** What is shown changes together with what is unsent: nobody sees an answer as stored that is on its way. */
  private send(operation: Operation, shown: Partial<QueueState> = {}): void {
    this.operations = [...this.operations, operation];
    this.change(shown);
    void this.pump();
  }

  private async pump(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    for (let next = this.operations[0]; next !== undefined; next = this.operations[0]) await this.settle(next);
    this.sending = false;
  }

  /** Sends an operation; answers that wait for one another go together. */
  private async settle(operation: Operation): Promise<void> {
    try {
      const { items, done } = operation.kind === 'answer' ? await this.sendAnswers() : { ...(await this.perform(operation)), done: 1 };
      const settled = this.operations.slice(0, done);
      for (const one of settled) if (one.kind === 'answer') this.io.durable(one.at);
      this.operations = this.operations.slice(done);
      const recorded = settled.reduce((sum, one) => sum + recordedBy(one), this.state.recorded);
      this.change({ recorded, items: operation.kind === 'leave' ? null : this.merged(items, operation.kind === 'undo') });
    } catch (error) {
      this.operations = this.operations.slice(1);
      this.refused(operation, this.io.explain(error));
    }
  }

  /** All answers that wait before anything else does. */
  private sendAnswers(): Promise<AnsweredItems> {
    const end = this.operations.findIndex(({ kind }) => kind !== 'answer');
    const waiting = this.operations.slice(0, Math.min(answersAtOnce, end < 0 ? this.operations.length : end)) as readonly AnswerOperation[];
    const answers = waiting.map(({ answered: { item, verdict, reason }, milliseconds }) => ({ itemId: item.id, verdict, reason, milliseconds }));
    return this.io.answer({ projectId: this.projectId, queueId: this.queueId, answers, hold });
  }

  private perform(operation: Exclude<Operation, AnswerOperation>): Promise<ClaimedItems> {
    const queue = { projectId: this.projectId, queueId: this.queueId };
    if (operation.kind !== 'undo') return this.io.claim({ ...queue, hold: operation.kind === 'leave' ? 0 : hold });
    const { step } = operation;
    return this.io.undo({ ...queue, hold, skipped: step?.verdict === 'skipped' ? { itemId: step.item.id, position: step.item.position } : null });
  }

  /** What is held, as the server says, less what was answered here since; what is on the screen stays there. */
  private merged(held: readonly ReviewItem[], first: boolean): readonly ReviewItem[] {
    const leaving = new Set(this.operations.flatMap((one) => (one.kind === 'answer' ? [one.answered.item.id] : [])));
    const coming = new Set(this.operations.flatMap((one) => (one.kind === 'undo' && one.step !== null ? [one.step.item.id] : [])));
    const fresh = new Map(held.map((item) => [item.id, item]));
    const known = (this.state.items ?? []).flatMap((item) => fresh.get(item.id) ?? (coming.has(item.id) ? [item] : []));
    const shown = new Set(known.map(({ id }) => id));
    const added = held.filter(({ id }) => !shown.has(id) && !leaving.has(id));
    return first ? [...added, ...known] : [...known, ...added];
  }

  private refused(operation: Operation, problem: NonNullable<QueueState['refusal']>): void {
    const { state } = this;
    const closed = problem.code === 'review.closed';
    if (operation.kind !== 'answer') {
      const withdrawn = operation.kind === 'undo' ? operation.step?.item.id : undefined;
      this.change({ refusal: problem, closed, takenBack: null, items: without(state.items ?? [], withdrawn) });
      return;
    }
    const { item } = operation.answered;
    // One that is gone, or went back, is not held any more; any other failure leaves it here, to be answered again.
    const gone = closed || problem.code === 'review.lease_lost' || problem.code === 'request.conflict';
    this.change({
      refusal: problem,
      closed,
      steps: state.steps.filter((one) => one !== operation.answered),
      skipped: lessOne(state, item.id),
      items: gone ? state.items : [...without(state.items ?? [], item.id), item],
    });
    if (gone && !closed) this.claim();
  }
}
