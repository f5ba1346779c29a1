import { Kernel, smoothMinimum, type CostTable, type Sums } from './kernel';

/**
 * Transport between p rows and q columns, each of equal mass. The cost of (i, j) is half of `squared[i][j]` plus the class cost
 * of (i, j), which may differ between the two directions of the iteration (the released program's mistake).
 */
export type TransportProblem = Omit<CostTable, 'classCosts'> & {
  /** q. */
  readonly columns: number;
  /** Class costs for the rows' potentials. */
  readonly forward: Float64Array;
  /** Class costs for the columns' potentials. */
  readonly backward: Float64Array;
};

export type Potentials = { readonly rows: Float64Array; readonly columns: Float64Array };

/**
 * Annealed Sinkhorn iteration, not run to convergence: potentials start as soft minima of the cost at the first regularisation; at
 * each regularisation both new potentials follow from the old ones and are averaged with them; at the end one plain simultaneous
 * update at the last (GeomLoss's symmetric loop, without debiasing). Float64. `scratch`, where given, holds p q numbers and is
 * overwritten, which saves many solves of one size the allocation.
 */
export function sinkhorn(problem: TransportProblem, regularisations: readonly number[], scratch?: Float64Array): Potentials {
  const update = updater(problem, scratch);
  let current = update({ rows: new Float64Array(problem.squared.length), columns: new Float64Array(problem.columns) }, regularisations[0]!);
  for (const epsilon of regularisations) {
    const { rows, columns } = current;
    const next = update(current, epsilon);
    current = {
      rows: next.rows.map((value, i) => 0.5 * (value + rows[i]!)),
      columns: next.columns.map((value, j) => 0.5 * (value + columns[j]!)),
    };
  }
  return update(current, regularisations[regularisations.length - 1]!);
}

/** Value of the regularised transport: the mean of the rows' potentials plus that of the columns'. */
export function transportValue({ rows, columns }: Potentials): number {
  return mean(rows) + mean(columns);
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Gives both potentials anew, each from the other's old one. */
function updater(problem: TransportProblem, scratch?: Float64Array): (old: Potentials, epsilon: number) => Potentials {
  const size = problem.squared.length * problem.columns;
  const forward: CostTable = { ...problem, classCosts: problem.forward };
  const backward: CostTable = { ...problem, classCosts: problem.backward };
  const forwardKernel = new Kernel(forward, scratch ?? new Float64Array(size));
  const backwardKernel = problem.forward === problem.backward ? undefined : new Kernel(backward, new Float64Array(size));
  return ({ rows, columns }, epsilon) => {
    const sums: Sums = forwardKernel.sums(rows, columns, epsilon);
    const columnSums = backwardKernel?.sums(rows, columns, epsilon).columns ?? sums.columns;
    const renewed = (old: number, sum: number, count: number) => old - epsilon * Math.log(sum / count);
    return {
      rows: rows.map((old, i) => (isSafe(sums.rows[i]!) ? renewed(old, sums.rows[i]!, columns.length) : smoothMinimum(forward, 'row', i, columns, epsilon))),
      columns: columns.map((old, j) => (isSafe(columnSums[j]!) ? renewed(old, columnSums[j]!, rows.length) : smoothMinimum(backward, 'column', j, rows, epsilon))),
    };
  };
}

/** Sums from here on do not feel the entries that the kernel leaves out (each below e^-50). */
const SMALLEST_SAFE = Math.exp(-10);

function isSafe(sum: number): boolean {
  return sum >= SMALLEST_SAFE && sum < Infinity;
}
