import { createRandom } from '@/lib/anomaly/random/generator';
import type { Flaw } from './images';

/** A file of the project, what it shows, and its line of the metadata. */
export type File = { readonly path: string; readonly number: number; readonly flaw: Flaw; readonly metadata: readonly string[] };

export const metadataHeader = ['path', 'generator', 'prompt', 'severity', 'parameters', 'quality_label'];

const normals = 3000;
const heldOutNormals = 300;
const anomalies = 400;
const generators = ['spots', 'stable spots', 'blends'];
const prompts = ['a dent', 'a scorch mark', 'a stain', 'a worn edge'];

/** Normals, real anomalies and auxiliary ones, `count` together; of the auxiliary ones some are too weak to be seen and some are of another product. */
export function files(count: number): File[] {
  const { uniform } = createRandom(1);
  const flawless: Flaw = { strength: 0, radius: 1, otherProduct: false };
  const plain = (folder: string, from: number, length: number, flaw: () => Flaw) =>
    Array.from({ length }, (_, i) => ({ path: `${folder}/${String(from + i).padStart(6, '0')}.jpg`, number: from + i, flaw: flaw(), metadata: [] }));
  const known = [
    ...plain('train/good', 0, normals, () => flawless),
    ...plain('test/good', normals, heldOutNormals, () => flawless),
    ...plain('test/spot', normals + heldOutNormals, anomalies, () => ({ strength: 0.5 + 0.5 * uniform(), radius: 3 + 5 * uniform(), otherProduct: false })),
  ];
  const auxiliary = Array.from({ length: count - known.length }, (_, i) => auxiliaryFile(known.length + i, uniform));
  return [...known, ...auxiliary];
}

function auxiliaryFile(number: number, uniform: () => number): File {
  const flaw = { strength: uniform() ** 1.5, radius: 2 + 8 * uniform(), otherProduct: uniform() < 0.15 };
  const generator = generators[Math.floor(uniform() * generators.length)]!;
  const label = flaw.otherProduct ? 'unrealistic' : flaw.strength < 0.05 ? 'indistinguishable' : flaw.strength > 0.5 ? 'realistic' : '';
  const path = `auxiliary/type-${number % 12}/${String(number).padStart(6, '0')}.jpg`;
  const parameters = JSON.stringify({ opacity: Number(flaw.strength.toFixed(3)), radius: Number(flaw.radius.toFixed(2)) });
  return { path, number, flaw, metadata: [path, generator, prompts[number % prompts.length]!, flaw.strength.toFixed(3), parameters, label] };
}
