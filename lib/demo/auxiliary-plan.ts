import { mixSeed, seededRandom, shuffled } from './raster/seeded-random';
import type { QualityLabel } from './types';

/** What one auxiliary picture will be: its pseudo-quality, its number within that quality and its file. */
export type AuxiliaryPlan = { readonly quality: QualityLabel; readonly index: number; readonly path: string };

const qualities: readonly QualityLabel[] = ['realistic', 'indistinguishable', 'unrealistic'];

/** Names that carry no number and no order: eight hexadecimal digits, no two alike. */
function blindNames(seed: number, count: number): string[] {
  const names = new Set<string>();
  for (let i = 0; names.size < count; i++) names.add(mixSeed(seed, 'name', i).toString(16).padStart(8, '0'));
  return [...names];
}

/**
 * The auxiliary set, `perQuality` pictures of each pseudo-quality, in random order. Only the folder tells the
 * quality: an evaluator that broke ties by order or by file name would learn nothing.
 */
export function planAuxiliaries(seed: number, perQuality: number): AuxiliaryPlan[] {
  const wanted = qualities.flatMap((quality) => Array.from({ length: perQuality }, (_, index) => ({ quality, index })));
  const names = blindNames(seed, wanted.length);
  return shuffled(wanted, seededRandom(seed)).map((plan, i) => ({ ...plan, path: `auxiliary/${plan.quality}/${names[i] as string}.png` }));
}
