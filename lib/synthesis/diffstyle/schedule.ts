import { NumericsError } from '@/lib/anomaly/errors';

/**
 * The noise schedule of a diffusion model: the share of the image's variance that is left after step t, for t = 0 .. T-1
 * (alpha-bar of Ho et al. 2020), where beta grows linearly over the T steps.
 */
export function keptShares({ first = 1e-4, last = 0.02, steps = 1000 } = {}): Float64Array {
  const kept = new Float64Array(steps);
  let product = 1;
  for (let t = 0; t < steps; t += 1) {
    product *= 1 - (first + ((last - first) * t) / (steps - 1));
    kept[t] = product;
  }
  return kept;
}

/**
 * The steps that a shortened process visits: `count` whole numbers from 0 to `total` - 1 at equal distances, rounded down.
 * @throws NumericsError `parameter.invalid` for fewer than 2 or more than there are
 */
export function visitedSteps(count: number, total: number): Int32Array {
  if (!Number.isInteger(count) || count < 2 || count > total) throw new NumericsError('parameter.invalid', `A diffusion of ${total} steps can be shortened to 2 to ${total} steps, not ${count}.`);
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * (total - 1)) / (count - 1)));
}
