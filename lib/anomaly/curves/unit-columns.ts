import type { Matrix } from '../linalg/matrix';

/**
 * All columns moved and scaled so that they have mean 0 and variance 1 (divisor: number of rows) over the given rows; columns that are constant there become 0 everywhere.
 * @param rows row numbers, at least one
 */
export function unitColumns({ data, rows: all, cols }: Matrix, rows: Int32Array): Matrix {
  const { means, scales } = columnMoments(data, cols, rows);
  const scaled = new Float64Array(data.length);
  for (let i = 0; i < all; i += 1) {
    for (let c = 0; c < cols; c += 1) scaled[i * cols + c] = (data[i * cols + c]! - means[c]!) * scales[c]!;
  }
  return { data: scaled, rows: all, cols };
}

function columnMoments(data: Float64Array, cols: number, rows: Int32Array): { means: Float64Array; scales: Float64Array } {
  // measured from one row, so that a constant column has variance 0 and not a rounding error
  const origin = rows[0]! * cols;
  const sums = new Float64Array(cols);
  const squares = new Float64Array(cols);
  for (const row of rows) {
    for (let c = 0; c < cols; c += 1) sums[c]! += data[row * cols + c]! - data[origin + c]!;
  }
  const means = sums.map((sum, c) => data[origin + c]! + sum / rows.length);
  for (const row of rows) {
    for (let c = 0; c < cols; c += 1) squares[c]! += (data[row * cols + c]! - means[c]!) ** 2;
  }
  return { means, scales: squares.map((sum) => (sum > 0 ? Math.sqrt(rows.length / sum) : 0)) };
}
