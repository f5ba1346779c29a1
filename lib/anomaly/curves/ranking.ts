import { NumericsError } from '../errors';
import { createRandom } from '../random/generator';
import { shuffle } from '../random/sampling';

/**
 * Row numbers by descending value. Rows of equal value come in a random order drawn from `seed`, never in their input order,
 * which may betray their origin. -Infinity ranks last; throws `data.not_finite` for a value that is no number.
 */
export function rankingOf(values: ArrayLike<number>, seed: number): Int32Array {
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isNaN(values[i])) throw new NumericsError('data.not_finite', `Value ${i} is not a number.`);
  }
  const rows = shuffle(Int32Array.from({ length: values.length }, (_, i) => i), createRandom(seed));
  // a difference of two equal infinities would be no number
  return rows.sort((a, b) => (values[a]! < values[b]! ? 1 : values[a]! > values[b]! ? -1 : 0));
}
