import { NumericsError } from '../errors';
import { ResidualTrail } from './residual-trail';

/**
 * A least-squares problem whose columns and target have mean 0, prepared for coordinate descent: the N x p matrix column by
 * column (column j starts at j N) with the columns' squared lengths.
 */
export type CentredProblem = {
  readonly columns: Float64Array;
  readonly target: Float64Array;
  readonly rows: number;
  readonly features: number;
  readonly squaredLengths: Float64Array;
  readonly columnMeans: Float64Array;
  readonly targetMean: number;
};

export type LassoLimits = {
  /** Largest number of sweeps over the columns. */
  readonly sweeps: number;
  /** The duality gap at which to stop, as a share of |y|², and the relative step at which it is looked at. */
  readonly tolerance: number;
};

/** scikit-learn's. */
export const lassoLimits: LassoLimits = { sweeps: 1000, tolerance: 1e-4 };

/** Centres the rows `rows` of a row-major N x p matrix and of its target. */
export function centredProblem(matrix: Float64Array, features: number, target: Float64Array, rows: Int32Array): CentredProblem {
  if (matrix.length !== target.length * features) {
    throw new NumericsError('data.shape', `The matrix has ${matrix.length} values for ${target.length} rows of ${features} columns.`);
  }
  const count = rows.length;
  if (count < 1) throw new NumericsError('data.too_few_rows', 'A regression needs at least one row.');
  const columns = new Float64Array(count * features);
  const columnMeans = new Float64Array(features);
  const squaredLengths = new Float64Array(features);
  for (let i = 0; i < count; i += 1) {
    const from = rows[i]! * features;
    for (let j = 0; j < features; j += 1) columnMeans[j]! += matrix[from + j]! / count;
  }
  for (let j = 0; j < features; j += 1) {
    const mean = columnMeans[j]!;
    let squares = 0;
    for (let i = 0; i < count; i += 1) {
      const value = matrix[rows[i]! * features + j]! - mean;
      columns[j * count + i] = value;
      squares += value * value;
    }
    squaredLengths[j] = squares;
  }
  let targetMean = 0;
  for (const row of rows) targetMean += target[row]! / count;
  const centredTarget = Float64Array.from(rows, (row) => target[row]! - targetMean);
  return { columns, target: centredTarget, rows: count, features, squaredLengths, columnMeans, targetMean };
}

/** Dot product of column `from / N` with `vector`, in four running sums. */
export function columnDot(columns: Float64Array, from: number, vector: Float64Array, rows: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    a += columns[from + i]! * vector[i]!;
    b += columns[from + i + 1]! * vector[i + 1]!;
    c += columns[from + i + 2]! * vector[i + 2]!;
    d += columns[from + i + 3]! * vector[i + 3]!;
  }
  for (; i < rows; i += 1) a += columns[from + i]! * vector[i]!;
  return a + b + (c + d);
}

/** Adds `factor` times a column to `vector`. */
function addColumn(columns: Float64Array, from: number, factor: number, vector: Float64Array, rows: number): void {
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    vector[i]! += factor * columns[from + i]!;
    vector[i + 1]! += factor * columns[from + i + 1]!;
    vector[i + 2]! += factor * columns[from + i + 2]!;
    vector[i + 3]! += factor * columns[from + i + 3]!;
  }
  for (; i < rows; i += 1) vector[i]! += factor * columns[from + i]!;
}

/**
 * Cyclic coordinate descent for |y - X w|² / 2 + penalty |w|_1 with scikit-learn's order of steps and stopping rule: after a sweep
 * whose largest step is below the tolerance times the largest coefficient, the duality gap is compared with tolerance |y|².
 *
 * Sweeps pass over a column whose coefficient is 0 and provably stays so: |x_j'r| <= |x_j'r_0| + |x_j| |r - r_0|, where r_0 is the
 * residual at which its product was last computed and |r - r_0| is bounded by ResidualTrail. So the steps are those of the
 * plain method, at a fraction of its time. Coefficients carry over to the next `descend` (warm start).
 */
export class CoordinateDescent {
  readonly coefficients: Float64Array;
  private readonly residual: Float64Array;
  /** |x_j'r| when it was last computed. */
  private readonly products: Float64Array;
  private readonly lengths: Float64Array;
  private readonly targetSquared: number;
  private readonly trail: ResidualTrail;

  constructor(private readonly problem: CentredProblem) {
    this.coefficients = new Float64Array(problem.features);
    this.residual = Float64Array.from(problem.target);
    this.products = new Float64Array(problem.features);
    this.lengths = problem.squaredLengths.map(Math.sqrt);
    this.targetSquared = columnDot(problem.target, 0, problem.target, problem.rows);
    this.trail = new ResidualTrail(this.residual, problem.features);
    this.refreshProducts();
  }

  descend(penalty: number, { sweeps, tolerance }: LassoLimits = lassoLimits): void {
    // Coefficients 0 meet a constant target exactly, and no gap is below a share of nothing.
    if (this.targetSquared === 0) return;
    for (let sweep = 0; sweep < sweeps; sweep += 1) {
      const { step, largest } = this.sweep(penalty);
      const settled = largest === 0 || step / largest < tolerance || sweep === sweeps - 1;
      if (settled && this.dualityGap(penalty) < tolerance * this.targetSquared) return;
    }
  }

  /** One pass over the columns; the largest step and the largest coefficient. */
  private sweep(penalty: number): { step: number; largest: number } {
    const { problem, coefficients, products, lengths, trail } = this;
    const { features, squaredLengths } = problem;
    let step = 0;
    let largest = 0;
    trail.startSweep();
    // The bound's own rounding must not decide: it is taken a little wider.
    const certain = penalty * (1 - 1e-9);
    for (let j = 0; j < features; j += 1) {
      const before = coefficients[j]!;
      if (squaredLengths[j] === 0 || (before === 0 && products[j]! + lengths[j]! * trail.bound(j) <= certain)) continue;
      const after = this.update(j, before, penalty);
      step = Math.max(step, Math.abs(after - before));
      largest = Math.max(largest, Math.abs(after));
    }
    return { step, largest };
  }

  private update(j: number, before: number, penalty: number): number {
    const { problem, residual, coefficients, trail } = this;
    const { columns, rows, squaredLengths } = problem;
    const from = j * rows;
    const squaredLength = squaredLengths[j]!;
    const pull = columnDot(columns, from, residual, rows) + before * squaredLength;
    const after = (Math.sign(pull) * Math.max(Math.abs(pull) - penalty, 0)) / squaredLength;
    const change = before - after;
    if (change !== 0) {
      addColumn(columns, from, change, residual, rows);
      coefficients[j] = after;
      trail.moved(Math.abs(change) * this.lengths[j]!);
    }
    if (after === 0) {
      this.products[j] = Math.abs(pull);
      trail.mark(j);
    }
    return after;
  }

  /** Computes all |x_j'r| anew; the largest of them. */
  private refreshProducts(): number {
    const { problem, residual, products } = this;
    let largest = 0;
    for (let j = 0; j < problem.features; j += 1) {
      products[j] = Math.abs(columnDot(problem.columns, j * problem.rows, residual, problem.rows));
      if (products[j]! > largest) largest = products[j]!;
    }
    this.trail.markAll();
    return largest;
  }

  /** Objective minus that of the dual point that the scaled residual gives; not below the distance to the optimum. */
  private dualityGap(penalty: number): number {
    const { problem, residual, coefficients } = this;
    const dualNorm = this.refreshProducts();
    const squared = columnDot(residual, 0, residual, problem.rows);
    const scale = dualNorm > penalty ? penalty / dualNorm : 1;
    const norm = coefficients.reduce((sum, w) => sum + Math.abs(w), 0);
    return 0.5 * squared * (1 + scale * scale) + penalty * norm - scale * columnDot(residual, 0, problem.target, problem.rows);
  }
}
