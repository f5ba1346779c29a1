import type { PrincipalComponents } from '../linalg/principal-components';

/** Covariance (1 - intensity) S + intensity target I, where S is the sample covariance with divisor n. */
export type Shrinkage = { readonly intensity: number; readonly target: number };

/**
 * Shrinkage of a sample covariance towards target times the identity (Ledoit and Wolf 2004): target = tr S / d; with b = (mean of |z_i|⁴ - |S|²) / n
 * and c = |S - target I|² (Frobenius norms, z_i the centred rows) the intensity is min(b, c) / c, and 0 where b or c is 0.
 */
export function ledoitWolf({ variances, squaredLengths }: PrincipalComponents, columns: number): Shrinkage {
  const n = squaredLengths.length;
  const trace = variances.reduce((sum, value) => sum + value, 0);
  const target = trace / columns;
  const norm = variances.reduce((sum, value) => sum + value * value, 0);
  const fourth = squaredLengths.reduce((sum, value) => sum + value * value, 0) / n;
  const spread = norm - columns * target * target;
  const noise = Math.min((fourth - norm) / n, spread);
  // Where all variances are alike the two differ by rounding only; S is its own target then.
  return { intensity: noise > 0 && spread > norm * 1e-14 ? noise / spread : 0, target };
}
