import { matrixFromRows, type Matrix } from '../linalg/matrix';
import datasets from './datasets.json';

export type GoldenName = 'gauss3' | 'dups2' | 'tiny' | 'gauss8';
export const goldenNames: readonly GoldenName[] = ['gauss3', 'dups2', 'tiny', 'gauss8'];

/** One of the small reference inputs; its prior is a closed form in place of the isolation forest. */
export function goldenInput(name: string): {
  train: Matrix;
  labels: Uint8Array;
  auxiliary: Matrix;
  prior: { train: Float64Array; auxiliary: Float64Array };
} {
  const set = datasets[name as GoldenName];
  return {
    train: matrixFromRows(set.X_train),
    labels: Uint8Array.from(set.y_train),
    auxiliary: matrixFromRows(set.X_aux),
    prior: { train: Float64Array.from(set.prior_train), auxiliary: Float64Array.from(set.prior_aux) },
  };
}

/** Row numbers of all rows or of the normals. */
export function goldenCentres(labels: Uint8Array, which: string): Int32Array {
  const every = Int32Array.from({ length: labels.length }, (_, i) => i);
  return which === 'all' ? every : every.filter((i) => labels[i] === 0);
}

/** Largest absolute difference of two equally long lists; Infinity when the lengths differ. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < actual.length; i += 1) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
