import { tsneDefaults, type TsneParameters } from '@/lib/anomaly/projection/tsne';
import { AssayError } from '@/lib/errors';
import type { Compute } from './compute';
import { rowsOf, type Vectors } from './vectors';

const MIN_SAMPLES = 3;
const steps = { neighbours: 'finding neighbours', projection: 'laying out the map' };

/** A map of all samples of a feature set. */
export type SampleMap = {
  readonly x: Float32Array<ArrayBuffer>;
  readonly y: Float32Array<ArrayBuffer>;
  /** The choices in force, defaults included. */
  readonly parameters: Omit<TsneParameters, 'learningRate'> & { readonly learningRate: number | null };
  readonly divergence: number | null;
};

/** The map of a feature set by t-SNE. @throws AssayError `data.too_few_rows` */
export async function computeMap(vectors: Vectors, choices: Pick<TsneParameters, 'perplexity' | 'seed'>, compute: Compute): Promise<SampleMap> {
  if (vectors.samples.length < MIN_SAMPLES) {
    throw new AssayError('data.too_few_rows', `A map needs at least ${MIN_SAMPLES} samples; this feature set has ${vectors.samples.length}.`);
  }
  const parameters = { ...tsneDefaults, ...choices };
  const points = rowsOf(vectors, [...vectors.samples.keys()]);
  const { positions, divergences } = await compute('tsne', { points, parameters }, { words: steps, unit: 'steps' });
  return {
    x: axis(positions.data, 0),
    y: axis(positions.data, 1),
    parameters: { ...parameters, learningRate: parameters.learningRate ?? null },
    divergence: divergences.at(-1)?.value ?? null,
  };
}

function axis(positions: Float64Array, offset: 0 | 1): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: positions.length / 2 }, (_, row) => positions[2 * row + offset]!);
}
