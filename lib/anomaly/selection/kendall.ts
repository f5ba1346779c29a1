import { normalUpperTail } from '../distributions/normal';
import { NumericsError } from '../errors';
import { atMostInversions } from './inversions';

/** Largest number of candidates without ties for which the p-value is exact. */
export const LARGEST_EXACT = 33;

/** Probability of error that a whole family of tests may have. */
export const FAMILY_LEVEL = 0.05;

export type KendallTau = {
  /** tau-b, -1..1; NaN where one list has one value only. */
  readonly tau: number;
  /** Two-sided, against independence; NaN with tau. */
  readonly pValue: number;
  /** `exact`: from the distribution of inversions. `normal`: approximation with variance corrected for ties. */
  readonly method: 'exact' | 'normal';
  /** Things that were ranked. */
  readonly count: number;
};

/** Pairs and ties of one list: sums over its groups of t equal values. */
type Ties = { readonly pairs: number; readonly cubic: number; readonly variance: number };

function tiesOf(values: ArrayLike<number>): Ties {
  const sorted = Float64Array.from(values).sort();
  const sums = { pairs: 0, cubic: 0, variance: 0 };
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
    const t = end - start;
    sums.pairs += (t * (t - 1)) / 2;
    sums.cubic += t * (t - 1) * (t - 2);
    sums.variance += t * (t - 1) * (2 * t + 5);
    start = end;
  }
  return sums;
}

function countPairs(x: ArrayLike<number>, y: ArrayLike<number>): { concordant: number; discordant: number } {
  let concordant = 0;
  let discordant = 0;
  for (let i = 0; i < x.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const sign = Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[j]!);
      if (sign > 0) concordant += 1;
      else if (sign < 0) discordant += 1;
    }
  }
  return { concordant, discordant };
}

/**
 * Kendall's tau-b of two lists with its two-sided p-value (Kendall 1970; SWSA paper, Table 2): exact without ties for at most 33
 * values, or when at most one pair stands against the others; else normal with the variance corrected for ties. The choices are those of SciPy's `kendalltau`.
 * Throws `data.shape` for lists of unequal length, `data.too_few_rows` for fewer than two values, `data.not_finite`.
 */
export function kendallTau(x: ArrayLike<number>, y: ArrayLike<number>): KendallTau {
  const n = x.length;
  if (y.length !== n) throw new NumericsError('data.shape', `A rank correlation needs lists of equal length, not ${n} and ${y.length}.`);
  if (n < 2) throw new NumericsError('data.too_few_rows', `A rank correlation needs at least 2 values, there are ${n}.`);
  for (let i = 0; i < n; i += 1) {
    if (!Number.isFinite(x[i]) || !Number.isFinite(y[i])) throw new NumericsError('data.not_finite', `Value ${i} of a rank correlation is not a number.`);
  }
  const { concordant, discordant } = countPairs(x, y);
  const [ties, otherTies] = [tiesOf(x), tiesOf(y)];
  const pairs = (n * (n - 1)) / 2;
  const untied = ties.pairs === 0 && otherTies.pairs === 0;
  const fewer = Math.min(concordant, discordant);
  const exact = untied && (n <= LARGEST_EXACT || fewer <= 1);
  const method = exact ? 'exact' : 'normal';
  if (ties.pairs === pairs || otherTies.pairs === pairs) return { tau: Number.NaN, pValue: Number.NaN, method, count: n };
  const surplus = concordant - discordant;
  const tau = surplus / Math.sqrt(pairs - ties.pairs) / Math.sqrt(pairs - otherTies.pairs);
  const pValue = exact ? exactP(n, fewer, pairs) : normalP(n, surplus, ties, otherTies);
  return { tau: Math.max(-1, Math.min(1, tau)), pValue, method, count: n };
}

function exactP(n: number, fewer: number, pairs: number): number {
  return 2 * fewer === pairs ? 1 : Math.min(1, 2 * atMostInversions(n, fewer));
}

function normalP(n: number, surplus: number, ties: Ties, otherTies: Ties): number {
  const pairs = n * (n - 1);
  const untied = (pairs * (2 * n + 5) - ties.variance - otherTies.variance) / 18;
  const both = (2 * ties.pairs * otherTies.pairs) / pairs;
  const cubes = n > 2 ? (ties.cubic * otherTies.cubic) / (9 * pairs * (n - 2)) : 0;
  return Math.min(1, 2 * normalUpperTail(Math.abs(surplus) / Math.sqrt(untied + both + cubes)));
}

/** Bonferroni's threshold: below it a p-value is significant when `tests` tests are made together (SWSA paper, Table 2: 0.05 / 9). */
export function bonferroniThreshold(tests: number, level = FAMILY_LEVEL): number {
  if (!Number.isSafeInteger(tests) || tests < 1) throw new NumericsError('parameter.invalid', `The number of tests must be a whole number from 1 on, not ${tests}.`);
  return level / tests;
}
