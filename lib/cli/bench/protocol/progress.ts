import type { Cell } from './results-file';

/** Duration in words: seconds below two minutes, otherwise minutes, hours from two hours on. */
export function durationOf(seconds: number): string {
  if (seconds < 119.5) return `${Math.round(seconds)} s`;
  if (seconds < 7170) return `${Math.round(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

/**
 * Estimates what is left. A set that was measured takes its mean again; others take the mean pace of the measured ones times
 * their weight.
 */
export class TimeLeft {
  readonly #weights: ReadonlyMap<string, number>;
  readonly #threads: number;
  readonly #measured = new Map<string, { seconds: number; cells: number }>();
  readonly #left: Map<string, number>;

  constructor(cells: readonly Cell[], weights: ReadonlyMap<string, number>, threads: number) {
    this.#weights = weights;
    this.#threads = threads;
    this.#left = new Map();
    for (const { set } of cells) this.#left.set(set, (this.#left.get(set) ?? 0) + 1);
  }

  finished(set: string, seconds: number): void {
    const before = this.#measured.get(set) ?? { seconds: 0, cells: 0 };
    this.#measured.set(set, { seconds: before.seconds + seconds, cells: before.cells + 1 });
    this.skipped(set);
  }

  /** A cell that took no time worth counting. */
  skipped(set: string): void {
    this.#left.set(set, this.#left.get(set)! - 1);
  }

  /** Seconds of wall clock; undefined before the first cell. */
  seconds(): number | undefined {
    if (this.#measured.size === 0) return undefined;
    let weight = 0;
    let seconds = 0;
    for (const [set, measured] of this.#measured) {
      weight += this.#weights.get(set)!;
      seconds += measured.seconds / measured.cells;
    }
    let left = 0;
    for (const [set, cells] of this.#left) {
      const measured = this.#measured.get(set);
      left += cells * (measured === undefined ? this.#weights.get(set)! * (seconds / weight) : measured.seconds / measured.cells);
    }
    return left / this.#threads;
  }
}
