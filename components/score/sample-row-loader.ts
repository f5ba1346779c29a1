import type { SampleRow } from '@/lib/api/contracts/samples';

type Waiting = { readonly resolve: (row: SampleRow | null) => void; readonly reject: (error: unknown) => void };

/** Largest number of ids that the route takes at once. */
const largest = 500;

/**
 * Gathers the rows that tiles ask for within a moment into few requests. A tile that has scrolled away before
 * the request left is forgotten, so that a fast scroll does not ask for thousands.
 */
export class SampleRowLoader {
  private waiting = new Map<string, Waiting[]>();
  private scheduled = false;

  constructor(
    private readonly fetchRows: (ids: readonly string[]) => Promise<readonly SampleRow[]>,
    private readonly later: (run: () => void) => void,
  ) {}

  /** The row of a sample; null when the project no longer holds it. Rejects with the signal's reason when aborted in time. */
  load(id: string, signal?: AbortSignal): Promise<SampleRow | null> {
    return new Promise((resolve, reject) => {
      const entry = { resolve, reject };
      this.waiting.set(id, [...(this.waiting.get(id) ?? []), entry]);
      signal?.addEventListener('abort', () => this.forget(id, entry, signal.reason), { once: true });
      if (this.scheduled) return;
      this.scheduled = true;
      this.later(() => this.flush());
    });
  }

  private forget(id: string, entry: Waiting, reason: unknown): void {
    const left = (this.waiting.get(id) ?? []).filter((one) => one !== entry);
    if (left.length > 0) this.waiting.set(id, left);
    else this.waiting.delete(id);
    entry.reject(reason);
  }

  private flush(): void {
    const batch = this.waiting;
    this.waiting = new Map();
    this.scheduled = false;
    const ids = [...batch.keys()];
    for (let at = 0; at < ids.length; at += largest) void this.answer(ids.slice(at, at + largest), batch);
  }

  private async answer(ids: readonly string[], batch: ReadonlyMap<string, readonly Waiting[]>): Promise<void> {
    try {
      const rows = new Map((await this.fetchRows(ids)).map((row) => [row.id, row]));
      for (const id of ids) for (const entry of batch.get(id) ?? []) entry.resolve(rows.get(id) ?? null);
    } catch (error) {
      for (const id of ids) for (const entry of batch.get(id) ?? []) entry.reject(error);
    }
  }
}
