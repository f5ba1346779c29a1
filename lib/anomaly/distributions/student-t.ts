import { betaFraction } from './beta';

/** From this argument on the series below is accurate to the last bit. */
const LARGE = 60;

/** Coefficients of a^-k in Γ(a + 1/2) / (Γ(a) sqrt(a)), k = 0..7 (asymptotic series). */
const GAMMA_RATIO = [1, -1 / 8, 1 / 128, 5 / 1024, -21 / 32_768, -399 / 262_144, 869 / 4_194_304, 39_325 / 33_554_432] as const;

/** Γ(a + 1/2) / Γ(a) for a > 0: the series for large a, reached by Γ(a + 1) = a Γ(a); relative error about 1e-14. */
function halfStepGammaRatio(a: number): number {
  let shifted = a;
  let factor = 1;
  while (shifted < LARGE) {
    factor *= shifted / (shifted + 0.5);
    shifted += 1;
  }
  let series = 0;
  for (let k = GAMMA_RATIO.length - 1; k >= 0; k -= 1) series = series / shifted + GAMMA_RATIO[k]!;
  return factor * Math.sqrt(shifted) * series;
}

/**
 * Probability that Student's t with `degrees` > 0 degrees of freedom exceeds `t`; t may be infinite. Relative accuracy about 1e-13 in
 * both halves, also far out: for t > 0 it is I_x(degrees / 2, 1/2) / 2 at x = degrees / (degrees + t²), from the continued fraction
 * of the incomplete beta function with a prefactor that does not pass through large logarithms of the gamma function.
 */
export function studentUpperTail(t: number, degrees: number): number {
  if (Number.isNaN(t) || t === 0) return t === 0 ? 0.5 : Number.NaN;
  const tail = halfTail(Math.abs(t), degrees);
  return t > 0 ? tail : 1 - tail;
}

function halfTail(t: number, degrees: number): number {
  const a = degrees / 2;
  const ratio = (t * t) / degrees;
  if (ratio === Infinity) return 0;
  const x = 1 / (1 + ratio);
  const rest = ratio / (1 + ratio);
  const front = (Math.exp(-a * Math.log1p(ratio)) * Math.sqrt(rest) * halfStepGammaRatio(a)) / Math.sqrt(Math.PI);
  if (x < (a + 1) / (a + 2.5)) return (front * betaFraction(a, 0.5, x)) / a / 2;
  return 0.5 - front * betaFraction(0.5, a, rest);
}
