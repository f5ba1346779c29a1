import { pause, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import type { Matrix, MatrixProduct } from './matrix';
import { squaredDistancesByDifferences } from './squared-distances';
import { centrePair, squaredDistancesByProduct, type CentredPair } from './squared-distances-product';

/** Entries of one block: 2^21 doubles are 16 MiB. */
const BLOCK_ENTRIES = 2 ** 21;

/** A square of distances is kept when it has at most this many entries (2^25 doubles are 256 MiB, 5,792 rows). */
export const CACHE_ENTRIES = 2 ** 25;

/** Below this many columns the product saves nothing over coordinate differences. */
export const PRODUCT_MIN_COLUMNS = 16;

/**
 * Squared Euclidean distances of all query rows to all reference rows, handed out in blocks of query rows so that the
 * whole never has to be in memory. `block(start, end)` gives (end - start) x references, row-major, valid until the next call.
 * The numbers do not depend on the blocks nor on whether a product is used.
 */
export type DistanceSource = {
  readonly rows: number;
  readonly references: number;
  readonly blockRows: number;
  block(start: number, end: number): Promise<Float64Array>;
};

function checkColumns(queries: Matrix, references: Matrix): void {
  if (queries.rows > 0 && queries.cols !== references.cols) {
    throw new NumericsError('data.shape', `One set has ${queries.cols} columns, the other ${references.cols}.`);
  }
}

function blockRowsFor(references: number): number {
  return Math.max(1, Math.floor(BLOCK_ENTRIES / Math.max(references, 1)));
}

type Fill = (start: number, end: number, from: number, out: Float64Array, stride: number, offset: number) => Promise<void>;

function filler(queries: Matrix, references: Matrix, product: MatrixProduct | undefined): Fill {
  if (product === undefined || queries.cols < PRODUCT_MIN_COLUMNS) {
    return async (start, end, from, out, stride, offset) => {
      squaredDistancesByDifferences(queries, start, end, references, from, out, stride, offset);
    };
  }
  let pair: CentredPair | undefined;
  return async (start, end, from, out, stride, offset) => {
    pair ??= centrePair(queries, references);
    await squaredDistancesByProduct(pair, start, end, from, out, stride, offset, product);
  };
}

/** Squared distances of `queries` (p x d) to `references` (q x d); one block is held at a time. */
export function crossDistances(queries: Matrix, references: Matrix, product?: MatrixProduct): DistanceSource {
  checkColumns(queries, references);
  const fill = filler(queries, references, product);
  const width = references.rows;
  const blockRows = Math.min(blockRowsFor(width), Math.max(queries.rows, 1));
  let buffer: Float64Array | undefined;
  return {
    rows: queries.rows,
    references: width,
    blockRows,
    async block(start, end) {
      buffer ??= new Float64Array(blockRows * width);
      await fill(start, end, 0, buffer, width, 0);
      return buffer.subarray(0, (end - start) * width);
    },
  };
}

/**
 * Squared distances among the rows of one set. Up to `cacheEntries` entries the square is kept and each pair computed
 * once; above that each block is computed anew whenever it is asked for.
 */
export function selfDistances(points: Matrix, product?: MatrixProduct, cacheEntries = CACHE_ENTRIES): DistanceSource {
  const n = points.rows;
  if (n * n > cacheEntries) return crossDistances(points, points, product);
  const fill = filler(points, points, product);
  const blockRows = Math.min(blockRowsFor(n), 256, Math.max(n, 1));
  let square: Float64Array | undefined;
  let filled = 0;
  return {
    rows: n,
    references: n,
    blockRows,
    async block(start, end) {
      square ??= new Float64Array(n * n);
      while (filled < end) {
        const next = Math.min(filled + blockRows, n);
        await fill(filled, next, filled, square.subarray(filled * n), n, filled);
        mirror(square, n, filled, next);
        filled = next;
      }
      return square.subarray(start * n, end * n);
    },
  };
}

/** Rows copied at a time, few enough for the translation cache of the processor. */
const MIRROR_TILE = 32;

/** Copies columns [end, n) of rows [start, end) to the rows below. */
function mirror(square: Float64Array, n: number, start: number, end: number): void {
  for (let tile = start; tile < end; tile += MIRROR_TILE) {
    const tileEnd = Math.min(tile + MIRROR_TILE, end);
    for (let j = end; j < n; j += 1) {
      for (let i = tile; i < tileEnd; i += 1) square[j * n + i] = square[i * n + j]!;
    }
  }
}

/** Visits every block in order; between blocks the caller's cancel signal is looked at. */
export async function forEachBlock(
  source: DistanceSource,
  context: NumericsContext,
  visit: (block: Float64Array, start: number, end: number) => void,
): Promise<void> {
  for (let start = 0; start < source.rows; start += source.blockRows) {
    const end = Math.min(start + source.blockRows, source.rows);
    await pause(context);
    visit(await source.block(start, end), start, end);
  }
}

/**
 * Visits every pair of rows i < j of one set once, in blocks: `block[(i - start) * (rows - start) + j - start]` is the squared distance of rows i of
 * [start, end) and j from i on; entries left of the diagonal are not to be read. The same numbers as `selfDistances`, in half the time of a set too large to keep.
 */
export async function forEachPairBlock(
  points: Matrix,
  context: NumericsContext,
  visit: (block: Float64Array, start: number, end: number) => void,
): Promise<void> {
  const n = points.rows;
  const fill = filler(points, points, context.product);
  const blockRows = Math.min(blockRowsFor(n), Math.max(n, 1));
  const buffer = new Float64Array(blockRows * n);
  for (let start = 0; start < n; start += blockRows) {
    const end = Math.min(start + blockRows, n);
    await pause(context);
    await fill(start, end, start, buffer, n - start, 0);
    visit(buffer, start, end);
  }
}
