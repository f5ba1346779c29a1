import type { Matrix } from '../linalg/matrix';

/** Neighbouring values no further apart than this are not split, as in scikit-learn (a single-precision 1e-7). */
export const SMALLEST_GAP = Math.fround(1e-7);

/**
 * A matrix in single precision whose columns are ranked once, so that trees on any of its rows work on whole numbers.
 * Equal values share a rank; ranks of a column run from 0 without gaps.
 */
export type RankedColumns = {
  readonly rows: number;
  readonly cols: number;
  /** Rank of entry (i, j) at j * rows + i. */
  readonly ranks: Int32Array;
  /** Value of rank r of column j at j * rows + r. */
  readonly values: Float32Array;
  /** Number of ranks of each column. */
  readonly distinct: Int32Array;
  /** 1 where some neighbouring values of the column are within SMALLEST_GAP. */
  readonly narrow: Uint8Array;
};

/** Ranks every column over all rows; O(rows cols log rows). */
export function rankColumns(points: Matrix): RankedColumns {
  const { rows, cols, data } = points;
  const ranks = new Int32Array(rows * cols);
  const values = new Float32Array(rows * cols);
  const distinct = new Int32Array(cols);
  const narrow = new Uint8Array(cols);
  const column = new Float32Array(rows);
  for (let j = 0; j < cols; j += 1) {
    for (let i = 0; i < rows; i += 1) column[i] = data[i * cols + j]!;
    const levels = values.subarray(j * rows, (j + 1) * rows);
    levels.set(column);
    const count = keepDistinct(levels.sort());
    distinct[j] = count;
    for (let r = 1; r < count; r += 1) if (!isApart(levels[r - 1]!, levels[r]!)) narrow[j] = 1;
    for (let i = 0; i < rows; i += 1) ranks[j * rows + i] = positionOf(levels, count, column[i]!);
  }
  return { rows, cols, ranks, values, distinct, narrow };
}

/** Whether a split may fall between two single-precision values, the first being the lower. */
export function isApart(low: number, high: number): boolean {
  return high > Math.fround(low + SMALLEST_GAP);
}

/** Moves the different values of a sorted list to its front and returns their number. */
function keepDistinct(sorted: Float32Array): number {
  let count = 0;
  for (let i = 0; i < sorted.length; i += 1) {
    if (count === 0 || sorted[i] !== sorted[count - 1]) {
      sorted[count] = sorted[i]!;
      count += 1;
    }
  }
  return count;
}

function positionOf(levels: Float32Array, count: number, value: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (levels[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
