import { CACHE_ENTRIES, crossDistances, forEachBlock, selfDistances } from '../../linalg/distances';
import type { NumericsContext } from '../../context';
import type { Matrix } from '../../linalg/matrix';
import { squaredDistancesByDifferences } from '../../linalg/squared-distances';

/**
 * Squared distances of each row of one set to all rows of another, asked for row by row in any order: row i's are
 * `data[offsetOf(i) + j]`. Up to 2^25 entries (256 MiB) all are computed once and kept; above that a row is computed whenever it
 * is asked for, and `data` holds only the last one. The numbers are the same either way.
 */
export type RowDistances = {
  readonly data: Float64Array;
  offsetOf(row: number): number;
};

function keptRows(data: Float64Array, references: number): RowDistances {
  return { data, offsetOf: (row) => row * references };
}

function recomputedRows(queries: Matrix, references: Matrix): RowDistances {
  const data = new Float64Array(references.rows);
  return {
    data,
    offsetOf(row) {
      squaredDistancesByDifferences(queries, row, row + 1, references, 0, data, references.rows, 0);
      return 0;
    },
  };
}

/** Distances of `queries` to `references`; the two may be the same matrix. `cacheEntries` is for tests. */
export async function rowDistances(
  queries: Matrix,
  references: Matrix,
  context: NumericsContext,
  cacheEntries = CACHE_ENTRIES,
): Promise<RowDistances> {
  const entries = queries.rows * references.rows;
  if (entries > cacheEntries) return recomputedRows(queries, references);
  if (queries === references) return keptRows(await selfDistances(references, context.product).block(0, references.rows), references.rows);
  const data = new Float64Array(entries);
  await forEachBlock(crossDistances(queries, references, context.product), context, (block, start) => {
    data.set(block, start * references.rows);
  });
  return keptRows(data, references.rows);
}
