import { createRandom } from '@/lib/anomaly/random/generator';
import { sampleWithoutReplacement } from '@/lib/anomaly/random/sampling';

/** Stream of the draw of seed images: not one of those that images of a batch draw from. */
const STREAM = -1;

/** At most `limit` of the seed images, drawn at random, in the order in which they stand; all of them where there is no limit. */
export function limitSeeds<T>(all: readonly T[], seed: number, limit: number | null): readonly T[] {
  if (limit === null || all.length <= limit) return all;
  return [...sampleWithoutReplacement(all.length, limit, createRandom(seed, STREAM)).sort()].map((position) => all[position]!);
}
