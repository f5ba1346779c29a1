const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/** From here on the continued fraction is quicker and keeps its relative accuracy. */
const SERIES_END = 3;

/**
 * Probability that a standard normal variable exceeds `z`; relative accuracy about 1e-13, also far out. Near 0 from
 * the series φ(z) (z + z³/3 + z⁵/15 + ...) of the distribution function, beyond from Laplace's continued fraction.
 */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  const x = Math.abs(z);
  if (x === Infinity) return z > 0 ? 0 : 1;
  const density = Math.exp(-(x * x) / 2) / SQRT_TWO_PI;
  const tail = x < SERIES_END ? 0.5 - density * series(x) : density / continuedFraction(x);
  return z >= 0 ? tail : 1 - tail;
}

/** The z that a standard normal variable exceeds with probability `tail`, 0 < tail < 1: bisection to the last bit. */
export function normalUpperQuantile(tail: number): number {
  let low = -40;
  let high = 40;
  for (let i = 0; i < 200; i += 1) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (normalUpperTail(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function series(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; term > sum * Number.EPSILON; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return sum;
}

/** x + 1/(x + 2/(x + 3/(x + ...))). */
function continuedFraction(x: number): number {
  let value = x;
  for (let k = 200; k >= 1; k -= 1) value = x + k / value;
  return value;
}
