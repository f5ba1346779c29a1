import { AssayError } from '@/lib/errors';

/** Least cosine between the vectors that two runtimes make of one image. */
export const PARITY_COSINE = 0.9999;

/** Largest difference of a single value, as a share of the largest magnitude in the reference. */
const RELATIVE_LIMIT = 1e-3;

/** How well vectors agree with reference vectors of the same images. */
export type ParityResult = {
  /** The least of all images. */
  readonly cosine: number;
  /** Largest absolute difference of a value over all images. */
  readonly maxAbs: number;
  readonly passed: boolean;
};

/** The limit of `maxAbs` for a model: it grows with the magnitude of the model's own values. */
export function maxAbsLimit(reference: Float32Array): number {
  return RELATIVE_LIMIT * reference.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

/**
 * Compares the vectors of one runtime with those of another.
 * @param reference (n, dim), row-major
 * @param vectors of the same images in the same order
 * @param limit of the largest absolute difference, `maxAbsLimit`
 * @throws AssayError `data.shape` when the sizes differ, `data.not_finite`
 */
export function compareVectors(reference: Float32Array, vectors: Float32Array, dim: number, limit: number): ParityResult {
  if (vectors.length !== reference.length || reference.length % dim !== 0) {
    throw new AssayError('data.shape', `The probe gives ${reference.length} values, but ${vectors.length} came.`);
  }
  if (!vectors.every(Number.isFinite)) throw new AssayError('data.not_finite', 'The runtime gives NaN or infinite values for the probe images.');
  let cosine = 1;
  let maxAbs = 0;
  for (let start = 0; start < reference.length; start += dim) {
    let [product, first, second] = [0, 0, 0];
    for (let i = start; i < start + dim; i++) {
      const [a, b] = [reference[i]!, vectors[i]!];
      product += a * b;
      first += a * a;
      second += b * b;
      maxAbs = Math.max(maxAbs, Math.abs(a - b));
    }
    cosine = Math.min(cosine, first === 0 && second === 0 ? 1 : product / Math.sqrt(first * second || 1));
  }
  return { cosine, maxAbs, passed: cosine >= PARITY_COSINE && maxAbs <= limit };
}
