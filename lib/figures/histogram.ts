import { extent } from './axis';

export type HistogramSeries = { readonly name: string; readonly counts: Uint32Array; readonly total: number };

export type Histogram = {
  /** bins + 1 edges, equally wide. */
  readonly edges: Float64Array;
  readonly series: readonly HistogramSeries[];
  /** Height of the tallest stack. */
  readonly tallest: number;
};

/**
 * Stacked counts of `values` per group in equally wide bins over `domain` (else over the data). The last bin
 * is closed on both sides. Rows without a finite value, or whose group code has no name, are left out.
 * Null when nothing is left.
 */
export function histogram(
  values: ArrayLike<number>,
  rows: ArrayLike<number>,
  groups: { readonly codes: ArrayLike<number>; readonly names: readonly (string | null)[] },
  { bins = 24, domain }: { bins?: number; domain?: readonly [number, number] } = {},
): Histogram | null {
  const range = domain ?? extent(values, rows);
  if (range === null) return null;
  const [low, high] = range[0] === range[1] ? [range[0] - 0.5, range[0] + 0.5] : range;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => low + (i / bins) * (high - low));
  const counts = groups.names.map(() => new Uint32Array(bins));
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const value = values[row]!;
    if (!(value >= low && value <= high)) continue;
    const bin = Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));
    counts[groups.codes[row]!]![bin]!++;
  }
  const series = groups.names.flatMap((name, code) => {
    const total = counts[code]!.reduce((sum, count) => sum + count, 0);
    return name === null || total === 0 ? [] : [{ name, counts: counts[code]!, total }];
  });
  if (series.length === 0) return null;
  const heights = Array.from({ length: bins }, (_, bin) => series.reduce((sum, one) => sum + one.counts[bin]!, 0));
  return { edges, series, tallest: Math.max(...heights) };
}

/** One sentence for readers who do not see the bars. */
export function describeHistogram(figure: Histogram, of: string): string {
  const parts = figure.series.map((one) => {
    const peak = one.counts.indexOf(Math.max(...one.counts));
    return `${one.name}: ${one.total}, most between ${figure.edges[peak]!.toFixed(2)} and ${figure.edges[peak + 1]!.toFixed(2)}`;
  });
  return `Histogram of ${of}. ${parts.join('; ')}.`;
}
