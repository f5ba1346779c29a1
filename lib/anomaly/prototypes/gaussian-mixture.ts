import { kMeans } from '../clustering/k-means';
import { pause, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { checkMatrix, type Matrix } from '../linalg/matrix';

export type GaussianMixture = {
  /** components x d. */
  readonly means: Matrix;
  /** components x d: diagonals of the covariances. */
  readonly variances: Matrix;
  readonly weights: Float64Array;
  /** Mean log-likelihood of a row, before each step. */
  readonly logLikelihoods: readonly number[];
};

export type MixtureOptions = {
  /** Steps of the EM algorithm at most; default 100. */
  readonly steps?: number;
  /** It ends when the mean log-likelihood of a row rises by less; default 1e-3. */
  readonly tolerance?: number;
};

/** Added to every variance, as a share of the mean variance of the columns: a component of one row has none. */
const FLOOR = 1e-6;

/**
 * A Gaussian mixture with diagonal covariances by the EM algorithm. It starts from the given clusters (0..components-1) of the rows.
 * A component that loses all its rows keeps its mean and variance with weight 0.
 */
export async function fitGaussianMixture(points: Matrix, clusterOf: ArrayLike<number>, components: number, options: MixtureOptions = {}, context: NumericsContext = {}): Promise<GaussianMixture> {
  const { steps = 100, tolerance = 1e-3 } = options;
  checkMatrix(points, 'The normals');
  const { rows, cols } = points;
  const shares = new Float64Array(rows * components);
  for (let i = 0; i < rows; i += 1) shares[i * components + clusterOf[i]!] = 1;
  const floor = FLOOR * meanVariance(points);
  const model = { means: zeros(components, cols), variances: zeros(components, cols), weights: new Float64Array(components) };
  const logLikelihoods: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    await pause(context);
    maximise(points, shares, model, floor);
    logLikelihoods.push(expect(points, shares, model));
    if (step > 0 && logLikelihoods[step]! - logLikelihoods[step - 1]! < tolerance) break;
  }
  return { ...model, logLikelihoods };
}

type Model = { readonly means: Matrix; readonly variances: Matrix; readonly weights: Float64Array };

function zeros(rows: number, cols: number): Matrix {
  return { data: new Float64Array(rows * cols), rows, cols };
}

function meanVariance({ data, rows, cols }: Matrix): number {
  let total = 0;
  for (let c = 0; c < cols; c += 1) {
    let mean = 0;
    for (let i = 0; i < rows; i += 1) mean += data[i * cols + c]! / rows;
    for (let i = 0; i < rows; i += 1) total += (data[i * cols + c]! - mean) ** 2 / rows;
  }
  // Rows that are all alike have no scale of their own.
  return total > 0 ? total / cols : 1;
}

/** M step: weights, means and variances from the shares of the components in the rows. */
function maximise(points: Matrix, shares: Float64Array, { means, variances, weights }: Model, floor: number): void {
  const { data, rows, cols } = points;
  for (let m = 0; m < weights.length; m += 1) {
    let mass = 0;
    for (let i = 0; i < rows; i += 1) mass += shares[i * weights.length + m]!;
    weights[m] = mass / rows;
    if (mass === 0) continue;
    const mean = means.data.subarray(m * cols, (m + 1) * cols).fill(0);
    const variance = variances.data.subarray(m * cols, (m + 1) * cols).fill(0);
    eachShare(shares, weights.length, m, rows, (i, share) => {
      for (let c = 0; c < cols; c += 1) mean[c]! += (share * data[i * cols + c]!) / mass;
    });
    eachShare(shares, weights.length, m, rows, (i, share) => {
      for (let c = 0; c < cols; c += 1) variance[c]! += (share * (data[i * cols + c]! - mean[c]!) ** 2) / mass;
    });
    for (let c = 0; c < cols; c += 1) variance[c]! += floor;
  }
}

function eachShare(shares: Float64Array, components: number, m: number, rows: number, visit: (row: number, share: number) => void): void {
  for (let i = 0; i < rows; i += 1) {
    const share = shares[i * components + m]!;
    if (share > 0) visit(i, share);
  }
}

/** E step: shares of the components in the rows; returns the mean log-likelihood. */
function expect(points: Matrix, shares: Float64Array, model: Model): number {
  const components = model.weights.length;
  const logs = new Float64Array(components);
  const constants = Float64Array.from({ length: components }, (_, m) => logConstant(model, m));
  let total = 0;
  for (let i = 0; i < points.rows; i += 1) {
    for (let m = 0; m < components; m += 1) logs[m] = model.weights[m] === 0 ? -Infinity : constants[m]! - squaredLength(points, i, model, m) / 2;
    const largest = logs.reduce((most, value) => Math.max(most, value), -Infinity);
    const sum = logs.reduce((all, value) => all + Math.exp(value - largest), 0);
    for (let m = 0; m < components; m += 1) shares[i * components + m] = Math.exp(logs[m]! - largest) / sum;
    total += largest + Math.log(sum);
  }
  return total / points.rows;
}

function logConstant({ variances, weights }: Model, m: number): number {
  const { data, cols } = variances;
  let sum = Math.log(weights[m]!);
  for (let c = 0; c < cols; c += 1) sum -= Math.log(2 * Math.PI * data[m * cols + c]!) / 2;
  return sum;
}

/** Squared length of row i - mean m in units of the standard deviations. */
function squaredLength({ data, cols }: Matrix, i: number, { means, variances }: Model, m: number): number {
  let sum = 0;
  for (let c = 0; c < cols; c += 1) sum += (data[i * cols + c]! - means.data[m * cols + c]!) ** 2 / variances.data[m * cols + c]!;
  return sum;
}

/**
 * The label-free core-set (Eq. 5 of "How Low Can You Go?"): a Gaussian mixture with M components on the normals, then for each mean the nearest
 * normal. The paper leaves the covariances open; here they are diagonal and start from k-means, because there are more columns than normals. Where two
 * means share their nearest normal, the later one takes the nearest that is still free, so that M different normals come out.
 * @returns M row numbers in the order of the components, heaviest first
 */
export async function mixtureCoreSet(normals: Matrix, count: number, options: { seed: number }, context: NumericsContext = {}): Promise<Int32Array> {
  checkMatrix(normals, 'The normals');
  if (!Number.isSafeInteger(count) || count < 1 || count > normals.rows) {
    throw new NumericsError('parameter.invalid', `Of ${normals.rows} normals from 1 to ${normals.rows} can be chosen, not ${count}.`);
  }
  const { clusterOf } = kMeans(normals, { clusters: count, seed: options.seed });
  const { means, weights } = await fitGaussianMixture(normals, clusterOf, count, {}, context);
  const order = Int32Array.from(weights, (_, m) => m).sort((a, b) => weights[b]! - weights[a]! || a - b);
  const taken = new Uint8Array(normals.rows);
  return order.map((m) => {
    const row = nearestFree(normals, means, m, taken);
    taken[row] = 1;
    return row;
  });
}

function nearestFree({ data, rows, cols }: Matrix, means: Matrix, m: number, taken: Uint8Array): number {
  let best = -1;
  let smallest = Infinity;
  for (let i = 0; i < rows; i += 1) {
    if (taken[i] === 1) continue;
    let sum = 0;
    for (let c = 0; c < cols; c += 1) sum += (data[i * cols + c]! - means.data[m * cols + c]!) ** 2;
    if (sum < smallest) {
      smallest = sum;
      best = i;
    }
  }
  return best;
}
