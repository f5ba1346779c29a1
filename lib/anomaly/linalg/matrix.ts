import { NumericsError } from '../errors';

/** A dense matrix, row-major: entry (i, j) is `data[i * cols + j]`. */
export type Matrix = { readonly data: Float64Array; readonly rows: number; readonly cols: number };

/** A·Bᵀ in float64: for A (p x d) and B (q x d) the p x q product, row-major. */
export type MatrixProduct = (a: Matrix, b: Matrix) => Promise<Float64Array>;

/** A dense matrix in single precision, row-major. */
export type SingleMatrix = { readonly data: Float32Array; readonly rows: number; readonly cols: number };

/** A·Bᵀ in float32, written to the first p·q entries of `out`, row-major, for A (p x d) and B (q x d). */
export type SingleProduct = (a: SingleMatrix, b: SingleMatrix, out: Float32Array) => Promise<void>;

/** Squares of larger entries could overflow when they are summed. */
const LARGEST_MAGNITUDE = 1e140;

/** Throws `data.shape` or `data.not_finite` unless the matrix is consistent, with finite entries of at most 1e140. */
export function checkMatrix(matrix: Matrix, name = 'The matrix'): void {
  const { data, rows, cols } = matrix;
  if (!Number.isSafeInteger(rows) || !Number.isSafeInteger(cols) || rows < 0 || cols < 0 || data.length !== rows * cols) {
    throw new NumericsError('data.shape', `${name} has ${data.length} values, which do not fill ${rows} rows of ${cols} columns.`);
  }
  for (let i = 0; i < data.length; i += 1) {
    const value = data[i]!;
    if (!(value >= -LARGEST_MAGNITUDE && value <= LARGEST_MAGNITUDE)) {
      const what = Number.isFinite(value) ? `the value ${value}, which is too large` : `${value} instead of a number`;
      throw new NumericsError('data.not_finite', `${name} has ${what} in row ${Math.floor(i / cols)}, column ${i % cols} (counted from 0).`);
    }
  }
}

/** A checked matrix from row-major values; copies unless given a Float64Array. */
export function createMatrix(values: ArrayLike<number>, rows: number, cols: number): Matrix {
  const data = values instanceof Float64Array ? values : Float64Array.from(values);
  const matrix = { data, rows, cols };
  checkMatrix(matrix);
  return matrix;
}

/** A checked matrix from rows of equal length; `data.ragged` when they differ, `data.shape` when there is no row. */
export function matrixFromRows(rows: readonly ArrayLike<number>[]): Matrix {
  const first = rows[0];
  if (first === undefined) throw new NumericsError('data.shape', 'A matrix needs at least one row to know its columns.');
  const cols = first.length;
  const data = new Float64Array(rows.length * cols);
  rows.forEach((row, i) => {
    if (row.length !== cols) {
      throw new NumericsError('data.ragged', `Row ${i} has ${row.length} values where row 0 has ${cols}.`);
    }
    data.set(row, i * cols);
  });
  return createMatrix(data, rows.length, cols);
}

/** A view of rows [start, end), sharing memory. */
export function rowRange(matrix: Matrix, start: number, end: number): Matrix {
  return { data: matrix.data.subarray(start * matrix.cols, end * matrix.cols), rows: end - start, cols: matrix.cols };
}

/** The same of a matrix in single precision. */
export function singleRowRange(matrix: SingleMatrix, start: number, end: number): SingleMatrix {
  return { data: matrix.data.subarray(start * matrix.cols, end * matrix.cols), rows: end - start, cols: matrix.cols };
}

/** A copy of the given rows, in the given order. */
export function selectRows(matrix: Matrix, index: ArrayLike<number>): Matrix {
  const { cols } = matrix;
  const data = new Float64Array(index.length * cols);
  for (let i = 0; i < index.length; i += 1) {
    const row = index[i]!;
    data.set(matrix.data.subarray(row * cols, (row + 1) * cols), i * cols);
  }
  return { data, rows: index.length, cols };
}

/** Mean of each column (length `cols`); zeros for a matrix without rows. */
export function columnMeans(matrix: Matrix): Float64Array {
  const { data, rows, cols } = matrix;
  const means = new Float64Array(cols);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) means[j]! += data[i * cols + j]!;
  }
  for (let j = 0; j < cols; j += 1) means[j]! /= Math.max(rows, 1);
  return means;
}

/** A copy with `centre` subtracted from every row. */
export function subtractFromRows(matrix: Matrix, centre: Float64Array): Matrix {
  const { rows, cols } = matrix;
  const data = Float64Array.from(matrix.data);
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < cols; j += 1) data[i * cols + j]! -= centre[j]!;
  }
  return { data, rows, cols };
}

/** Columns that are summed on their own before the partial sums are added, which keeps rounding errors small. */
const CHUNK = 32;

/** Squared Euclidean length of each row; relative error at most (32 + cols / 32 + 2) 2^-53. */
export function squaredNorms(matrix: Matrix): Float64Array {
  const { data, rows, cols } = matrix;
  const norms = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    const end = (i + 1) * cols;
    for (let start = i * cols; start < end; start += CHUNK) {
      let sum = 0;
      for (let j = start; j < Math.min(start + CHUNK, end); j += 1) sum += data[j]! * data[j]!;
      norms[i]! += sum;
    }
  }
  return norms;
}
