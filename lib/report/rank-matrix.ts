import { spearman } from '@/lib/figures/correlation';
import type { ScoreTable } from '@/lib/figures/score-table';

/** Samples that the correlations are computed from at most. */
const MOST_ROWS = 20_000;

/** Spearman's correlation of each run with each: NaN where two runs share too few samples. */
export type RankMatrix = { readonly values: readonly (readonly number[])[]; /** Every n-th sample was taken. */ readonly step: number };

/** Rank correlations of the qualities of several runs, over the samples of the first. */
export function rankMatrix(tables: readonly ScoreTable[]): RankMatrix {
  const [first] = tables;
  if (first === undefined) return { values: [], step: 1 };
  const step = Math.max(1, Math.ceil(first.rows / MOST_ROWS));
  const ids = first.ids.filter((_, row) => row % step === 0);
  const columns = tables.map((table) => Float64Array.from(ids, (id) => table.quality[table.rowOf.get(id) ?? -1] ?? Number.NaN));
  const values = columns.map(() => columns.map(() => 1));
  columns.forEach((a, i) => {
    for (const [j, b] of columns.entries()) {
      if (j <= i) continue;
      const value = spearman(a, b);
      values[i]![j] = value;
      values[j]![i] = value;
    }
  });
  return { values, step };
}
