import { kthSmallest } from './select';
import type { BoundedRows } from './squared-distance-bounds';

/** Places beside 2 k in a row's list; more leave room for more pairs that the bounds cannot tell apart. */
const SPARE_PLACES = 64;

/**
 * For each query row those reference rows that may be among its k nearest, as far as float32 products tell. A row's list grows to
 * its capacity and is then cut back to the entries whose lower bound does not exceed the k-th smallest upper bound. A true
 * neighbour is never cut: k entries lie, by their upper bounds, no farther than what is cut lies by its lower bound. A list that
 * stays full is given up, and its row must be decided otherwise.
 */
export class NearestCandidates {
  /** What a further entry's lower bound must not exceed; -Infinity for a row that was given up. */
  readonly limits: Float64Array;
  /** How many rows were given up. */
  givenUp = 0;
  readonly #queries: BoundedRows;
  readonly #references: BoundedRows;
  readonly #k: number;
  readonly #capacity: number;
  readonly #counts: Int32Array;
  readonly #entries: Int32Array;
  readonly #dots: Float32Array;
  readonly #scratch: Float64Array;

  constructor(queries: BoundedRows, references: BoundedRows, k: number) {
    const { rows } = queries.rounded;
    this.#queries = queries;
    this.#references = references;
    this.#k = k;
    this.#capacity = 2 * k + SPARE_PLACES;
    this.limits = new Float64Array(rows).fill(Infinity);
    this.#counts = new Int32Array(rows);
    this.#entries = new Int32Array(rows * this.#capacity);
    this.#dots = new Float32Array(rows * this.#capacity);
    this.#scratch = new Float64Array(this.#capacity);
  }

  /** Enters a pair whose lower bound does not exceed the row's limit. */
  add(row: number, reference: number, dot: number): void {
    const count = this.#counts[row]!;
    const place = row * this.#capacity + count;
    this.#entries[place] = reference;
    this.#dots[place] = dot;
    this.#counts[row] = count + 1;
    if (count + 1 < this.#capacity) return;
    this.#cut(row);
    if (this.#counts[row]! > this.#capacity - SPARE_PLACES / 4) {
      this.limits[row] = -Infinity;
      this.givenUp += 1;
    }
  }

  /** The reference rows left for a row, at least k of them once all pairs were offered; undefined for a row that was given up. */
  of(row: number): Int32Array | undefined {
    if (this.limits[row] === -Infinity) return undefined;
    this.#cut(row);
    const start = row * this.#capacity;
    return this.#entries.subarray(start, start + this.#counts[row]!);
  }

  #cut(row: number): void {
    const { low, high } = this.#references;
    const start = row * this.#capacity;
    const end = start + this.#counts[row]!;
    const ownHigh = this.#queries.high[row]!;
    for (let e = start; e < end; e += 1) this.#scratch[e - start] = ownHigh + high[this.#entries[e]!]! - 2 * this.#dots[e]!;
    const limit = kthSmallest(this.#scratch, end - start, this.#k);
    const ownLow = this.#queries.low[row]!;
    let kept = start;
    for (let e = start; e < end; e += 1) {
      const reference = this.#entries[e]!;
      const dot = this.#dots[e]!;
      if (ownLow + low[reference]! - 2 * dot > limit) continue;
      this.#entries[kept] = reference;
      this.#dots[kept] = dot;
      kept += 1;
    }
    this.limits[row] = limit;
    this.#counts[row] = kept - start;
  }
}

/** Offers the pairs of query rows [start, end) with all reference rows; `dots` is their (end - start) x references product. */
export function offerBlock(candidates: NearestCandidates, queries: BoundedRows, references: BoundedRows, dots: Float32Array, start: number, end: number): void {
  const { limits } = candidates;
  const { low } = references;
  const count = low.length;
  for (let i = start; i < end; i += 1) {
    const own = queries.low[i]!;
    const offset = (i - start) * count;
    let limit = limits[i]!;
    for (let j = 0; j < count; j += 1) {
      const dot = dots[offset + j]!;
      if (own + low[j]! - 2 * dot > limit) continue;
      candidates.add(i, j, dot);
      limit = limits[i]!;
    }
  }
}

/**
 * Offers the pairs of rows [start, end) with all later rows of the same set, to both rows of each pair; `dots` is the product of rows
 * [start, end) with rows [start, rows).
 */
export function offerBlockToBoth(candidates: NearestCandidates, { low }: BoundedRows, dots: Float32Array, start: number, end: number): void {
  const { limits } = candidates;
  const rows = low.length;
  for (let i = start; i < end; i += 1) {
    const own = low[i]!;
    const offset = (i - start) * (rows - start) - start;
    let limit = limits[i]!;
    for (let j = i + 1; j < rows; j += 1) {
      const dot = dots[offset + j]!;
      const bound = own + low[j]! - 2 * dot;
      if (bound <= limit) {
        candidates.add(i, j, dot);
        limit = limits[i]!;
      }
      if (bound <= limits[j]!) candidates.add(j, i, dot);
    }
  }
}
