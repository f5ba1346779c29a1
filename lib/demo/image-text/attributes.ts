import type { ProceduralProduct } from '../types';
import { photoKinds, type TakePlan } from './takes';

/** Defect types that are something on the surface; all others break or bend the part. */
const surfaceMarks: ReadonlySet<string> = new Set(['scratch', 'stain', 'contamination', 'rust', 'cut']);

/** What is wrong with a part: nothing, something on its surface, or the part itself. */
export function conditionOf(defect: string | undefined): 'sound' | 'marked' | 'damaged' {
  if (defect === undefined) return 'sound';
  return surfaceMarks.has(defect) ? 'marked' : 'damaged';
}

/** Properties of a photograph beside its product. `odd`: the part lies or is lit as none should be, whatever its condition. */
const properties: readonly { readonly name: string; readonly holds: (take: TakePlan) => boolean }[] = [
  { name: 'marked', holds: ({ defect }) => conditionOf(defect) === 'marked' },
  { name: 'damaged', holds: ({ defect }) => conditionOf(defect) === 'damaged' },
  { name: 'odd', holds: ({ oddity }) => oddity === 'odd' },
  { name: 'ruined', holds: ({ oddity }) => oddity === 'ruined' },
  ...photoKinds.map((kind) => ({ name: kind, holds: ({ photo }: TakePlan) => photo === kind })),
];

/** Names of the attributes, in the order in which they stand in an embedding. */
export function attributeNames(products: readonly ProceduralProduct[]): string[] {
  return [...properties.map(({ name }) => name), ...products.map(({ objectName }) => objectName)];
}

/** What is true of a photograph as zeros and ones. Of a ruined picture nobody can tell the product. */
export function attributesOf(take: TakePlan, products: readonly ProceduralProduct[]): number[] {
  const told = take.oddity !== 'ruined';
  return [...properties.map(({ holds }) => Number(holds(take))), ...products.map(({ id }) => Number(told && id === take.product.id))];
}
