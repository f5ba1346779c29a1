import { tsneDefaults } from '@/lib/anomaly/projection/tsne';
import { umapDefaults } from '@/lib/anomaly/projection/umap';
import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import type { MapMethod, MapParameters } from '@/lib/api/contracts/runs';
import { AssayError } from '@/lib/errors';
import type { Compute } from './compute';
import { rowsOf, type Vectors } from './vectors';

const MIN_SAMPLES = 3;
const steps = { neighbours: 'finding neighbours', projection: 'laying out the map' };

/** What a map is asked to be. */
export type MapChoices = MapParameters & { readonly method: MapMethod; readonly seed: number };

type Layout = { readonly positions: Matrix; /** The choices in force, defaults included. */ readonly parameters: Readonly<Record<string, number | null>>; readonly divergence: number | null };

/** A map of all samples of a feature set. */
export type SampleMap = Omit<Layout, 'positions'> & { readonly x: Float32Array<ArrayBuffer>; readonly y: Float32Array<ArrayBuffer> };

/** Lays the samples of a feature set out in the plane. @throws AssayError `data.too_few_rows` */
export async function computeMap(vectors: Vectors, choices: MapChoices, compute: Compute): Promise<SampleMap> {
  if (vectors.samples.length < MIN_SAMPLES) {
    throw new AssayError('data.too_few_rows', `A map needs at least ${MIN_SAMPLES} samples; this feature set has ${vectors.samples.length}.`);
  }
  const points = rowsOf(vectors, [...vectors.samples.keys()]);
  const { positions, ...told } = await layouts[choices.method](points, choices, compute);
  return { x: axis(positions.data, 0), y: axis(positions.data, 1), ...told };
}

const layouts: Readonly<Record<MapMethod, (points: Matrix, choices: MapChoices, compute: Compute) => Promise<Layout>>> = {
  async 't-SNE'(points, { perplexity, learningRate, seed }, compute) {
    const parameters = { ...tsneDefaults, perplexity, seed, learningRate: learningRate ?? undefined };
    const { positions, divergences } = await compute('tsne', { points, parameters }, { words: steps, unit: 'steps' });
    return { positions, parameters: { ...parameters, learningRate }, divergence: divergences.at(-1)?.value ?? null };
  },
  async UMAP(points, { neighbours, minimalDistance, learningRate, seed }, compute) {
    const parameters = { ...umapDefaults, neighbours, minimalDistance, seed, learningRate: learningRate ?? umapDefaults.learningRate };
    const positions = await compute('umap', { points, parameters }, { words: steps, unit: 'steps' });
    return { positions, parameters: { ...parameters, learningRate, epochs: parameters.epochs ?? null }, divergence: null };
  },
  async PCA(points, { seed }, compute) {
    return { positions: await compute('principalComponents', { points, components: 2, seed }, { words: steps, unit: 'steps' }), parameters: { seed }, divergence: null };
  },
};

function axis(positions: Float64Array, offset: 0 | 1): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: positions.length / 2 }, (_, row) => positions[2 * row + offset]!);
}
