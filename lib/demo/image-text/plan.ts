import { mixSeed, seededRandom } from '../raster/seeded-random';
import type { ProceduralProduct } from '../types';
import { photoKinds, type TakePlan } from './takes';

/** Photographs of each product, by what they show. Halves are sound and defective unless the name says otherwise. */
type TakeCounts = { readonly plain: number; readonly photo: number; readonly odd: number; readonly ruined: number };

export const fitCounts: TakeCounts = { plain: 60, photo: 42, odd: 14, ruined: 14 };

/** The photographs of one product that the pair is fitted on, in a fixed order: photo kinds and defect types follow in turn. */
export function planTakes(product: ProceduralProduct, seed: number, counts: TakeCounts): TakePlan[] {
  const plans: TakePlan[] = [];
  const add = (group: string, i: number, rest: Pick<TakePlan, 'defect' | 'photo' | 'oddity'>) => plans.push({ product, seed: mixSeed(seed, product.id, group, i), ...rest });
  const typeOf = (i: number) => product.defectTypes[i % product.defectTypes.length];
  for (let i = 0; i < counts.plain; i++) add('plain', i, { defect: i % 2 === 0 ? undefined : typeOf(i >> 1), photo: undefined, oddity: undefined });
  for (let i = 0; i < counts.photo; i++) {
    const photo = photoKinds[(i >> 1) % photoKinds.length];
    add('photo', i, { defect: i % 2 === 0 ? undefined : typeOf(seededRandom(mixSeed(seed, 'type', i)).below(product.defectTypes.length)), photo, oddity: undefined });
  }
  for (let i = 0; i < counts.odd; i++) add('odd', i, { defect: undefined, photo: undefined, oddity: 'odd' });
  for (let i = 0; i < counts.ruined; i++) add('ruined', i, { defect: undefined, photo: undefined, oddity: 'ruined' });
  return plans;
}
