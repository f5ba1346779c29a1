/** Lanczos coefficients (g = 7, n = 9) for the logarithm of the gamma function. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0, relative accuracy about 1e-15. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i += 1) sum += LANCZOS[i]! / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/**
 * Continued fraction of the incomplete beta function I_x(a, b) by the modified Lentz method (Numerical Recipes, 6.4); quick for
 * x < (a + 1) / (a + b + 2).
 */
export function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1), tiny);
  let result = d;
  for (let m = 1; m <= 100_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d, tiny);
    c = guard(1 + even / c, tiny);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d, tiny);
    c = guard(1 + odd / c, tiny);
    const factor = d * c;
    result *= factor;
    if (Math.abs(factor - 1) <= Number.EPSILON) break;
  }
  return result;
}

function guard(value: number, tiny: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

/** I_x(a, b), the regularised incomplete beta function: the distribution function of Beta(a, b) at x in [0, 1]. */
export function regularisedIncompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

/**
 * The x at which Beta(a, b) has probability `probability` below it, a, b > 0. Closed form when a or b is 1,
 * otherwise bisection to the last bit that the distribution function resolves (error below 1e-13).
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  if (a === 1) return -Math.expm1(Math.log1p(-probability) / b);
  if (b === 1) return probability ** (1 / a);
  let low = 0;
  let high = 1;
  for (let i = 0; i < 1100; i += 1) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (regularisedIncompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
