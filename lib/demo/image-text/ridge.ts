/** Rows x columns, row by row. */
export type Table = { readonly rows: number; readonly cols: number; readonly data: Float64Array };

/** A linear map: target = x W + bias, with W inputs x targets. */
export type LinearMap = { readonly weights: Table; readonly bias: Float64Array };

/** Products of all pairs of rows: X Xᵀ, square and symmetric. */
export function gramOf({ rows: n, cols: p, data }: Table): Float64Array {
  const gram = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = data.subarray(i * p, (i + 1) * p);
    for (let j = 0; j <= i; j++) gram[i * n + j] = gram[j * n + i] = dot(row, data.subarray(j * p, (j + 1) * p), p);
  }
  return gram;
}

/**
 * Ridge regression of targets Y on inputs X, both centred over the chosen rows: the minimum of |X W - Y|² + penalty |W|². The penalty is `share` times the
 * mean over the rows of their squared length. Solved in the rows, of which there are fewer than inputs: W = Xᵀ (X Xᵀ + penalty)⁻¹ Y.
 * @param gram of all rows of x
 */
export function ridgeInRows(x: Table, y: Table, rows: readonly number[], gram: Float64Array, share: number): LinearMap {
  const n = rows.length;
  const kernel = centredGram(gram, x.rows, rows);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += kernel[i * n + i]!;
  for (let i = 0; i < n; i++) kernel[i * n + i]! += (share * trace) / n;
  const means = meansOf(x, rows);
  const dual = centredRows(y, rows, meansOf(y, rows));
  solveInPlace(kernel, n, dual, y.cols);
  const data = new Float64Array(x.cols * y.cols);
  rows.forEach((row, i) => addOuter(data, x.data.subarray(row * x.cols, (row + 1) * x.cols), means, dual.subarray(i * y.cols, (i + 1) * y.cols)));
  return withBias({ rows: x.cols, cols: y.cols, data }, means);
}

/**
 * The same regression solved in the inputs, of which there are few; most inputs are zero in a row. The penalty is `share` times the mean variance of the
 * inputs times the number of rows.
 */
export function ridgeInInputs(x: Table, y: Table, share: number): LinearMap {
  const { rows: n, cols: p } = x;
  const all = Array.from({ length: n }, (_, i) => i);
  const means = meansOf(x, all);
  const targetMeans = meansOf(y, all);
  const squares = new Float64Array(p * p);
  const data = new Float64Array(p * y.cols);
  for (let i = 0; i < n; i++) {
    const row = x.data.subarray(i * p, (i + 1) * p);
    const held = [...row.keys()].filter((a) => row[a] !== 0);
    for (const a of held) {
      for (const b of held) squares[a * p + b]! += row[a]! * row[b]!;
      for (let c = 0; c < y.cols; c++) data[a * y.cols + c]! += row[a]! * (y.data[i * y.cols + c]! - targetMeans[c]!);
    }
  }
  let trace = 0;
  for (let a = 0; a < p; a++) {
    for (let b = 0; b < p; b++) squares[a * p + b]! -= n * means[a]! * means[b]!;
    trace += squares[a * p + a]!;
  }
  for (let a = 0; a < p; a++) squares[a * p + a]! += (share * trace) / p;
  solveInPlace(squares, p, data, y.cols);
  return withBias({ rows: p, cols: y.cols, data }, means);
}

function meansOf({ cols, data }: Table, rows: readonly number[]): Float64Array {
  const means = new Float64Array(cols);
  for (const row of rows) for (let c = 0; c < cols; c++) means[c]! += data[row * cols + c]!;
  return means.map((sum) => sum / rows.length);
}

function centredRows({ cols, data }: Table, rows: readonly number[], means: Float64Array): Float64Array {
  const out = new Float64Array(rows.length * cols);
  rows.forEach((row, i) => {
    for (let c = 0; c < cols; c++) out[i * cols + c] = data[row * cols + c]! - means[c]!;
  });
  return out;
}

/** Products of the chosen rows less their mean. */
function centredGram(gram: Float64Array, all: number, rows: readonly number[]): Float64Array {
  const n = rows.length;
  const means = Float64Array.from(rows, (i) => rows.reduce((sum, j) => sum + gram[i * all + j]!, 0) / n);
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + j] = gram[rows[i]! * all + rows[j]!]! - means[i]! - means[j]! + mean;
  return out;
}

/** Adds (input - means) ⊗ weights to a table inputs x targets. */
function addOuter(data: Float64Array, input: Float64Array, means: Float64Array, weights: Float64Array): void {
  const cols = weights.length;
  for (let a = 0; a < input.length; a++) {
    const value = input[a]! - means[a]!;
    for (let c = 0; c < cols; c++) data[a * cols + c]! += value * weights[c]!;
  }
}

/** The map of centred inputs to centred targets, for inputs as they are: the mean input gives zero. */
function withBias(weights: Table, means: Float64Array): LinearMap {
  const { cols, data } = weights;
  const bias = new Float64Array(cols);
  means.forEach((mean, a) => {
    for (let c = 0; c < cols; c++) bias[c]! -= mean * data[a * cols + c]!;
  });
  return { weights, bias };
}

/** Solves A Z = B for a symmetric positive definite A (n, n); A becomes its Cholesky factor and B (n, q) the solution. */
function solveInPlace(a: Float64Array, n: number, b: Float64Array, q: number): void {
  decompose(a, n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) subtractRow(b, q, i, k, a[i * n + k]!);
    divideRow(b, q, i, a[i * n + i]!);
  }
  for (let i = n - 1; i >= 0; i--) {
    divideRow(b, q, i, a[i * n + i]!);
    for (let k = 0; k < i; k++) subtractRow(b, q, k, i, a[i * n + k]!);
  }
}

/** Cholesky factor in the lower half, in place. */
function decompose(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const row = a.subarray(i * n, i * n + i + 1);
    for (let j = 0; j < i; j++) row[j] = (row[j]! - dot(row, a.subarray(j * n, j * n + j), j)) / a[j * n + j]!;
    row[i] = Math.sqrt(row[i]! - dot(row, row, i));
  }
}

function dot(x: Float64Array, y: Float64Array, length: number): number {
  let [s0, s1, s2, s3, k] = [0, 0, 0, 0, 0];
  for (; k + 4 <= length; k += 4) {
    s0 += x[k]! * y[k]!;
    s1 += x[k + 1]! * y[k + 1]!;
    s2 += x[k + 2]! * y[k + 2]!;
    s3 += x[k + 3]! * y[k + 3]!;
  }
  for (; k < length; k++) s0 += x[k]! * y[k]!;
  return s0 + s1 + s2 + s3;
}

function subtractRow(b: Float64Array, q: number, to: number, from: number, factor: number): void {
  if (factor === 0) return;
  for (let c = 0; c < q; c++) b[to * q + c]! -= factor * b[from * q + c]!;
}

function divideRow(b: Float64Array, q: number, row: number, divisor: number): void {
  for (let c = 0; c < q; c++) b[row * q + c]! /= divisor;
}
