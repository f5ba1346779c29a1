import { pearson } from '../correlation';
import { orderedWords, radixOrder } from '../radix-order';
import type { ComparedRun } from '../run-comparison';
import { takeRows, type RunValues } from './run-values';

/** Runs over the samples that all of them scored; row i of every run is the same sample. */
export type AlignedRuns = { readonly rows: number; readonly runs: readonly RunValues[]; /** By run: percentile of each sample among these samples. */ readonly percentiles: readonly Float64Array[] };

/** Brings runs to the samples that they have in common, in the order of the first. */
export function alignRuns(runs: readonly RunValues[]): AlignedRuns {
  const [first] = runs;
  if (first === undefined) return { rows: 0, runs: [], percentiles: [] };
  const aligned = runs.every((run) => sameIds(run.ids, first.ids)) ? runs : commonSamples(runs);
  return { rows: aligned[0]!.rows, runs: aligned, percentiles: aligned.map(({ quality }) => percentilesOf(quality)) };
}

function sameIds(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function commonSamples(runs: readonly RunValues[]): RunValues[] {
  const keys = runs.map(({ ids, rows }) => Array.from({ length: rows }, (_, row) => String.fromCharCode(...ids.subarray(16 * row, 16 * row + 16))));
  const places = keys.map((own) => new Map(own.map((key, row) => [key, row])));
  const common = keys[0]!.filter((key) => places.every((place) => place.has(key)));
  return runs.map((run, i) => takeRows(run, Uint32Array.from(common, (key) => places[i]!.get(key)!)));
}

/** Share of the other values that each is greater than, ties half, in percent: 100 is the best, 0 the worst; 100 for a value alone. */
export function percentilesOf(values: Float64Array): Float64Array {
  const n = values.length;
  const out = new Float64Array(n).fill(100);
  if (n < 2) return out;
  const { high, low } = orderedWords(values, false);
  const order = radixOrder(Uint32Array.from({ length: n }, (_, i) => i), [high, low]);
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && values[order[end]!] === values[order[start]!]) end += 1;
    const percentile = (100 * ((start + end - 1) / 2)) / (n - 1);
    for (let i = start; i < end; i++) out[order[i]!] = percentile;
    start = end;
  }
  return out;
}

/** Spearman's correlation of every two runs over their common samples (Pearson's of average ranks); NaN where it says nothing. */
export function agreementMatrix({ percentiles }: Pick<AlignedRuns, 'percentiles'>): number[][] {
  const matrix = percentiles.map(() => new Array<number>(percentiles.length).fill(1));
  for (let i = 0; i < percentiles.length; i++) {
    for (let j = 0; j < i; j++) matrix[i]![j] = matrix[j]![i] = pearson(percentiles[i]!, percentiles[j]!);
  }
  return matrix;
}

/** Spearman's correlations of the runs that are here, over the samples that all of these scored. */
export type Agreement = { readonly lines: readonly ComparedRun[]; readonly matrix: readonly (readonly number[])[]; readonly rows: number };

/** The run that agrees least with `runId`, chance left out; null when there is none. */
export function leastAgreeing({ lines, matrix }: Agreement, runId: string): ComparedRun | null {
  const own = matrix[lines.findIndex(({ run }) => run.id === runId)];
  if (own === undefined) return null;
  const others = lines.flatMap((line, i) => (line.run.id === runId || line.run.evaluator === 'RANDOMEV' || !Number.isFinite(own[i]!) ? [] : [{ line, agreement: own[i]! }]));
  return others.toSorted((a, b) => a.agreement - b.agreement)[0]?.line ?? null;
}
