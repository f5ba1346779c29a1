import { formatNumber, formatUnit } from './format';

/** How numbers are cut into the steps of a legend: equal ranges of the value, or as many samples in each step. */
export const stepManners = ['ranges', 'counts'] as const;
export type StepManner = (typeof stepManners)[number];

/** Few enough to tell apart, and a legend can filter them. */
const wanted = 5;

/** Codes per value: 0 where there is none, else 1 + the step; `labels` name the steps from small to large. */
export type Steps = { readonly codes: Uint8Array; readonly labels: readonly string[] };

/**
 * Cuts values into at most five steps from small to large. Steps of equal counts end at the quintiles; where many values
 * are equal, quintiles fall together and there are fewer steps. A value at the border of two belongs to the upper one.
 */
export function stepsOf(values: Float64Array, manner: StepManner): Steps {
  const edges = edgesOf(values, manner);
  const codes = new Uint8Array(values.length);
  if (edges.length === 0) return { codes, labels: [] };
  const inner = edges.slice(1, -1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    let step = 0;
    while (step < inner.length && value >= inner[step]!) step++;
    codes[i] = step + 1;
  }
  const format = edgeFormat(edges);
  return { codes, labels: edges.slice(1).map((edge, i) => (edge === edges[i] ? format(edge) : `${format(edges[i]!)} to ${format(edge)}`)) };
}

/** Borders of the steps, ascending; one value alone gives one step of no width. */
function edgesOf(values: Float64Array, manner: StepManner): number[] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!)) continue;
    if (values[i]! < low) low = values[i]!;
    if (values[i]! > high) high = values[i]!;
  }
  if (low > high) return [];
  if (low === high) return [low, high];
  const shares = Array.from({ length: wanted + 1 }, (_, i) => i / wanted);
  if (manner === 'ranges') return shares.map((share) => low + share * (high - low));
  const sorted = values.filter(Number.isFinite).sort();
  return [...new Set(shares.map((share) => sorted[Math.min(sorted.length - 1, Math.round(share * sorted.length))]!))];
}

/** Two decimals where the steps lie in 0..1 and are wide enough for it, else as many digits as tell them apart. */
function edgeFormat(edges: readonly number[]): (value: number) => string {
  const narrowest = Math.min(...edges.slice(1).map((edge, i) => edge - edges[i]!));
  if (edges[0]! < 0 || edges.at(-1)! > 1) return (value) => formatNumber(value);
  if (narrowest >= 0.015) return (value) => formatUnit(value);
  return narrowest >= 0.002 ? (value) => formatUnit(value, 3) : (value) => formatNumber(value);
}
