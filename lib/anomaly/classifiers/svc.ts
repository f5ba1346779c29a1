import { NumericsError } from '../errors';
import type { Matrix } from '../linalg/matrix';
import { solveDual, type KernelRows, type SmoOptions } from './smo';

export type SvcParameters = {
  /** C, the upper bound of the weights. */
  readonly cost: number;
  /** Largest violation of the optimality conditions that is left. */
  readonly tolerance: number;
  /** Rows of a class weigh as much together as those of the other: C n / (2 n_c) in place of C for the n_c rows of class c, as scikit-learn's class_weight = 'balanced'. */
  readonly classWeight?: 'balanced' | undefined;
};

export const svcDefaults: SvcParameters = { cost: 1, tolerance: 1e-3 };

/** C of each class; both occur among the signs. */
function costsOf(signs: Int8Array, { cost, classWeight }: SvcParameters): SmoOptions['costs'] {
  if (classWeight === undefined) return { positive: cost, negative: cost };
  const positives = signs.reduce((count, sign) => count + (sign > 0 ? 1 : 0), 0);
  const shareOf = (count: number) => (cost * signs.length) / (2 * count);
  return { positive: shareOf(positives), negative: shareOf(signs.length - positives) };
}

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

/** Sums of the entries of each row and of their squares, measured from one value that is near their mean. */
export type RowMoments = { readonly sums: Float64Array; readonly squares: Float64Array; readonly cols: number };

/**
 * Moments of every row, once for all kernel widths. They are measured from the mean of the first `common` rows (default all); make
 * these the rows of every fit, so that far rows that are not in a fit cost it no digits.
 */
export function rowMoments({ data, rows, cols }: Matrix, common = rows): RowMoments {
  // the mean is taken from one entry on, so that constant data have variance 0 and not a rounding error
  const origin = data[0] ?? 0;
  const reference = data.subarray(0, common * cols);
  const centre = origin + reference.reduce((sum, value) => sum + (value - origin), 0) / Math.max(reference.length, 1);
  const sums = new Float64Array(rows);
  const squares = new Float64Array(rows);
  for (let i = 0; i < rows; i += 1) {
    for (let k = i * cols; k < (i + 1) * cols; k += 1) {
      const value = data[k]! - centre;
      sums[i]! += value;
      squares[i]! += value * value;
    }
  }
  return { sums, squares, cols };
}

/**
 * scikit-learn's gamma = 'scale': 1 / (d v) with v the population variance of all entries of the given rows; 1 when v is 0.
 */
export function scaleGamma({ sums, squares, cols }: RowMoments, rows: Int32Array): number {
  if (rows.length === 0 || cols === 0) throw new NumericsError('data.too_few_rows', 'A kernel width needs at least one row and one column.');
  const entries = rows.length * cols;
  let sum = 0;
  let square = 0;
  for (const row of rows) {
    sum += sums[row]!;
    square += squares[row]!;
  }
  const variance = square / entries - (sum / entries) ** 2;
  // what rounding leaves of a subset that is constant but not at the centre counts as 0
  return variance > 1e-14 * (square / entries) ? 1 / (cols * variance) : 1;
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
   * Fits on `members` (row numbers). With one class only, that class is predicted everywhere. Throws `data.too_few_rows` without a member.
   */
  fit(members: Int32Array, gamma: number, parameters: SvcParameters = svcDefaults): SvcModel {
    const alpha = new Float64Array(this.labels.length);
    const signs = Int8Array.from(members, (row) => (this.labels[row] === 1 ? 1 : -1));
    const [first] = signs;
    if (first === undefined) throw new NumericsError('data.too_few_rows', 'A support vector classifier needs at least one row.');
    if (!signs.includes(-first)) return { alpha, rho: -first, gamma, iterations: 0 };
    const solution = solveDual(this.kernel(members, gamma), signs, { costs: costsOf(signs, parameters), tolerance: parameters.tolerance });
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
