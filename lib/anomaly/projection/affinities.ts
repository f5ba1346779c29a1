import { exp } from '../elementary/exp';
import { log } from '../elementary/log';
import type { Neighbours } from '../linalg/nearest';

/** The upper triangle of a sparse symmetric matrix by rows: entries (i, j), j > i, of row i are at [offsets[i], offsets[i + 1]). */
export type SparseAffinities = { readonly offsets: Int32Array; readonly columns: Int32Array; readonly values: Float64Array };

const SEARCH_STEPS = 64;
const ENTROPY_TOLERANCE = 1e-7;

/**
 * t-SNE's input affinities: per row Gaussian weights over its nearest neighbours with the width that gives the wanted
 * perplexity, then p_ij = (p_j|i + p_i|j) / 2n, which over both triangles sums to 1 (van der Maaten and Hinton 2008; restricted to neighbours as in van der Maaten 2014).
 */
export function affinities(neighbours: Neighbours, perplexity: number): SparseAffinities {
  const { k, index, squared } = neighbours;
  const n = index.length / k;
  const conditional = new Float64Array(n * k);
  for (let i = 0; i < n; i += 1) {
    conditionalRow(squared.subarray(i * k, (i + 1) * k), log(perplexity), conditional.subarray(i * k, (i + 1) * k));
  }
  return symmetrise(index, conditional, n, k);
}

/** Weights exp(-beta d²) / sum whose entropy is `target`, found by bisection on beta; all equal when all distances are. */
function conditionalRow(squared: Float64Array, target: number, out: Float64Array): void {
  const nearest = squared[0]!;
  const spread = squared[squared.length - 1]! - nearest;
  let beta = spread > 0 ? 1 / spread : 0;
  let low = 0;
  let high = Infinity;
  for (let step = 0; step < SEARCH_STEPS; step += 1) {
    const excess = weigh(squared, nearest, beta, out) - target;
    if (spread === 0 || Math.abs(excess) < ENTROPY_TOLERANCE) return;
    if (excess > 0) low = beta;
    else high = beta;
    beta = high === Infinity ? beta * 2 : (low + high) / 2;
  }
}

/** Fills normalised weights and returns their entropy in nats. */
function weigh(squared: Float64Array, nearest: number, beta: number, out: Float64Array): number {
  let sum = 0;
  let weighted = 0;
  for (let j = 0; j < squared.length; j += 1) {
    const distance = squared[j]! - nearest;
    const weight = exp(-beta * distance);
    out[j] = weight;
    sum += weight;
    weighted += weight * distance;
  }
  for (let j = 0; j < squared.length; j += 1) out[j]! /= sum;
  return log(sum) + (beta * weighted) / sum;
}

/** Upper triangle of (C + Cᵀ) / 2n in rows with ascending columns. */
function symmetrise(index: Int32Array, conditional: Float64Array, n: number, k: number): SparseAffinities {
  const incoming = new Int32Array(n + 1);
  for (const j of index) incoming[j + 1]! += 1;
  for (let i = 0; i < n; i += 1) incoming[i + 1]! += incoming[i]!;
  const sources = new Int32Array(n * k);
  const weights = new Float64Array(n * k);
  const next = incoming.slice(0, n);
  for (let e = 0; e < n * k; e += 1) {
    const at = next[index[e]!]!++;
    sources[at] = Math.floor(e / k);
    weights[at] = conditional[e]!;
  }
  const offsets = new Int32Array(n + 1);
  const columns = new Int32Array(n * k);
  const values = new Float64Array(n * k);
  const sum = new Float64Array(n);
  const touched = new Int32Array(n);
  let at = 0;
  for (let i = 0; i < n; i += 1) {
    let count = 0;
    const add = (j: number, weight: number): void => {
      if (j <= i) return;
      if (sum[j] === 0) touched[count++] = j;
      sum[j]! += Math.max(weight, Number.MIN_VALUE);
    };
    for (let e = i * k; e < (i + 1) * k; e += 1) add(index[e]!, conditional[e]!);
    for (let e = incoming[i]!; e < incoming[i + 1]!; e += 1) add(sources[e]!, weights[e]!);
    for (const j of touched.subarray(0, count).sort()) {
      columns[at] = j;
      values[at] = sum[j]! / (2 * n);
      sum[j] = 0;
      at += 1;
    }
    offsets[i + 1] = at;
  }
  return { offsets, columns: columns.slice(0, at), values: values.slice(0, at) };
}
