import { averageRanks } from '@/lib/anomaly/metrics/ranks';

/** Pearson's correlation; NaN for fewer than two values or when one side does not vary. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length;
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < n; i++) {
    meanA += a[i]! / n;
    meanB += b[i]! / n;
  }
  let products = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < n; i++) {
    products += (a[i]! - meanA) * (b[i]! - meanB);
    squaresA += (a[i]! - meanA) ** 2;
    squaresB += (b[i]! - meanB) ** 2;
  }
  return squaresA > 0 && squaresB > 0 ? products / Math.sqrt(squaresA * squaresB) : Number.NaN;
}

/** Spearman's rank correlation with average ranks for ties; pairs with a value that is not finite are left out. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const kept = Array.from({ length: a.length }, (_, i) => i).filter((i) => Number.isFinite(a[i]!) && Number.isFinite(b[i]!));
  if (kept.length < 2) return Number.NaN;
  const ranksOf = (values: ArrayLike<number>) => averageRanks(kept.map((i) => values[i]!), 'lower_is_better');
  return pearson(ranksOf(a), ranksOf(b));
}
