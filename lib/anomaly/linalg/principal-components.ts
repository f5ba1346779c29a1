import { columnMeans, squaredNorms, subtractFromRows, type Matrix } from './matrix';
import { symmetricEigen } from './symmetric-eigen';

/**
 * Principal components of n rows: `variances` (divisor n, descending, positive) and as many unit directions as rows of
 * `directions` (r x d); in all other directions, which `directions` leaves out, the rows do not vary.
 */
export type PrincipalComponents = {
  readonly mean: Float64Array;
  readonly variances: Float64Array;
  readonly directions: Matrix;
  /** Squared length of each centred row. */
  readonly squaredLengths: Float64Array;
};

/** Variances below this share of the largest are rounding. */
const RANK_TOLERANCE = 1e-12;

/**
 * Principal components through the covariance matrix (d x d), or through the Gram matrix (n x n) where n < d. Sums run in plain loops, so
 * that the numbers do not depend on a matrix product from outside.
 */
export function principalComponents(points: Matrix): PrincipalComponents {
  const mean = columnMeans(points);
  const centred = subtractFromRows(points, mean);
  const { rows: n, cols: d } = points;
  const squaredLengths = squaredNorms(centred);
  const throughGram = n < d;
  const eigen = symmetricEigen(throughGram ? gram(centred, n) : covariance(centred));
  const limit = (eigen.values[0] ?? 0) * RANK_TOLERANCE;
  const rank = eigen.values[0]! > 0 ? eigen.values.findIndex((value) => value <= limit) : 0;
  const kept = rank < 0 ? eigen.values.length : rank;
  const variances = eigen.values.slice(0, kept);
  const vectors = { data: eigen.vectors.data.subarray(0, kept * eigen.vectors.cols), rows: kept, cols: eigen.vectors.cols };
  const directions = throughGram ? directionsOfGram(vectors, variances, centred) : { data: vectors.data.slice(), rows: kept, cols: d };
  return { mean, variances, directions, squaredLengths };
}

/** Lower triangle of Z Zᵀ / n. */
function gram({ data, rows: n, cols }: Matrix, divisor: number): Matrix {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = 0;
      for (let c = 0; c < cols; c += 1) sum += data[i * cols + c]! * data[j * cols + c]!;
      out[i * n + j] = sum / divisor;
    }
  }
  return { data: out, rows: n, cols: n };
}

/** Lower triangle of Zᵀ Z / n. */
function covariance({ data, rows, cols: d }: Matrix): Matrix {
  const out = new Float64Array(d * d);
  for (let r = 0; r < rows; r += 1) {
    const row = data.subarray(r * d, (r + 1) * d);
    for (let i = 0; i < d; i += 1) {
      const value = row[i]! / rows;
      for (let j = 0; j <= i; j += 1) out[i * d + j]! += value * row[j]!;
    }
  }
  return { data: out, rows: d, cols: d };
}

/** Zᵀ u / sqrt(n variance), a unit vector for each eigenvector u of the Gram matrix; made unit again against rounding. */
function directionsOfGram(vectors: Matrix, variances: Float64Array, centred: Matrix): Matrix {
  const { rows: n, cols: d } = centred;
  const data = new Float64Array(variances.length * d);
  for (let j = 0; j < variances.length; j += 1) {
    const direction = data.subarray(j * d, (j + 1) * d);
    for (let i = 0; i < n; i += 1) {
      const weight = vectors.data[j * n + i]!;
      for (let c = 0; c < d; c += 1) direction[c]! += weight * centred.data[i * d + c]!;
    }
    const length = Math.sqrt(direction.reduce((sum, value) => sum + value * value, 0));
    for (let c = 0; c < d; c += 1) direction[c]! /= length;
  }
  return { data, rows: variances.length, cols: d };
}
