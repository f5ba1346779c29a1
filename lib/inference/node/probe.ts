import { AssayError } from '@/lib/errors';
import type { RgbImage } from '../preprocess/image';

type Embed = (inputs: readonly Float32Array[]) => Promise<{ vectors: Float32Array; dim: number }>;

/** Longer vectors are a feature map that somebody forgot to pool: distances in them cost much and mean little. */
const largestDimension = 32_768;
/** Relative difference that other images in the batch may make: room for another order of summation. */
const batchTolerance = 1e-3;

const probeSide = 96;

/** A picture with edges, gradients and grain in all three channels, different for each seed. */
export function probeImage(seed: number): RgbImage {
  let state = (seed * 2654435761) >>> 0;
  const rgb = Uint8Array.from({ length: probeSide * probeSide * 3 }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const x = Math.floor(i / 3) % probeSide;
    const y = Math.floor(i / 3 / probeSide);
    const edge = (x * (seed + 1) + y * (3 - seed) + 40 * (i % 3)) % 64 < 32 ? 60 : 0;
    return 60 + edge + ((x + seed * y) >> 1) + (state >>> 28);
  });
  return { rgb, width: probeSide, height: probeSide };
}

function refuse(message: string, hint?: string): never {
  throw new AssayError('model.invalid', message, { hint });
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

function largestMagnitude(vector: Float32Array): number {
  return vector.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/**
 * Dry run of a network on two made-up images.
 * @returns the length of the vectors
 * @throws AssayError `model.invalid`: no or too many values, NaN or infinite values, another vector at the second
 *   run, a vector that depends on the rest of the batch, or the same vector for different images
 */
export async function probe(embed: Embed, prepare: (image: RgbImage) => Float32Array): Promise<number> {
  const inputs = [prepare(probeImage(1)), prepare(probeImage(2))];
  const { vectors, dim } = await embed(inputs);
  if (dim === 0) refuse('The network gives empty vectors.');
  if (dim > largestDimension) {
    refuse(`The network gives ${dim} values per image, at most ${largestDimension} are possible.`, 'Choose a pooling that averages, or another output.');
  }
  if (vectors.length !== 2 * dim) refuse(`The network gives ${vectors.length / dim} vectors for 2 images.`);
  if (!vectors.every(Number.isFinite)) refuse('The network gives NaN or infinite values for an ordinary image.', 'Check mean, std and pixel range in the manifest.');
  const again = await embed(inputs);
  if (largestDifference(vectors, again.vectors) !== 0) refuse('The network gives another vector when it sees the same image again.', 'Export it in evaluation mode, without dropout or random layers.');
  const [first, second] = [vectors.subarray(0, dim), vectors.subarray(dim)];
  const scale = largestMagnitude(vectors);
  const alone = [await embed(inputs.slice(0, 1)), await embed(inputs.slice(1))];
  const influence = Math.max(largestDifference(first, alone[0]!.vectors), largestDifference(second, alone[1]!.vectors));
  if (influence > batchTolerance * scale) refuse("An image's vector depends on the other images in its batch.", 'Export the network in evaluation mode, so that its normalisation is fixed.');
  if (largestDifference(first, second) <= 1e-6 * scale) refuse('The network gives the same vector for two different images.', 'Check that the right output is chosen and that mean, std and pixel range fit.');
  return dim;
}
