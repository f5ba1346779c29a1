import type { NumericsContext } from '../context';
import { forEachBlock, selfDistances } from '../linalg/distances';
import type { Matrix } from '../linalg/matrix';
import { kthSmallest } from '../linalg/select';

/** The k nearest other rows of each row, nearest first, equal distances by row number; both arrays are n x k. */
export type Neighbours = { readonly k: number; readonly index: Int32Array; readonly squared: Float64Array };

/** Exact k nearest neighbours within one set, Euclidean; k must be below the number of rows. */
export async function nearestNeighbours(points: Matrix, k: number, context: NumericsContext = {}): Promise<Neighbours> {
  const n = points.rows;
  const index = new Int32Array(n * k);
  const squared = new Float64Array(n * k);
  const scratch = new Float64Array(n);
  await forEachBlock(selfDistances(points, context.product), context, (block, start, end) => {
    for (let i = start; i < end; i += 1) {
      const row = block.subarray((i - start) * n, (i - start + 1) * n);
      nearestOfRow(row, i, k, scratch, index.subarray(i * k, (i + 1) * k), squared.subarray(i * k, (i + 1) * k));
    }
    context.onProgress?.(end, n, 'neighbours');
  });
  return { k, index, squared };
}

/** The k nearest entries of one row of squared distances, its own left out. */
function nearestOfRow(row: Float64Array, self: number, k: number, scratch: Float64Array, index: Int32Array, squared: Float64Array): void {
  scratch.set(row);
  scratch[self] = scratch[row.length - 1]!;
  const limit = kthSmallest(scratch, row.length - 1, k);
  const candidates: number[] = [];
  for (let j = 0; j < row.length; j += 1) if (row[j]! <= limit && j !== self) candidates.push(j);
  candidates.sort((a, b) => row[a]! - row[b]! || a - b);
  for (let i = 0; i < k; i += 1) {
    index[i] = candidates[i]!;
    squared[i] = row[candidates[i]!]!;
  }
}
