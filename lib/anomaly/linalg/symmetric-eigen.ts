import { NumericsError } from '../errors';
import { checkMatrix, type Matrix } from './matrix';

/** Eigenvalues in descending order; row j of `vectors` (n x n) is the unit eigenvector of `values[j]`. */
export type SymmetricEigen = { readonly values: Float64Array; readonly vectors: Matrix };

const EPSILON = 2 ** -52;
const MAX_SWEEPS = 60;

/**
 * All eigenvalues and eigenvectors of a symmetric matrix (only its lower triangle is read): Householder reduction to tridiagonal
 * form, then QL steps with implicit shifts (Bowdler, Martin, Reinsch and Wilkinson 1968). O(n³); about 0.1 s at n = 300.
 * Plain arithmetic in a fixed order: every runtime gives the same bits. Throws `data.shape`, `data.not_finite`.
 */
export function symmetricEigen(matrix: Matrix): SymmetricEigen {
  checkMatrix(matrix, 'The symmetric matrix');
  const n = matrix.rows;
  if (matrix.cols !== n) throw new NumericsError('data.shape', `Eigenvalues need a square matrix, this one is ${n} x ${matrix.cols}.`);
  const scale = largestMagnitude(matrix);
  const vectors = identity(n);
  if (scale === 0) return { values: new Float64Array(n), vectors: { data: vectors, rows: n, cols: n } };
  const { diagonal, offDiagonal } = tridiagonalise(scaledSquare(matrix, scale), n, vectors);
  implicitQl(diagonal, offDiagonal, vectors, n);
  return sorted(diagonal, vectors, n, scale);
}

function largestMagnitude({ data, rows: n }: Matrix): number {
  let largest = 0;
  for (let i = 0; i < n; i += 1) for (let j = 0; j <= i; j += 1) largest = Math.max(largest, Math.abs(data[i * n + j]!));
  return largest;
}

/** The full square from the lower triangle, with entries of at most 1, so that no square over- or underflows. */
function scaledSquare({ data, rows: n }: Matrix, scale: number): Float64Array {
  const square = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const value = data[i * n + j]! / scale;
      square[i * n + j] = value;
      square[j * n + i] = value;
    }
  }
  return square;
}

function identity(n: number): Float64Array {
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) data[i * n + i] = 1;
  return data;
}

type Tridiagonal = { readonly diagonal: Float64Array; readonly offDiagonal: Float64Array };

/** A = Q T Qᵀ with T tridiagonal; destroys `a` and writes Qᵀ over the identity in `transposed`. */
function tridiagonalise(a: Float64Array, n: number, transposed: Float64Array): Tridiagonal {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n);
  const mirrors: { v: Float64Array; beta: number }[] = [];
  for (let k = 0; k < n; k += 1) {
    diagonal[k] = a[k * n + k]!;
    if (k + 1 >= n) break;
    const { v, beta, alpha } = householder(a, n, k);
    offDiagonal[k] = alpha;
    mirrors.push({ v, beta });
    if (beta > 0) reflectBothSides(a, n, k, v, beta);
  }
  for (let k = mirrors.length - 1; k >= 0; k -= 1) {
    const { v, beta } = mirrors[k]!;
    if (beta > 0) reflectRows(transposed, n, k, v, beta);
  }
  return { diagonal, offDiagonal };
}

/** The reflection I - beta v vᵀ that maps column k below the diagonal onto (alpha, 0, ..., 0). */
function householder(a: Float64Array, n: number, k: number): { v: Float64Array; beta: number; alpha: number } {
  const length = n - k - 1;
  const v = new Float64Array(length);
  let largest = 0;
  for (let i = 0; i < length; i += 1) {
    v[i] = a[(k + 1) * n + i * n + k]!;
    if (i > 0) largest = Math.max(largest, Math.abs(v[i]!));
  }
  const first = v[0]!;
  if (largest === 0) return { v, beta: 0, alpha: first };
  const scale = Math.max(largest, Math.abs(first));
  let sum = 0;
  for (let i = 0; i < length; i += 1) sum += (v[i]! / scale) ** 2;
  const alpha = first > 0 ? -scale * Math.sqrt(sum) : scale * Math.sqrt(sum);
  v[0] = first - alpha;
  let squared = 0;
  for (let i = 0; i < length; i += 1) {
    v[i]! /= scale;
    squared += v[i]! * v[i]!;
  }
  return { v, beta: 2 / squared, alpha };
}

/** A <- H A H on rows and columns from k + 1 on. */
function reflectBothSides(a: Float64Array, n: number, k: number, v: Float64Array, beta: number): void {
  const from = k + 1;
  const length = v.length;
  const w = new Float64Array(length);
  let overlap = 0;
  for (let i = 0; i < length; i += 1) {
    const row = (from + i) * n + from;
    let sum = 0;
    for (let j = 0; j < length; j += 1) sum += a[row + j]! * v[j]!;
    w[i] = beta * sum;
    overlap += w[i]! * v[i]!;
  }
  for (let i = 0; i < length; i += 1) w[i]! -= 0.5 * beta * overlap * v[i]!;
  for (let i = 0; i < length; i += 1) {
    const row = (from + i) * n + from;
    const vi = v[i]!;
    const wi = w[i]!;
    for (let j = 0; j < length; j += 1) a[row + j]! -= vi * w[j]! + wi * v[j]!;
  }
}

/** M <- M H on the rows and columns from k + 1 on. */
function reflectRows(m: Float64Array, n: number, k: number, v: Float64Array, beta: number): void {
  const from = k + 1;
  for (let i = from; i < n; i += 1) {
    const row = i * n + from;
    let sum = 0;
    for (let j = 0; j < v.length; j += 1) sum += m[row + j]! * v[j]!;
    const factor = beta * sum;
    for (let j = 0; j < v.length; j += 1) m[row + j]! -= factor * v[j]!;
  }
}

/** Diagonalises the tridiagonal matrix in `d` (diagonal) and `e` (beside it); the rows of `rows` turn into eigenvectors. */
function implicitQl(d: Float64Array, e: Float64Array, rows: Float64Array, n: number): void {
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < n; l += 1) {
    largest = Math.max(largest, Math.abs(d[l]!) + Math.abs(e[l]!));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]!) > EPSILON * largest) m += 1;
    for (let sweep = 0; m > l && Math.abs(e[l]!) > EPSILON * largest; sweep += 1) {
      if (sweep >= MAX_SWEEPS) throw new NumericsError('data.not_finite', 'The eigenvalues did not settle.');
      shift += qlSweep(d, e, rows, n, l, m);
    }
    d[l]! += shift;
    e[l] = 0;
  }
}

/** One sweep from m up to l; returns by how much the diagonal from l on was shifted. */
function qlSweep(d: Float64Array, e: Float64Array, rows: Float64Array, n: number, l: number, m: number): number {
  const before = d[l]!;
  const half = (d[l + 1]! - before) / (2 * e[l]!);
  const root = half < 0 ? -Math.hypot(half, 1) : Math.hypot(half, 1);
  d[l] = e[l]! / (half + root);
  d[l + 1] = e[l]! * (half + root);
  const next = d[l + 1]!;
  const shift = before - d[l]!;
  for (let i = l + 2; i < n; i += 1) d[i]! -= shift;
  const beside = e[l + 1]!;
  let p = d[m]!;
  let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0];
  for (let i = m - 1; i >= l; i -= 1) {
    [c3, c2, s2] = [c2, c, s];
    const g = c * e[i]!;
    const h = c * p;
    const r = Math.hypot(p, e[i]!);
    e[i + 1] = s * r;
    s = e[i]! / r;
    c = p / r;
    p = c * d[i]! - s * g;
    d[i + 1] = h + s * (c * g + s * d[i]!);
    rotate(rows, i * n, (i + 1) * n, n, c, s);
  }
  p = (-s * s2 * c3 * beside * e[l]!) / next;
  e[l] = s * p;
  d[l] = c * p;
  return shift;
}

function rotate(rows: Float64Array, first: number, second: number, n: number, c: number, s: number): void {
  for (let k = 0; k < n; k += 1) {
    const x = rows[first + k]!;
    const y = rows[second + k]!;
    rows[second + k] = s * x + c * y;
    rows[first + k] = c * x - s * y;
  }
}

function sorted(d: Float64Array, rows: Float64Array, n: number, scale: number): SymmetricEigen {
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => d[j]! - d[i]!);
  const values = new Float64Array(n);
  const data = new Float64Array(n * n);
  order.forEach((from, to) => {
    values[to] = d[from]! * scale;
    data.set(rows.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values, vectors: { data, rows: n, cols: n } };
}
