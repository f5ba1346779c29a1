import { pause, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { centredProblem, columnDot, CoordinateDescent, lassoLimits, type CentredProblem, type LassoLimits } from './lasso';
import { LassoPath } from './lasso-path';

export type LassoCvParameters = LassoLimits & {
  /** Number of penalties, geometric from the largest useful one down to `smallest` times it. */
  readonly penalties: number;
  readonly smallest: number;
  /** Contiguous, unshuffled; the first N mod folds are one row longer. */
  readonly folds: number;
  /**
   * 'descent': scikit-learn's coordinate descent with its stopping rule. 'exact': the minimum itself, up to a hundred times
   * faster where there are more columns than rows and descent runs into its limit of sweeps.
   */
  readonly solver: 'descent' | 'exact';
};

/** scikit-learn's. */
export const lassoCvDefaults: LassoCvParameters = { ...lassoLimits, penalties: 100, smallest: 1e-3, folds: 5, solver: 'descent' };

export type LassoFit = { readonly coefficients: Float64Array; readonly intercept: number };

export type LassoCvFit = LassoFit & {
  /** The penalty a of (1 / 2N) |y - Xw|² + a |w|_1 that was chosen, and all that were tried, from the largest on. */
  readonly alpha: number;
  readonly alphas: Float64Array;
  /** Mean squared error of each, averaged over the folds. */
  readonly meanErrors: Float64Array;
};

function interceptOf(problem: CentredProblem, coefficients: Float64Array): number {
  return problem.targetMean - columnDot(problem.columnMeans, 0, coefficients, problem.features);
}

/** Lasso with an intercept: minimises (1 / 2N) |y - b - Xw|² + alpha |w|_1. `matrix` is N x `features`, row-major. */
export function fitLasso(
  matrix: Float64Array,
  features: number,
  target: Float64Array,
  alpha: number,
  limits: LassoLimits = lassoLimits,
): LassoFit {
  if (!(alpha >= 0)) throw new NumericsError('parameter.invalid', `The penalty must be a number from 0 on, not ${alpha}.`);
  const problem = centredProblem(matrix, features, target, Int32Array.from(target, (_, i) => i));
  const descent = new CoordinateDescent(problem);
  descent.descend(alpha * problem.rows, limits);
  return { coefficients: descent.coefficients, intercept: interceptOf(problem, descent.coefficients) };
}

/** Squared errors of the held-out rows, averaged. */
function heldOutError(matrix: Float64Array, target: Float64Array, start: number, end: number, { coefficients, intercept }: LassoFit): number {
  const features = coefficients.length;
  const active = Int32Array.from(coefficients, (_, j) => j).filter((j) => coefficients[j] !== 0);
  let squares = 0;
  for (let i = start; i < end; i += 1) {
    let predicted = intercept;
    for (let a = 0; a < active.length; a += 1) predicted += matrix[i * features + active[a]!]! * coefficients[active[a]!]!;
    squares += (predicted - target[i]!) ** 2;
  }
  return squares / (end - start);
}

function penaltyGrid(largest: number, { penalties, smallest }: LassoCvParameters): Float64Array {
  return Float64Array.from({ length: penalties }, (_, i) => largest * smallest ** (penalties > 1 ? i / (penalties - 1) : 0));
}

/**
 * Lasso whose penalty is chosen by cross-validation, as scikit-learn's LassoCV does: the same grid of penalties in all folds, each
 * path warm-started from its largest penalty, the first smallest mean error, then a fresh fit on all rows. A target
 * that does not vary with any column gives coefficients 0.
 * @throws NumericsError data.too_few_rows with fewer rows than folds, data.shape, job.cancelled
 */
export async function fitLassoCv(
  matrix: Float64Array,
  features: number,
  target: Float64Array,
  parameters: Partial<LassoCvParameters> = {},
  context: NumericsContext = {},
): Promise<LassoCvFit> {
  const chosen = { ...lassoCvDefaults, ...parameters };
  const rows = target.length;
  const { folds } = chosen;
  if (rows < folds) throw new NumericsError('data.too_few_rows', `${rows} rows cannot be split into ${folds} folds.`);
  const everyRow = Int32Array.from({ length: rows }, (_, i) => i);
  const whole = centredProblem(matrix, features, target, everyRow);
  const solver = createSolver(whole, chosen);
  const alphas = penaltyGrid(largestProduct(whole) / rows, chosen);
  const meanErrors = new Float64Array(alphas.length);
  let start = 0;
  for (let fold = 0; fold < folds; fold += 1) {
    const end = start + Math.floor(rows / folds) + (fold < rows % folds ? 1 : 0);
    const errors = await foldErrors(matrix, features, target, start, end, alphas, chosen, context);
    errors.forEach((error, i) => (meanErrors[i]! += error / folds));
    context.onProgress?.(fold + 1, folds, 'regression');
    start = end;
  }
  const alpha = alphas[meanErrors.indexOf(Math.min(...meanErrors))]!;
  const coefficients = solver(alpha * rows);
  return { coefficients, intercept: interceptOf(whole, coefficients), alpha, alphas, meanErrors };
}

/** Goes from the solution for one penalty to that for the next, and answers its coefficients, which are good until then. */
type Solver = (penalty: number) => Float64Array;

function createSolver(problem: CentredProblem, parameters: LassoCvParameters): Solver {
  if (parameters.solver === 'exact') {
    const path = new LassoPath(problem);
    return (penalty) => {
      path.moveTo(penalty);
      return path.coefficients;
    };
  }
  const descent = new CoordinateDescent(problem);
  return (penalty) => {
    descent.descend(penalty, parameters);
    return descent.coefficients;
  };
}

/** max |x_j'y|: the smallest penalty at which all coefficients are 0. */
function largestProduct({ columns, rows, features, target }: CentredProblem): number {
  let largest = 0;
  for (let j = 0; j < features; j += 1) largest = Math.max(largest, Math.abs(columnDot(columns, j * rows, target, rows)));
  return largest;
}

/** Errors on rows [start, end) of the path of fits on the other rows. */
async function foldErrors(
  matrix: Float64Array,
  features: number,
  target: Float64Array,
  start: number,
  end: number,
  alphas: Float64Array,
  parameters: LassoCvParameters,
  context: NumericsContext,
): Promise<Float64Array> {
  const kept = Int32Array.from({ length: target.length }, (_, i) => i).filter((i) => i < start || i >= end);
  const problem = centredProblem(matrix, features, target, kept);
  const solver = createSolver(problem, parameters);
  const errors = new Float64Array(alphas.length);
  for (let i = 0; i < alphas.length; i += 1) {
    if (i % 10 === 0) await pause(context);
    const coefficients = solver(alphas[i]! * problem.rows);
    errors[i] = heldOutError(matrix, target, start, end, { coefficients, intercept: interceptOf(problem, coefficients) });
  }
  return errors;
}
