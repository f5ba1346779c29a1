import { scaledMarginals, smoothMinimum, type ShiftedProblem } from './marginals';

/** Costs added by class: entry 2 a + b for a row of class a and a column of class b. */
export type ClassCosts = Float64Array;

/**
 * Transport between p rows and q columns, each of equal mass. The cost of (i, j) is half of `squared[i][j]` plus the class cost
 * of (i, j), which may differ between the two directions of the iteration (the released program's mistake).
 */
export type TransportProblem = {
  /** p views of q squared distances. */
  readonly squared: readonly Float64Array[];
  readonly columns: number;
  /** Length p and q, 0 or 1. */
  readonly rowClass: Uint8Array;
  readonly columnClass: Uint8Array;
  /** For the rows' potentials. */
  readonly forward: ClassCosts;
  /** For the columns' potentials. */
  readonly backward: ClassCosts;
};

export type Potentials = { readonly rows: Float64Array; readonly columns: Float64Array };

/**
 * Annealed Sinkhorn iteration, not run to convergence: potentials start as soft minima of the cost at the first regularisation; at
 * each regularisation both new potentials follow from the old ones and are averaged with them; at the end one plain simultaneous
 * update at the last (GeomLoss's symmetric loop, without debiasing). Float64, log-sum-exp throughout.
 */
export function sinkhorn(problem: TransportProblem, regularisations: readonly number[]): Potentials {
  let rows: Float64Array = new Float64Array(problem.squared.length);
  let columns: Float64Array = new Float64Array(problem.columns);
  ({ rows, columns } = update(problem, rows, columns, regularisations[0]!));
  for (const epsilon of regularisations) {
    const next = update(problem, rows, columns, epsilon);
    rows = next.rows.map((value, i) => 0.5 * (value + rows[i]!));
    columns = next.columns.map((value, j) => 0.5 * (value + columns[j]!));
  }
  return update(problem, rows, columns, regularisations[regularisations.length - 1]!);
}

/** Value of the regularised transport: the mean of the rows' potentials plus that of the columns'. */
export function transportValue({ rows, columns }: Potentials): number {
  return mean(rows) + mean(columns);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Both potentials anew, each from the other's old one. */
function update(problem: TransportProblem, rows: Float64Array, columns: Float64Array, epsilon: number): Potentials {
  const forward: ShiftedProblem = { ...problem, rows, potentials: columns, classCosts: problem.forward, epsilon };
  const sums = scaledMarginals(forward);
  const oneWay = problem.forward === problem.backward;
  const backward = oneWay ? forward : { ...forward, classCosts: problem.backward };
  const columnSums = oneWay ? sums.columns : scaledMarginals(backward).columns;
  return {
    rows: rows.map((old, i) => (isSafe(sums.rows[i]!) ? old - epsilon * Math.log(sums.rows[i]! / columns.length) : smoothMinimum(forward, 'row', i))),
    columns: columns.map((old, j) => (isSafe(columnSums[j]!) ? old - epsilon * Math.log(columnSums[j]! / rows.length) : smoothMinimum(backward, 'column', j))),
  };
}

/** Above what terms that were left out could add to (n e^-60 beside e^-20), below what overflowed the table (infinite). */
const SMALLEST_SAFE = Math.exp(-20);

function isSafe(sum: number): boolean {
  return sum >= SMALLEST_SAFE && sum < Infinity;
}
