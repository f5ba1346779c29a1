import { exp } from '../elementary/exp';
import { log } from '../elementary/log';
import type { Neighbours } from '../linalg/nearest';

/** Directed edges of a symmetric graph: row i's are at [offsets[i], offsets[i + 1]), their weights in (0, 1]. */
export type FuzzyGraph = { readonly offsets: Int32Array; readonly columns: Int32Array; readonly weights: Float64Array };

const SEARCH_STEPS = 64;
const TOLERANCE = 1e-5;
/** The least width, as a share of the mean distance: copies would have none. */
const LEAST_WIDTH = 1e-3;
const LN2 = Math.LN2;

/**
 * UMAP's graph (McInnes, Healy and Melville 2018, Section 3.1): a neighbour at distance d has the weight exp(-(d - rho) / sigma), rho the distance
 * to the nearest neighbour that is no copy, sigma so that the weights of a row sum to log2(k + 1), k neighbours and the row itself; both directions a, b
 * of a pair become a + b - ab.
 */
export function fuzzyGraph({ k, index, squared }: Neighbours): FuzzyGraph {
  const n = k === 0 ? 0 : index.length / k;
  const distances = Float64Array.from(squared, Math.sqrt);
  const weights = new Float64Array(n * k);
  const meanOfAll = distances.reduce((sum, value) => sum + value, 0) / distances.length;
  for (let i = 0; i < n; i += 1) weighRow(distances.subarray(i * k, (i + 1) * k), meanOfAll, weights.subarray(i * k, (i + 1) * k));
  return unite(index, weights, n, k);
}

function weighRow(distances: Float64Array, meanOfAll: number, out: Float64Array): void {
  const rho = distances.find((distance) => distance > 0) ?? 0;
  const target = log(distances.length + 1) / LN2;
  let low = 0;
  let high = Infinity;
  let sigma = 1;
  for (let step = 0; step < SEARCH_STEPS; step += 1) {
    const excess = fill(distances, rho, sigma, out) - target;
    if (Math.abs(excess) < TOLERANCE) break;
    if (excess > 0) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? sigma * 2 : (low + high) / 2;
  }
  const mean = rho > 0 ? distances.reduce((sum, value) => sum + value, 0) / (distances.length + 1) : meanOfAll;
  if (sigma < LEAST_WIDTH * mean) fill(distances, rho, LEAST_WIDTH * mean, out);
}

/** Fills the weights of one row and returns their sum. */
function fill(distances: Float64Array, rho: number, sigma: number, out: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < distances.length; j += 1) {
    const beyond = distances[j]! - rho;
    const weight = beyond <= 0 || sigma === 0 ? 1 : exp(-beyond / sigma);
    out[j] = weight;
    sum += weight;
  }
  return sum;
}

/** Fuzzy union of both directions, rows with ascending columns, every edge in both of its rows. */
function unite(index: Int32Array, weights: Float64Array, n: number, k: number): FuzzyGraph {
  const rows: Map<number, number>[] = Array.from({ length: n }, () => new Map());
  for (let e = 0; e < index.length; e += 1) {
    const i = Math.floor(e / k);
    const j = index[e]!;
    const weight = weights[e]!;
    const known = rows[i]!.get(j) ?? 0;
    const united = known + weight - known * weight;
    rows[i]!.set(j, united);
    rows[j]!.set(i, united);
  }
  const offsets = new Int32Array(n + 1);
  for (const [i, row] of rows.entries()) offsets[i + 1] = offsets[i]! + row.size;
  const columns = new Int32Array(offsets[n]!);
  const values = new Float64Array(offsets[n]!);
  for (const [i, row] of rows.entries()) {
    [...row.keys()].sort((a, b) => a - b).forEach((j, at) => {
      columns[offsets[i]! + at] = j;
      values[offsets[i]! + at] = row.get(j)!;
    });
  }
  return { offsets, columns, weights: values };
}
