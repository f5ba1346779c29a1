import { NumericsError } from '../errors';
import type { RandomGenerator } from './generator';

/** Shuffles in place (Fisher-Yates) and returns the same array. */
export function shuffle(values: Int32Array, random: RandomGenerator): Int32Array {
  for (let i = values.length - 1; i > 0; i -= 1) {
    const j = random.integer(i + 1);
    const swap = values[i]!;
    values[i] = values[j]!;
    values[j] = swap;
  }
  return values;
}

/** `count` different numbers of 0..size-1 in random order; O(size). */
export function sampleWithoutReplacement(size: number, count: number, random: RandomGenerator): Int32Array {
  if (count > size) throw new NumericsError('parameter.invalid', `Cannot draw ${count} of ${size} without replacement.`);
  const index = new Int32Array(size);
  for (let i = 0; i < size; i += 1) index[i] = i;
  for (let i = 0; i < count; i += 1) {
    const j = i + random.integer(size - i);
    const swap = index[i]!;
    index[i] = index[j]!;
    index[j] = swap;
  }
  return index.slice(0, count);
}
