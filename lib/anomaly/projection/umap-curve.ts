import { exp } from '../elementary/exp';
import { log } from '../elementary/log';

/** How near two points of the map count as neighbours: 1 / (1 + a d^(2b)). */
export type UmapCurve = { readonly a: number; readonly b: number };

const POINTS = 300;
const FURTHEST = 3;
const STEPS = 100;
const CONVERGED = 1e-12;

/**
 * a and b of the curve that lies nearest, in least squares at 300 distances from 0 to 3, to one that is 1 up to `minimalDistance` and falls as
 * exp(-(d - minimalDistance)) beyond (McInnes et al. 2018, Section 4.3; spread 1). By Gauss-Newton with Levenberg's damping.
 */
export function umapCurve(minimalDistance: number): UmapCurve {
  const distances = Array.from({ length: POINTS }, (_, i) => (FURTHEST * i) / (POINTS - 1));
  const wanted = distances.map((d) => (d < minimalDistance ? 1 : exp(minimalDistance - d)));
  let curve: UmapCurve = { a: 1, b: 1 };
  let error = errorOf(curve, distances, wanted);
  let damping = 1e-3;
  for (let step = 0; step < STEPS; step += 1) {
    const tried = damped(curve, distances, wanted, damping);
    const triedError = errorOf(tried, distances, wanted);
    if (triedError < error) {
      const gained = error - triedError;
      curve = tried;
      error = triedError;
      damping /= 10;
      if (gained < CONVERGED) break;
    } else {
      damping *= 10;
    }
  }
  return curve;
}

function errorOf({ a, b }: UmapCurve, distances: readonly number[], wanted: readonly number[]): number {
  if (a <= 0 || b <= 0) return Infinity;
  return distances.reduce((sum, d, i) => sum + (1 / (1 + a * power(d, 2 * b)) - wanted[i]!) ** 2, 0);
}

/** One step of both parameters along the damped normal equations. */
function damped({ a, b }: UmapCurve, distances: readonly number[], wanted: readonly number[], damping: number): UmapCurve {
  let aa = 0;
  let ab = 0;
  let bb = 0;
  let towardsA = 0;
  let towardsB = 0;
  for (const [i, d] of distances.entries()) {
    const grown = power(d, 2 * b);
    const value = 1 / (1 + a * grown);
    const byA = -grown * value * value;
    const byB = d === 0 ? 0 : -2 * a * grown * log(d) * value * value;
    const residual = wanted[i]! - value;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    towardsA += byA * residual;
    towardsB += byB * residual;
  }
  const [p, q] = [aa * (1 + damping), bb * (1 + damping)];
  const determinant = p * q - ab * ab;
  return { a: a + (q * towardsA - ab * towardsB) / determinant, b: b + (p * towardsB - ab * towardsA) / determinant };
}

/** base^exponent, the same bits in every engine. */
export function power(base: number, exponent: number): number {
  return base <= 0 ? 0 : exp(exponent * log(base));
}
