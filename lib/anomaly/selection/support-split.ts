import { NumericsError } from '../errors';
import { createRandom } from '../random/generator';
import { sampleWithoutReplacement } from '../random/sampling';

/** Seed images of the paper for CUB, VisA and MVTec AD. */
export const SEED_IMAGES = 20;

/** Synthetic anomalies per seed image where nothing else is asked for: 20 seeds give the paper's 100. */
export const ANOMALIES_PER_SEED = 5;

/** Row numbers of the support set, ascending in both parts. */
export type SupportSplit = {
  /** X_seed: what synthetic anomalies are made from. */
  readonly seeds: readonly number[];
  /** X_in: held-out normals with label 0 in the synthetic validation set. */
  readonly heldOut: readonly number[];
};

/** |X_seed| where nothing else is asked for: 20, or half of a support set of fewer than 40. */
export function defaultSeedCount(supportSize: number): number {
  return Math.min(SEED_IMAGES, Math.floor(supportSize / 2));
}

/**
 * Divides the support set at random into X_seed and X_in (SWSA paper, Section 3.1, step 1).
 * Throws `data.too_few_rows` for fewer than two rows, `parameter.invalid` unless at least one row is left for each part.
 */
export function splitSupport(supportSize: number, options: { seed: number; seedCount?: number | undefined }): SupportSplit {
  if (supportSize < 2) throw new NumericsError('data.too_few_rows', `A support set needs at least 2 normals, there are ${supportSize}.`);
  const { seed, seedCount = defaultSeedCount(supportSize) } = options;
  if (!Number.isSafeInteger(seedCount) || seedCount < 1 || seedCount >= supportSize) {
    throw new NumericsError('parameter.invalid', `Of ${supportSize} normals from 1 to ${supportSize - 1} can be seeds, not ${seedCount}.`);
  }
  const drawn = new Set(sampleWithoutReplacement(supportSize, seedCount, createRandom(seed)));
  const every = Array.from({ length: supportSize }, (_, row) => row);
  return { seeds: every.filter((row) => drawn.has(row)), heldOut: every.filter((row) => !drawn.has(row)) };
}
