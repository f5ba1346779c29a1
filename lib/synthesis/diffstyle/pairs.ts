import { NumericsError } from '@/lib/anomaly/errors';
import { createRandom } from '@/lib/anomaly/random/generator';
import { shuffle } from '@/lib/anomaly/random/sampling';

/** Positions in the list of seed images. */
export type Pair = { readonly style: number; readonly content: number };

/** How many pairs of style and content there are, when the seed images are halved (an odd one is a style image). */
export function pairCount(seedCount: number): number {
  return Math.ceil(seedCount / 2) * Math.floor(seedCount / 2);
}

/**
 * Pair `index` of a batch: the seed images are halved at random into style and content images, and every style meets every
 * content once. Styles take turns, and contents go on with them, so that the first pairs already show all images.
 * @throws NumericsError `data.too_few_rows` when there is no such pair
 */
export function pairOf(seed: number, index: number, seedCount: number): Pair {
  const total = pairCount(seedCount);
  if (index >= total) throw new NumericsError('data.too_few_rows', `${seedCount} seed images make ${total} pairs of style and content.`);
  const order = shuffle(Int32Array.from({ length: seedCount }, (_, i) => i), createRandom(seed, 0));
  const styles = Math.ceil(seedCount / 2);
  const turn = Math.floor(index / styles);
  return { style: order[index % styles]!, content: order[styles + ((turn + (index % styles)) % (seedCount - styles))]! };
}
