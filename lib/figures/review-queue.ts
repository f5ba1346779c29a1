import type { ScoreTable } from './score-table';
import type { VerdictColumns } from './verdicts';
import { rocFigure } from './roc';

/** Codes of verdictNames. */
const accepted = 1;
const rejected = 2;
const skipped = 3;

/** The first position after `from` whose sample is undecided, going round once; -1 when all are decided. */
export function nextUndecided(queue: Uint32Array, verdict: Uint8Array, from: number): number {
  for (let step = 1; step <= queue.length; step++) {
    const at = (((from + step) % queue.length) + queue.length) % queue.length;
    if (verdict[queue[at]!] === 0) return at;
  }
  return -1;
}

/** Positions of the next `count` undecided samples after `from`, for the strip and for preloading. */
export function upcoming(queue: Uint32Array, verdict: Uint8Array, from: number, count: number): number[] {
  const positions: number[] = [];
  for (let at = from + 1; at < queue.length && positions.length < count; at++) {
    if (verdict[queue[at]!] === 0) positions.push(at);
  }
  return positions;
}

export type ReviewProgress = { readonly total: number; readonly decided: number; readonly accepted: number; readonly rejected: number; readonly skipped: number };

export function reviewProgress(queue: Uint32Array, verdict: Uint8Array): ReviewProgress {
  const counts = [0, 0, 0, 0];
  for (const row of queue) counts[verdict[row]!]!++;
  return { total: queue.length, decided: queue.length - counts[0]!, accepted: counts[accepted]!, rejected: counts[rejected]!, skipped: counts[skipped]! };
}

/** How far the person and the score agree on the decided samples of a queue. */
export type Agreement = {
  /** Share of accepted-rejected pairs in which the accepted sample has the higher quality (ROC AUC; ties count half). */
  readonly share: number | null;
  /** Rejected samples of the highest quality, and accepted ones of the lowest: the most useful to look at again. */
  readonly rejectedHigh: readonly number[];
  readonly acceptedLow: readonly number[];
};

export function agreement(table: Pick<ScoreTable, 'quality'>, { verdict }: Pick<VerdictColumns, 'verdict'>, queue: Uint32Array, examples = 6): Agreement {
  const byQuality = Array.from(queue.filter((row) => Number.isFinite(table.quality[row]!))).sort((a, b) => table.quality[b]! - table.quality[a]!);
  const judged = byQuality.filter((row) => verdict[row] === accepted || verdict[row] === rejected);
  const roc = rocFigure(Float64Array.from(judged, (row) => table.quality[row]!), Uint8Array.from(judged, (row) => (verdict[row] === accepted ? 1 : 0)));
  return {
    share: roc?.auc ?? null,
    rejectedHigh: judged.filter((row) => verdict[row] === rejected).slice(0, examples),
    acceptedLow: judged.filter((row) => verdict[row] === accepted).slice(-examples).reverse(),
  };
}
