import { splitSupport } from '@/lib/anomaly/selection/support-split';
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
