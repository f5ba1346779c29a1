import type { Matrix } from '../linalg/matrix';
import { fastAuroc } from './fast-auroc';

/** AUROC on the validation set of a detector trained with each normal alone. */
export function singleAurocs(scores: Matrix, labels: Uint8Array): Float64Array {
  const auroc = fastAuroc(labels);
  return Float64Array.from({ length: scores.rows }, (_, j) => auroc(scores.data.subarray(j * scores.cols, (j + 1) * scores.cols)));
}

/**
 * Greedy selection (Eq. 2 of "How Low Can You Go?"): the normals that are best when each is the only one; the error E is 1 - AUROC. Of
 * equals the one of the lower row number comes first.
 * @returns all row numbers, best first; the first M are the selection of size M
 */
export function greedyOrder(aurocs: Float64Array): Int32Array {
  return Int32Array.from(aurocs, (_, j) => j).sort((a, b) => aurocs[b]! - aurocs[a]! || a - b);
}
