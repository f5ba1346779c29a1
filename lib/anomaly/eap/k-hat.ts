import { betaQuantile } from '../distributions/beta';

/** Absorbs rounding where the value to be rounded down is a whole number. */
const WHOLE_NUMBER_SLACK = 1e-9;

/**
 * k-hat (EAP paper, Eq. 7; docs/methods/eap.md): with c centres and floor f, s = sum over the m training anomalies of (k_a - f)/(c - 1 - f) with k_a
 * raised to f, q = the `quantile` (0.95) of Beta(1 + s, 1 + m - s), k-hat = floor(q (c - 1 - f) + f), kept in [f, c - 1].
 * c <= f + 1 gives c - 1.
 */
export function estimateK(coveringRanks: ArrayLike<number>, centres: number, floor: number, quantile = 0.95): number {
  const span = centres - 1 - floor;
  if (span <= 0) return centres - 1;
  const m = coveringRanks.length;
  let sum = 0;
  for (let i = 0; i < m; i += 1) sum += (Math.max(coveringRanks[i]!, floor) - floor) / span;
  return kFromSum(sum, m, centres, floor, quantile);
}

/** The last step of `estimateK` from the sum of scaled ranks. */
export function kFromSum(sum: number, m: number, centres: number, floor: number, quantile = 0.95): number {
  const span = centres - 1 - floor;
  if (span <= 0) return centres - 1;
  const value = betaQuantile(quantile, 1 + sum, 1 + m - sum) * span + floor;
  return Math.min(centres - 1, Math.max(floor, Math.floor(value + WHOLE_NUMBER_SLACK)));
}
