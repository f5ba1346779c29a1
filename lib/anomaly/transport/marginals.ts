import { ABOVE, BELOW, EXPONENTIALS, STEP, STEPS } from './exponential';

/** Potentials of rows and columns of a transport problem, with its costs, at one regularisation. */
export type ShiftedProblem = {
  readonly squared: readonly Float64Array[];
  readonly rowClass: Uint8Array;
  readonly columnClass: Uint8Array;
  readonly rows: Float64Array;
  readonly potentials: Float64Array;
  readonly classCosts: Float64Array;
  readonly epsilon: number;
};

/**
 * Row and column sums of exp((f_i + g_j - C_ij) / epsilon). The potentials act as the shift of the log-sum-exp: near a solution
 * the largest terms are near one, so that one exponential serves both directions without a search for the largest. Terms below
 * e^-60 are left out; a row or column with a term above e^40 gets the sum Infinity. Where either can matter the caller falls back
 * on `smoothMinimum`.
 */
export function scaledMarginals({ squared, rowClass, columnClass, rows, potentials, classCosts, epsilon }: ShiftedProblem): {
  rows: Float64Array;
  columns: Float64Array;
} {
  const inverse = 1 / epsilon;
  const shifted = [0, 1].map((c) => potentials.map((value, j) => (value - classCosts[2 * c + columnClass[j]!]!) * inverse));
  const rowSums = new Float64Array(rows.length);
  const columnSums = new Float64Array(potentials.length);
  for (let i = 0; i < rows.length; i += 1) {
    rowSums[i] = addRow(squared[i]!, shifted[rowClass[i]!]!, rows[i]! * inverse + BELOW, -0.5 * inverse, columnSums);
  }
  return { rows: rowSums, columns: columnSums };
}

/** Adds the terms of one row to the columns' sums and returns their sum. `base` is f_i / epsilon + BELOW. */
function addRow(squared: Float64Array, shifted: Float64Array, base: number, factor: number, columnSums: Float64Array): number {
  const table = EXPONENTIALS;
  let sum = 0;
  for (let j = 0; j < shifted.length; j += 1) {
    const exponent = base + shifted[j]! + squared[j]! * factor;
    if (exponent <= 0) continue;
    if (exponent >= BELOW + ABOVE) {
      sum = Infinity;
      columnSums[j] = Infinity;
      continue;
    }
    const step = (exponent * STEPS + 0.5) | 0;
    const r = exponent - step * STEP;
    const term = table[step]! * (1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24)))));
    sum += term;
    columnSums[j]! += term;
  }
  return sum;
}

/** -epsilon log of the mean of exp((potential - cost) / epsilon) over the other side, with the largest term taken out. */
export function smoothMinimum(problem: ShiftedProblem, side: 'row' | 'column', index: number): number {
  const { squared, rowClass, columnClass, rows, potentials, classCosts, epsilon } = problem;
  const others = side === 'row' ? potentials : rows;
  const exponents = others.map((potential, other) => {
    const i = side === 'row' ? index : other;
    const j = side === 'row' ? other : index;
    return (potential - classCosts[2 * rowClass[i]! + columnClass[j]!]! - 0.5 * squared[i]![j]!) / epsilon;
  });
  const largest = exponents.reduce((most, value) => Math.max(most, value), -Infinity);
  const sum = exponents.reduce((total, value) => total + Math.exp(value - largest), 0);
  return -epsilon * (largest + Math.log(sum / others.length));
}
