import type { Matrix } from './matrix';

/** 2^17 + 1: Veltkamp's constant that keeps 53 - 17 = 36 significant bits. */
const SPLIT = 131_073;

/**
 * Rounds to 36 significant bits (to nearest; relative change at most 2^-36). Every squared distance of this room is
 * rounded this way, so that two ways of computing it, which differ in the last bits, give the same number, and a
 * tie stays a tie. See squared-distances-product.ts for the other way.
 */
export function roundSignificand(value: number): number {
  const scaled = value * SPLIT;
  return scaled - (scaled - value);
}

/** Squared Euclidean distance of two rows by coordinate differences, summed in column order, rounded to 36 bits. */
export function squaredDistance(a: Matrix, i: number, b: Matrix, j: number): number {
  const left = a.data;
  const right = b.data;
  const { cols } = a;
  let p = i * cols;
  let q = j * cols;
  let sum = 0;
  for (const end = p + cols; p < end; p += 1, q += 1) {
    const difference = left[p]! - right[q]!;
    sum += difference * difference;
  }
  return roundSignificand(sum);
}

/** How many query rows stay in the cache while the references stream by. */
const QUERY_TILE = 16;

/**
 * Squared Euclidean distances of query rows [start, end) to reference rows [from, references.rows), by coordinate
 * differences. Entry (i, j) goes to `out[(i - start) * stride + offset + (j - from)]`. Equal, bit for bit, to
 * `squaredDistance` of each pair: four pairs are summed side by side, each in column order.
 */
export function squaredDistancesByDifferences(
  queries: Matrix,
  start: number,
  end: number,
  references: Matrix,
  from: number,
  out: Float64Array,
  stride: number,
  offset: number,
): void {
  for (let tile = start; tile < end; tile += QUERY_TILE) {
    const tileEnd = Math.min(tile + QUERY_TILE, end);
    let j = from;
    for (; j + 4 <= references.rows; j += 4) {
      for (let i = tile; i < tileEnd; i += 1) {
        fourDistances(queries.data, i * queries.cols, references.data, j * queries.cols, queries.cols, out, (i - start) * stride + offset + j - from);
      }
    }
    for (; j < references.rows; j += 1) {
      for (let i = tile; i < tileEnd; i += 1) {
        out[(i - start) * stride + offset + j - from] = squaredDistance(queries, i, references, j);
      }
    }
  }
}

function fourDistances(a: Float64Array, p: number, b: Float64Array, q: number, cols: number, out: Float64Array, at: number): void {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let q1 = q + cols;
  let q2 = q1 + cols;
  let q3 = q2 + cols;
  let q0 = q;
  for (let i = p, stop = p + cols; i < stop; i += 1) {
    const x = a[i]!;
    const d0 = x - b[q0]!;
    const d1 = x - b[q1]!;
    const d2 = x - b[q2]!;
    const d3 = x - b[q3]!;
    sum0 += d0 * d0;
    sum1 += d1 * d1;
    sum2 += d2 * d2;
    sum3 += d3 * d3;
    q0 += 1;
    q1 += 1;
    q2 += 1;
    q3 += 1;
  }
  out[at] = roundSignificand(sum0);
  out[at + 1] = roundSignificand(sum1);
  out[at + 2] = roundSignificand(sum2);
  out[at + 3] = roundSignificand(sum3);
}
