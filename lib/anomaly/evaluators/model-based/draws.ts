import { NumericsError } from '../../errors';
import { createRandom, type RandomGenerator } from '../../random/generator';

/** Gives draw number `draw`; `attempt` counts from 0 the times it turned out too small. Tests inject stored draws. */
export type Draws<T> = (draw: number, attempt: number) => T;

/** Far from the streams of the trees, which share the seed. */
const FIRST_STREAM = 2_000_003;
const MAX_ATTEMPTS = 1000;

/** A random generator for each draw and attempt, whatever came before. */
export function drawGenerator(seed: number, draw: number, attempt: number): RandomGenerator {
  return createRandom(seed, FIRST_STREAM + draw * MAX_ATTEMPTS + attempt);
}

/** Each of `size` rows kept with the probability `share`. */
export function coinMask(size: number, share: number, random: RandomGenerator): Uint8Array {
  const mask = new Uint8Array(size);
  for (let i = 0; i < size; i += 1) mask[i] = random.uniform() < share ? 1 : 0;
  return mask;
}

/** Numbers below `end` that a 0/1 mask keeps. */
export function keptRows(mask: Uint8Array, end: number): Int32Array {
  const rows = new Int32Array(end);
  let count = 0;
  for (let i = 0; i < end; i += 1) if (mask[i] !== 0) rows[count++] = i;
  return rows.subarray(0, count);
}

/**
 * The first attempt of a draw that the detector can be fitted on. `data.too_few_rows` when a thousand were too small.
 */
export function usableDraw<T>(draws: Draws<T>, draw: number, isUsable: (drawn: T) => boolean): T {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const drawn = draws(draw, attempt);
    if (isUsable(drawn)) return drawn;
  }
  throw new NumericsError('data.too_few_rows', `None of ${MAX_ATTEMPTS} random subsets had the rows that a detector needs; there are too few training rows.`);
}
