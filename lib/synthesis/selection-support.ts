import { splitSupport } from '@/lib/anomaly/selection/support-split';
import { pairCount } from './diffstyle/pairs';
import { limitSeeds } from './seed-limit';

/** How a support set is drawn and divided. */
export type SupportDivision = { readonly seed: number; readonly seedImages: number | null; readonly supportLimit: number | null };

/** X_seed and X_in, each in the order of the list that it was taken from. */
export type DividedSupport<T> = { readonly seeds: readonly T[]; readonly heldOut: readonly T[] };

/**
 * Draws the support set from normals and divides it (SWSA paper, Section 3.1, step 1). The same list and seed give the same division.
 * @throws NumericsError as `splitSupport`
 */
export function divideSupport<T>(normals: readonly T[], { seed, seedImages, supportLimit }: SupportDivision): DividedSupport<T> {
  const support = limitSeeds(normals, seed, supportLimit);
  const { seeds, heldOut } = splitSupport(support.length, { seed, ...(seedImages === null ? {} : { seedCount: seedImages }) });
  return { seeds: seeds.map((row) => support[row]!), heldOut: heldOut.map((row) => support[row]!) };
}

/** How many images a generator can make of so many seed images; null where there is no end. DiffStyle makes one of each pair of style and content. */
export function mostImages(generator: string, seedCount: number): number | null {
  return generator === 'diffstyle' ? pairCount(seedCount) : null;
}
