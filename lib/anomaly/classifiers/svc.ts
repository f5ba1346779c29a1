import { NumericsError } from '../errors';
import type { Matrix } from '../linalg/matrix';
import { solveDual, type KernelRows } from './smo';

export type SvcParameters = {
  /** C, the upper bound of the weights. */
  readonly cost: number;
  /** Largest violation of the optimality conditions that is left. */
  readonly tolerance: number;
};

export const svcDefaults: SvcParameters = { cost: 1, tolerance: 1e-3 };

/** A fitted support vector classifier over the rows of a shared distance matrix. */
export type SvcModel = {
  /** Weight of each row of the distance matrix, 0 outside the members. */
  readonly alpha: Float64Array;
  /** b of the decision value sum y_i alpha_i K(x_i, x) - b. */
  readonly rho: number;
  readonly gamma: number;
  /** Steps of the solver. */
  readonly iterations: number;
};

/**
 * scikit-learn's gamma = 'scale': 1 / (d v) with v the population variance of all entries of the given rows; 1 when v is 0.
 */
export function scaleGamma(points: Matrix, rows: Int32Array): number {
  const { data, cols } = points;
  if (rows.length === 0 || cols === 0) throw new NumericsError('data.too_few_rows', 'A kernel width needs at least one row and one column.');
  // measured from one entry, so that constant data have variance 0 and not a rounding error
  const origin = data[rows[0]! * cols]!;
  const shift = meanOver(points, rows, (value) => value - origin);
  const variance = meanOver(points, rows, (value) => (value - origin - shift) ** 2);
  return variance > 0 ? 1 / (cols * variance) : 1;
}

function meanOver({ data, cols }: Matrix, rows: Int32Array, of: (value: number) => number): number {
  let sum = 0;
  for (const row of rows) {
    let own = 0;
    for (let k = row * cols; k < (row + 1) * cols; k += 1) own += of(data[k]!);
    sum += own;
  }
  return sum / (rows.length * cols);
}

/**
 * C-SVC with the kernel exp(-gamma |a - b|^2) on subsets of N rows whose squared distances (N x N, row-major) are given once. Only the
 * exponentials that a fit asks for are computed; their buffers are kept from fit to fit.
 */
export class SvcTrainer {
  private readonly buffers: (Float64Array | undefined)[] = [];

  /** `labels` of all N rows, 0 or 1. */
  constructor(
    private readonly squaredDistances: Float64Array,
    private readonly labels: Uint8Array,
  ) {}

  /**
   * Fits on `members` (ascending row numbers). `start` is a model of other members to begin from: weights of rows that both have are kept
   * as far as they balance, which shortens the search and leaves its goal. With one class only, that class is predicted everywhere.
   */
  fit(members: Int32Array, gamma: number, parameters: SvcParameters = svcDefaults, start?: SvcModel): SvcModel {
    const alpha = new Float64Array(this.labels.length);
    const signs = Int8Array.from(members, (row) => (this.labels[row] === 1 ? 1 : -1));
    const [first] = signs;
    if (first === undefined) throw new NumericsError('data.too_few_rows', 'A support vector classifier needs at least one row.');
    if (!signs.includes(-first)) return { alpha, rho: -first, gamma, iterations: 0 };
    const own = start === undefined ? undefined : balanced(Float64Array.from(members, (row) => start.alpha[row]!), signs);
    const solution = solveDual(this.kernel(members, gamma), signs, { ...parameters, start: own });
    members.forEach((row, i) => {
      alpha[row] = solution.alpha[i]!;
    });
    return { alpha, rho: solution.rho, gamma, iterations: solution.iterations };
  }

  /** Decision values (anomaly above 0) of queries whose squared distances to all N rows are given (t x N). */
  decide(model: SvcModel, queryDistances: Float64Array): Float64Array {
    const { labels } = this;
    const n = labels.length;
    const support = Int32Array.from({ length: n }, (_, i) => i).filter((i) => model.alpha[i]! > 0);
    const weights = Float64Array.from(support, (i) => (labels[i] === 1 ? model.alpha[i]! : -model.alpha[i]!));
    const values = new Float64Array(n === 0 ? 0 : queryDistances.length / n);
    for (let q = 0; q < values.length; q += 1) {
      let sum = -model.rho;
      for (let s = 0; s < support.length; s += 1) sum += weights[s]! * Math.exp(-model.gamma * queryDistances[q * n + support[s]!]!);
      values[q] = sum;
    }
    return values;
  }

  private kernel(members: Int32Array, gamma: number): KernelRows {
    const { squaredDistances, buffers } = this;
    const width = this.labels.length;
    const size = members.length;
    const filled = new Uint8Array(size);
    return {
      size,
      row(i) {
        const row = (buffers[i] ??= new Float64Array(width));
        if (filled[i] === 1) return row;
        filled[i] = 1;
        const base = members[i]! * width;
        for (let j = 0; j < size; j += 1) row[j] = Math.exp(-gamma * squaredDistances[base + members[j]!]!);
        return row;
      },
    };
  }
}

/** Weights with equal sums in both classes: those of the heavier class are scaled down. */
function balanced(alpha: Float64Array, signs: Int8Array): Float64Array {
  let positive = 0;
  let negative = 0;
  alpha.forEach((weight, i) => {
    if (signs[i]! > 0) positive += weight;
    else negative += weight;
  });
  const lighter = Math.min(positive, negative);
  return alpha.map((weight, i) => weight * (signs[i]! > 0 ? lighter / positive || 0 : lighter / negative || 0));
}
