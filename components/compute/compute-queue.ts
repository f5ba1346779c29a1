import { ProblemError } from '@/lib/api/client';
import type { BrowserEnd } from '@/lib/api/contracts/browser-runs';
import { toAssayError } from '@/lib/errors';
import type { ComputeProgress } from '@/lib/inference/web/compute';
import type { ComputeItem } from './compute-item';

/** `stopped`: it can be tried again; what the server was not told is still pending there. `failed`: its end is stored. */
export type ItemPhase = 'waiting' | 'working' | 'stopped' | 'failed';

export type ItemState = { readonly item: ComputeItem; readonly phase: ItemPhase; readonly progress: ComputeProgress | null; readonly error: unknown };

/** What the queue does its work with. */
export type QueueTools = {
  /** Computes an item and hands its result in. */
  work(item: ComputeItem, signal: AbortSignal, onProgress: (progress: ComputeProgress) => void): Promise<void>;
  /** Stores an end without a result. */
  end(item: ComputeItem, end: BrowserEnd): Promise<void>;
  /** Keeps other tabs from computing the same until the answer is called; null when another one does already. */
  hold(item: ComputeItem): Promise<(() => void) | null>;
  /** All is done. */
  idle(): void;
};

const MESSAGE_LENGTH = 500;

type Entry = { state: ItemState; readonly cancel: AbortController; /** Undefined until this tab holds it. */ release: (() => void) | undefined };

/** Runs and maps that this tab computes, one after another; they go on while the person looks at other pages of Assay. */
export class ComputeQueue {
  #entries: Entry[] = [];
  #states: readonly ItemState[] = [];
  #working = false;
  readonly #listeners = new Set<() => void>();

  constructor(readonly tools: QueueTools) {}

  /** Everything that waits, works, or stopped and was not put away; the same list until something changes. */
  get states(): readonly ItemState[] {
    return this.#states;
  }

  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes items on, except those that it has or that another tab computes. */
  async add(items: readonly ComputeItem[]): Promise<void> {
    for (const item of items) {
      const known = this.#entries.find(({ state }) => state.item.id === item.id);
      if (known !== undefined && isLive(known.state)) continue;
      this.dismiss(item.id);
      const entry: Entry = { state: { item, phase: 'waiting', progress: null, error: null }, cancel: new AbortController(), release: undefined };
      this.#entries.push(entry);
      this.#changed();
      const release = await this.tools.hold(item);
      if (release === null) this.#remove(entry);
      else entry.release = release;
    }
    await this.#run();
  }

  /** Ends an item; its run or map is stored as cancelled. */
  cancel(id: string): void {
    const entry = this.#entries.find(({ state }) => state.item.id === id);
    if (entry === undefined || !isLive(entry.state)) return;
    entry.cancel.abort();
    if (entry.state.phase === 'waiting') void this.#end(entry, { outcome: 'cancelled' });
  }

  /** Puts an item that stopped or failed out of sight. */
  dismiss(id: string): void {
    const entry = this.#entries.find(({ state }) => state.item.id === id);
    if (entry !== undefined && !isLive(entry.state)) this.#remove(entry);
  }

  async #run(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#compute(next);
    this.#working = false;
    this.tools.idle();
  }

  #next(): Entry | undefined {
    return this.#entries.find(({ state, cancel, release }) => state.phase === 'waiting' && release !== undefined && !cancel.signal.aborted);
  }

  async #compute(entry: Entry): Promise<void> {
    const { item } = entry.state;
    this.#set(entry, { phase: 'working' });
    try {
      await this.tools.work(item, entry.cancel.signal, (progress) => this.#set(entry, { progress }));
      this.#remove(entry);
    } catch (thrown) {
      if (entry.cancel.signal.aborted) await this.#end(entry, { outcome: 'cancelled' });
      // What the server said of a request is no property of the run: it can be computed again.
      else if (thrown instanceof ProblemError) this.#stop(entry, thrown);
      else await this.#end(entry, failure(thrown), thrown);
    }
  }

  /** Stores the end. When not even that succeeds, the run stays pending and can be computed again. */
  async #end(entry: Entry, end: BrowserEnd, error: unknown = null): Promise<void> {
    try {
      await this.tools.end(entry.state.item, end);
    } catch (thrown) {
      // It has ended already, or is gone: there is nothing left to tell.
      if (thrown instanceof ProblemError && ['request.conflict', 'request.not_found'].includes(thrown.code)) this.#remove(entry);
      else this.#stop(entry, thrown);
      return;
    }
    if (end.outcome === 'cancelled') this.#remove(entry);
    else this.#stop(entry, error, 'failed');
  }

  #stop(entry: Entry, error: unknown, phase: 'stopped' | 'failed' = 'stopped'): void {
    entry.release?.();
    this.#set(entry, { phase, error });
  }

  #remove(entry: Entry): void {
    entry.release?.();
    this.#entries = this.#entries.filter((one) => one !== entry);
    this.#changed();
  }

  #set(entry: Entry, change: Partial<ItemState>): void {
    entry.state = { ...entry.state, ...change };
    this.#changed();
  }

  #changed(): void {
    this.#states = this.#entries.map(({ state }) => state);
    for (const listener of this.#listeners) listener();
  }
}

export function isLive({ phase }: ItemState): boolean {
  return phase === 'waiting' || phase === 'working';
}

function failure(thrown: unknown): BrowserEnd {
  const { code, message } = toAssayError(thrown);
  return { outcome: 'failed', code, message: message.slice(0, MESSAGE_LENGTH) || 'It gave no reason.' };
}
