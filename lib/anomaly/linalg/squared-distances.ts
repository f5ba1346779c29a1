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

/**
 * Squared distances of row i of `a` to the given rows of `b`, in their order, to the front of `out`. Equal, bit for bit, to
 * `squaredDistance` of each pair: four pairs are summed side by side, each in column order.
 */
export function squaredDistancesOfRow(a: Matrix, i: number, b: Matrix, rows: Int32Array, out: Float64Array): void {
  const { cols } = a;
  const together = rows.length - (rows.length % 4);
  for (let e = 0; e < together; e += 4) {
    oneByFour(a.data, i * cols, b.data, rows[e]! * cols, rows[e + 1]! * cols, rows[e + 2]! * cols, rows[e + 3]! * cols, cols, out, e);
  }
  for (let e = together; e < rows.length; e += 1) out[e] = squaredDistance(a, i, b, rows[e]!);
}

/** Distances of the row at `p` of `a` to the rows at `q0` to `q3` of `b`. */
function oneByFour(a: Float64Array, p: number, b: Float64Array, q0: number, q1: number, q2: number, q3: number, cols: number, out: Float64Array, at: number): void {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let c = 0; c < cols; c += 1) {
    const x = a[p + c]!;
    const d0 = x - b[q0 + c]!;
    const d1 = x - b[q1 + c]!;
    const d2 = x - b[q2 + c]!;
    const d3 = x - b[q3 + c]!;
    sum0 += d0 * d0;
    sum1 += d1 * d1;
    sum2 += d2 * d2;
    sum3 += d3 * d3;
  }
  out[at] = roundSignificand(sum0);
  out[at + 1] = roundSignificand(sum1);
  out[at + 2] = roundSignificand(sum2);
  out[at + 3] = roundSignificand(sum3);
}

/** How many query rows stay in the cache while the references stream by; even. */
const QUERY_TILE = 16;

/**
 * Squared Euclidean distances of query rows [start, end) to reference rows [from, references.rows), by coordinate
 * differences. Entry (i, j) goes to `out[(i - start) * stride + offset + (j - from)]`. Equal, bit for bit, to
 * `squaredDistance` of each pair: two by two pairs are summed side by side, each in column order.
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
  const { cols } = queries;
  const last = references.rows;
  const shift = offset - start * stride - from;
  for (let tile = start; tile < end; tile += QUERY_TILE) {
    const tileEnd = Math.min(tile + QUERY_TILE, end);
    const pairsEnd = tileEnd - ((tileEnd - tile) % 2);
    for (let j = from; j + 1 < last; j += 2) {
      for (let i = tile; i < pairsEnd; i += 2) {
        twoByTwo(queries.data, i * cols, references.data, j * cols, cols, out, i * stride + j + shift, (i + 1) * stride + j + shift);
      }
    }
    for (let i = tile; i < tileEnd; i += 1) {
      const alone = i >= pairsEnd ? from : last - ((last - from) % 2);
      for (let j = alone; j < last; j += 1) out[i * stride + j + shift] = squaredDistance(queries, i, references, j);
    }
  }
}

/** Distances of two neighbouring rows at `p` of `a` to two neighbouring rows at `q` of `b`. */
function twoByTwo(a: Float64Array, p: number, b: Float64Array, q: number, cols: number, out: Float64Array, first: number, second: number): void {
  const p2 = p + cols;
  const q2 = q + cols;
  let sum00 = 0;
  let sum01 = 0;
  let sum10 = 0;
  let sum11 = 0;
  for (let c = 0; c < cols; c += 1) {
    const x0 = a[p + c]!;
    const x1 = a[p2 + c]!;
    const y0 = b[q + c]!;
    const y1 = b[q2 + c]!;
    const d00 = x0 - y0;
    const d01 = x0 - y1;
    const d10 = x1 - y0;
    const d11 = x1 - y1;
    sum00 += d00 * d00;
    sum01 += d01 * d01;
    sum10 += d10 * d10;
    sum11 += d11 * d11;
  }
  out[first] = roundSignificand(sum00);
  out[first + 1] = roundSignificand(sum01);
  out[second] = roundSignificand(sum10);
  out[second + 1] = roundSignificand(sum11);
}
