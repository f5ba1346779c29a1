import { createRandom, type RandomGenerator } from '@/lib/anomaly/random/generator';
import { shuffle } from '@/lib/anomaly/random/sampling';
import { NumericsError } from '@/lib/anomaly/errors';

/** Which seed images an anomaly is made of: positions in the list of seed images. */
export type PlannedImage = {
  readonly index: number;
  /** The image that is changed. */
  readonly parent: number;
  /** Another one, for generators that take two; null when there is only one. */
  readonly other: number | null;
};

/**
 * Plans image `index` of a batch. Each image has random numbers of its own, drawn from (seed, index): it does not change with
 * the number of images that are made, nor with the order in which they are. Seed images take turns in a random order, so
 * that all serve equally often.
 * @param seedCount how many seed images there are, at least 1
 * @throws NumericsError `data.too_few_rows` without a seed image
 */
export function planImage(seed: number, index: number, seedCount: number): PlannedImage {
  if (seedCount < 1) throw new NumericsError('data.too_few_rows', 'There is no seed image.');
  const order = shuffle(Int32Array.from({ length: seedCount }, (_, i) => i), createRandom(seed, 0));
  const parent = order[index % seedCount]!;
  if (seedCount === 1) return { index, parent, other: null };
  const pick = createRandom(seed, 2 * index + 1).integer(seedCount - 1);
  return { index, parent, other: pick < parent ? pick : pick + 1 };
}

/** The random numbers that the generator draws from for image `index`. */
export function imageRandom(seed: number, index: number): RandomGenerator {
  return createRandom(seed, 2 * index + 2);
}
