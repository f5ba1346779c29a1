import { pause, type NumericsContext } from '../context';
import { crossDistances, forEachBlock, PRODUCT_MIN_COLUMNS, selfDistances, type DistanceSource } from './distances';
import { selectRows, singleRowRange, type Matrix, type MatrixProduct, type SingleProduct } from './matrix';
import { NearestCandidates, offerBlock, offerBlockToBoth } from './nearest-candidates';
import { kthSmallest } from './select';
import { BOUNDED_MAX_COLUMNS, boundSquaredDistances, type BoundedRows } from './squared-distance-bounds';
import { squaredDistancesOfRow } from './squared-distances';

/** The k nearest rows of each query row, nearest first, equal distances by row number; both arrays are queries x k. */
export type Neighbours = { readonly k: number; readonly index: Int32Array; readonly squared: Float64Array };

/** Entries of one block of products: 2^22 floats are 16 MiB. */
const BLOCK_ENTRIES = 2 ** 22;
const BLOCK_MAX_ROWS = 512;

/** Below this many times k references most of them would be candidates. */
const MIN_REFERENCES_PER_NEIGHBOUR = 8;

/** Rows decided between two looks at the cancel signal. */
const ROWS_BETWEEN_PAUSES = 1024;

/** What is sought among what; `ownLeftOut` says that both are one set, whose rows are no neighbours of themselves. */
type Search = { readonly queries: Matrix; readonly references: Matrix; readonly ownLeftOut: boolean };

/** Exact k nearest other rows of each row of one set, Euclidean, as `nearestReferences`; k must be below the number of rows. */
export function nearestNeighbours(points: Matrix, k: number, context: NumericsContext = {}): Promise<Neighbours> {
  return nearest({ queries: points, references: points, ownLeftOut: true }, k, context);
}

/**
 * Exact k nearest reference rows of each query row, Euclidean; k must not exceed the number of references.
 *
 * With `context.singleProduct` most pairs are ruled out by bounds from float32 products, and only the few left are computed by coordinate
 * differences; rows that the bounds leave open go the other way, over all distances. The result is the same, bit for bit.
 */
export function nearestReferences(queries: Matrix, references: Matrix, k: number, context: NumericsContext = {}): Promise<Neighbours> {
  return nearest({ queries, references, ownLeftOut: false }, k, context);
}

async function nearest(search: Search, k: number, context: NumericsContext): Promise<Neighbours> {
  const { rows } = search.queries;
  const found = { k, index: new Int32Array(rows * k), squared: new Float64Array(rows * k) };
  const open = await decideByBounds(search, found, context);
  if (open === undefined) await decideByDistances(search, undefined, found, context);
  else if (open.length > 0) await decideByDistances(search, open, found, context);
  return found;
}

/** Fills the rows that float32 bounds can decide and returns the others; undefined when that way is closed or would not pay. */
async function decideByBounds({ queries, references, ownLeftOut }: Search, found: Neighbours, context: NumericsContext): Promise<number[] | undefined> {
  const { singleProduct } = context;
  const { cols, rows } = references;
  const pays = cols >= PRODUCT_MIN_COLUMNS && cols <= BOUNDED_MAX_COLUMNS && rows >= MIN_REFERENCES_PER_NEIGHBOUR * found.k;
  if (singleProduct === undefined || found.k < 1 || !pays) return undefined;
  const bounds = boundSquaredDistances(queries, references);
  if (bounds === undefined) return undefined;
  const candidates = new NearestCandidates(bounds.queries, bounds.references, found.k);
  const complete = await offerAllPairs(candidates, { ...bounds, ownLeftOut }, singleProduct, context);
  return complete ? decideAmongCandidates(queries, references, candidates, found, context) : undefined;
}

/** False when it stopped early, because half of the rows were given up. */
async function offerAllPairs(
  candidates: NearestCandidates,
  { queries, references, ownLeftOut }: { queries: BoundedRows; references: BoundedRows; ownLeftOut: boolean },
  product: SingleProduct,
  context: NumericsContext,
): Promise<boolean> {
  const { rows } = queries.rounded;
  const count = references.rounded.rows;
  const blockRows = Math.max(1, Math.min(BLOCK_MAX_ROWS, Math.floor(BLOCK_ENTRIES / count), rows));
  const dots = new Float32Array(blockRows * count);
  for (let start = 0; start < rows; start += blockRows) {
    const end = Math.min(start + blockRows, rows);
    await pause(context);
    const from = ownLeftOut ? start : 0;
    await product(singleRowRange(queries.rounded, start, end), singleRowRange(references.rounded, from, count), dots);
    if (ownLeftOut) offerBlockToBoth(candidates, references, dots, start, end);
    else offerBlock(candidates, queries, references, dots, start, end);
    if (2 * candidates.givenUp > rows) return false;
    context.onProgress?.(end, rows, 'neighbours');
  }
  return true;
}

async function decideAmongCandidates(
  queries: Matrix,
  references: Matrix,
  candidates: NearestCandidates,
  found: Neighbours,
  context: NumericsContext,
): Promise<number[]> {
  const open: number[] = [];
  const distances = new Float64Array(references.rows);
  for (let i = 0; i < queries.rows; i += 1) {
    if (i % ROWS_BETWEEN_PAUSES === 0) await pause(context);
    const rows = candidates.of(i);
    if (rows === undefined) {
      open.push(i);
      continue;
    }
    squaredDistancesOfRow(queries, i, references, rows, distances);
    enterNearest(rows, distances, i, found);
  }
  return open;
}

/** Enters the k nearest of a few rows, whose squared distances are given in their order; the rows come in any order. */
function enterNearest(rows: Int32Array, distances: Float64Array, query: number, { k, index, squared }: Neighbours): void {
  const start = query * k;
  for (let e = 0; e < rows.length; e += 1) {
    const row = rows[e]!;
    const distance = distances[e]!;
    let place = start + Math.min(e, k);
    while (place > start && (squared[place - 1]! > distance || (squared[place - 1] === distance && index[place - 1]! > row))) {
      place -= 1;
      if (place + 1 < start + k) {
        index[place + 1] = index[place]!;
        squared[place + 1] = squared[place]!;
      }
    }
    if (place === start + k) continue;
    index[place] = row;
    squared[place] = distance;
  }
}

function distanceSource({ queries, references, ownLeftOut }: Search, chosen: readonly number[] | undefined, product: MatrixProduct | undefined): DistanceSource {
  if (chosen !== undefined) return crossDistances(selectRows(queries, chosen), references, product);
  return ownLeftOut ? selfDistances(references, product) : crossDistances(queries, references, product);
}

/** Decides the chosen query rows (all when undefined) over their distances to all references. */
async function decideByDistances(search: Search, chosen: readonly number[] | undefined, found: Neighbours, context: NumericsContext): Promise<void> {
  const source = distanceSource(search, chosen, context.product);
  const width = source.references;
  const scratch = new Float64Array(width);
  await forEachBlock(source, context, (block, start, end) => {
    for (let i = start; i < end; i += 1) {
      const query = chosen?.[i] ?? i;
      const row = block.subarray((i - start) * width, (i - start + 1) * width);
      enterNearestOfAll(row, search.ownLeftOut ? query : undefined, query, scratch, found);
    }
    if (chosen === undefined) context.onProgress?.(end, source.rows, 'neighbours');
  });
}

/** Enters the k nearest entries of one row of squared distances, its own (when there is one) left out. */
function enterNearestOfAll(row: Float64Array, self: number | undefined, query: number, scratch: Float64Array, { k, index, squared }: Neighbours): void {
  scratch.set(row);
  if (self !== undefined) scratch[self] = scratch[row.length - 1]!;
  const limit = kthSmallest(scratch, self === undefined ? row.length : row.length - 1, k);
  const candidates: number[] = [];
  for (let j = 0; j < row.length; j += 1) if (row[j]! <= limit && j !== self) candidates.push(j);
  candidates.sort((a, b) => row[a]! - row[b]! || a - b);
  for (let e = 0; e < k; e += 1) {
    index[query * k + e] = candidates[e]!;
    squared[query * k + e] = row[candidates[e]!]!;
  }
}
