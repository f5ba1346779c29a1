import { percentile } from '../detectors/squash';

/** Resampling spread of each auxiliary row's quality over the training subsets (not a credible interval). */
export type Spread = {
  readonly mean: Float64Array;
  /** Population standard deviation. */
  readonly standardDeviation: Float64Array;
  readonly p05: Float64Array;
  readonly p50: Float64Array;
  readonly p95: Float64Array;
};

/** Statistics per row of a rows x subsets array, row-major. */
export function spreadOf(values: Float64Array, rows: number, subsets: number): Spread {
  const spread = {
    mean: new Float64Array(rows),
    standardDeviation: new Float64Array(rows),
    p05: new Float64Array(rows),
    p50: new Float64Array(rows),
    p95: new Float64Array(rows),
  };
  for (let i = 0; i < rows; i += 1) {
    const row = values.subarray(i * subsets, (i + 1) * subsets);
    const mean = row.reduce((sum, value) => sum + value, 0) / subsets;
    spread.mean[i] = mean;
    spread.standardDeviation[i] = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / subsets);
    spread.p05[i] = percentile(row, 5);
    spread.p50[i] = percentile(row, 50);
    spread.p95[i] = percentile(row, 95);
  }
  return spread;
}
