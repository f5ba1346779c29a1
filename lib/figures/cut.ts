import type { RankingFilter } from '@/lib/api/contracts/exports';
import { radixOrder, orderedWords } from './radix-order';
import type { Sort } from './ranking';
import { roleNames, verdictNames, zoneNames, type ScoreTable } from './score-table';
import type { VerdictColumns } from './verdicts';

/**
 * The auxiliary samples of a run that have a quality, best first; ties fall as in the ranking on the screen. A cut keeps the
 * first so many of them, whatever is filtered.
 */
export type CutRanking = {
  /** Rows of the score table, best first. */
  readonly rows: Uint32Array;
  /** Of each row of the score table its place in `rows`, from 0; -1 when it is no scored auxiliary sample. */
  readonly place: Int32Array;
};

const auxiliary = roleNames.indexOf('auxiliary');

/** Whether a row of the table belongs to the ranking that a cut counts in. */
export function isInRanking(table: ScoreTable, row: number): boolean {
  return table.role[row] === auxiliary && Number.isFinite(table.quality[row]);
}

/** How many samples the ranking has that a cut counts in. O(rows), without sorting them. */
export function rankedCount(table: ScoreTable): number {
  let count = 0;
  for (let row = 0; row < table.rows; row++) if (isInRanking(table, row)) count++;
  return count;
}

/** The ranking that a cut counts in, sorted at the first call and kept: without a cut nobody asks for it. */
export function lazyCutRanking(table: ScoreTable): () => CutRanking {
  let ranking: CutRanking | null = null;
  return () => (ranking ??= cutRanking(table));
}

/** The ranking that a cut counts in. O(rows). */
export function cutRanking(table: ScoreTable): CutRanking {
  const scored = Uint32Array.from({ length: table.rows }, (_, row) => row).filter((row) => isInRanking(table, row));
  const { high, low } = orderedWords(table.quality, true);
  const rows = radixOrder(scored, [high, low, table.tie]);
  const place = new Int32Array(table.rows).fill(-1);
  rows.forEach((row, at) => (place[row] = at));
  return { rows, place };
}

/** A number of kept samples that the ranking can have: whole, from 0 to all. */
export function clampKeep(total: number, keep: number): number {
  return Math.min(total, Math.max(0, Math.round(keep)));
}

/** Quality of the last sample that is kept; null when none is. */
export function thresholdAt(table: ScoreTable, ranking: CutRanking, keep: number): number | null {
  const row = ranking.rows[clampKeep(ranking.rows.length, keep) - 1];
  return row === undefined ? null : table.quality[row]!;
}

/** How many samples have at least this quality: the cut that a threshold makes. */
export function keepAtQuality(table: ScoreTable, ranking: CutRanking, quality: number): number {
  return firstWhere(ranking.rows.length, (at) => table.quality[ranking.rows[at]!]! < quality);
}

/** First index in 0..length for which `holds`, length when none; what holds must hold for all that follow. */
function firstWhere(length: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether the order on the screen runs as the cut does: only then has the cut one place in it. */
export function hasCutLine(sort: Sort): boolean {
  return sort.key === 'quality' && sort.descending;
}

/** Number of samples of the order on the screen (by quality, best first, filtered or not) that lie above the cut. */
export function positionOfCut(ranking: CutRanking, order: Uint32Array, keep: number): number {
  return firstWhere(order.length, (at) => {
    const place = ranking.place[order[at]!]!;
    return place < 0 || place >= keep;
  });
}

/** The cut that a place in the order on the screen means: what stands before it is kept, with all better ones that the filter hides. */
export function keepAtPosition(ranking: CutRanking, order: Uint32Array, position: number): number {
  if (order.length === 0) return 0;
  if (position <= 0) return Math.max(0, ranking.place[order[0]!]!);
  for (let at = Math.min(position, order.length) - 1; at >= 0; at--) {
    const place = ranking.place[order[at]!]!;
    if (place >= 0) return place + 1;
  }
  return 0;
}

/** What lies above a cut. */
export type CutFacts = {
  readonly keep: number;
  readonly total: number;
  readonly threshold: number | null;
  /** By code of zone and of verdict, as zoneNames and verdictNames count them. */
  readonly zones: readonly number[];
  readonly verdicts: readonly number[];
  /** Samples below the cut with the same quality as the last one above it: a rule by quality takes them too. */
  readonly tied: number;
};

/** Counts of what lies above a cut. O(keep). */
export function cutFacts(table: ScoreTable, verdicts: VerdictColumns, ranking: CutRanking, wanted: number): CutFacts {
  const keep = clampKeep(ranking.rows.length, wanted);
  const zones = zoneNames.map(() => 0);
  const states = verdictNames.map(() => 0);
  for (const row of ranking.rows.subarray(0, keep)) {
    zones[table.zone[row]!]!++;
    states[verdicts.verdict[row]!]!++;
  }
  const threshold = thresholdAt(table, ranking, keep);
  const tied = threshold === null ? 0 : keepAtQuality(table, ranking, threshold) - keep;
  return { keep, total: ranking.rows.length, threshold, zones, verdicts: states, tied };
}

/** The rule that selects what lies above a cut (and what ties with its last sample), within a filter; null when nothing does. */
export function cutRule(table: ScoreTable, ranking: CutRanking, keep: number, filter: RankingFilter): RankingFilter | null {
  const threshold = thresholdAt(table, ranking, keep);
  if (threshold === null) return null;
  const [low, high] = filter.quality ?? [null, null];
  return { ...filter, roles: ['auxiliary'], quality: [low === null ? threshold : Math.max(low, threshold), high] };
}

/** Where a first cut is set: as many as there are realistic samples where zones are known, else half. */
export function firstCut(table: ScoreTable, ranking: CutRanking): number {
  const realistic = zoneNames.indexOf('realistic');
  const count = ranking.rows.reduce((sum, row) => sum + (table.zone[row] === realistic ? 1 : 0), 0);
  return count > 0 ? count : Math.ceil(ranking.rows.length / 2);
}

/** How far a key moves a cut, as sliders do; null for keys that move none. */
export function cutAfterKey(key: string, keep: number, total: number): number | null {
  const steps: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10, Home: -total, End: total };
  const step = steps[key];
  return step === undefined ? null : Math.min(total, Math.max(0, keep + step));
}
