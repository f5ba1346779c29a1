import { ABOVE, BELOW, EXPONENTIALS, MILD, MILD_EXPONENTIALS, STEP, STEPS } from './exponential';

/** Costs of a transport problem in one direction. */
export type CostTable = {
  /** p views of q squared distances. */
  readonly squared: readonly Float64Array[];
  readonly rowClass: Uint8Array;
  readonly columnClass: Uint8Array;
  /** Added to half the squared distance: entry 2 a + b for a row of class a and a column of class b. */
  readonly classCosts: Float64Array;
};

export type Sums = { readonly rows: Float64Array; readonly columns: Float64Array };

/** Carried entries are kept from falling below this, or their fourth powers would leave the range of normal numbers. */
const SMALLEST = 1e-50;
const LOG_SMALLEST = Math.log(SMALLEST);

/** An entry that was left out must stay below e to this power, or it is computed anew. */
const NEGLIGIBLE = -50;

/**
 * The entries exp((f_i + g_j - C_ij) / epsilon) of a transport problem, kept from one regularisation to the next. The potentials are the
 * shift of the log-sum-exp: near a solution the largest entries are near one, one set of entries serves both directions, and no
 * search for the largest is needed. At a quarter of the regularisation an entry is its fourth power times what the potentials have
 * moved, so that exponentials are computed only at the start, at the last regularisation, and for rows whose potential jumps.
 */
export class Kernel {
  /** Regularisation and potentials of the entries; 0: there are none to go on from. */
  private epsilon = 0;
  private rows: Float64Array = new Float64Array(0);
  private columns: Float64Array = new Float64Array(0);
  /** An entry that is left out or kept from falling has a logarithm of at most this, as it stands and in truth. */
  private bound = -Infinity;

  /** `entries` is overwritten; p q numbers at least. */
  constructor(
    private readonly costs: CostTable,
    private readonly entries: Float64Array,
  ) {}

  /** Sums of the entries by row and by column. Sums below e^-10 may lack terms, and Infinity stands for entries above e^40. */
  sums(rows: Float64Array, columns: Float64Array, epsilon: number): Sums {
    const ratio = this.epsilon / epsilon;
    const result = { rows: new Float64Array(rows.length), columns: new Float64Array(columns.length) };
    const moved = columns.map((value, j) => (value - this.columns[j]!) / epsilon);
    const rise = moved.reduce((most, value) => Math.max(most, value), -Infinity);
    const carries = (ratio === 1 || ratio === 4) && rise < -NEGLIGIBLE;
    const shifted = [0, 1].map((c) => columns.map((value, j) => (value - this.costs.classCosts[2 * c + this.costs.columnClass[j]!]!) / epsilon));
    const factors = moved.map(Math.exp);
    const old = this.bound;
    this.bound = -Infinity;
    for (let i = 0; i < rows.length; i += 1) {
      const step = carries ? (rows[i]! - this.rows[i]!) / epsilon : Infinity;
      const bound = ratio * old + step + rise;
      if (carries && step < -NEGLIGIBLE && !(bound > NEGLIGIBLE)) {
        this.bound = Math.max(this.bound, bound, LOG_SMALLEST);
        result.rows[i] = carryRow(this.entries, i * columns.length, Math.exp(step), factors, ratio === 4, result.columns);
      } else {
        result.rows[i] = this.fill(i, shifted[this.costs.rowClass[i]!]!, rows[i]! / epsilon, -0.5 / epsilon, result.columns);
      }
    }
    const overflowed = result.rows.includes(Infinity);
    this.epsilon = overflowed ? 0 : epsilon;
    this.rows = rows;
    this.columns = columns;
    return result;
  }

  /** Computes row i by exponentials. `base` is f_i / epsilon. */
  private fill(i: number, shifted: Float64Array, base: number, factor: number, columnSums: Float64Array): number {
    const width = shifted.length;
    const entries = this.entries.subarray(i * width, (i + 1) * width);
    const squared = this.costs.squared[i]!;
    let sum = 0;
    let dropped = false;
    for (let j = 0; j < width; j += 1) {
      const exponent = base + shifted[j]! + squared[j]! * factor;
      let entry = 0;
      if (exponent <= -BELOW) dropped = true;
      else if (exponent >= ABOVE) entry = Infinity;
      else if (exponent <= 0 && exponent > -MILD) {
        const step = (0.5 - exponent * STEPS) | 0;
        const r = exponent + step * STEP;
        entry = MILD_EXPONENTIALS[step]! * (1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120))))));
      } else {
        const step = ((exponent + BELOW) * STEPS + 0.5) | 0;
        const r = exponent + BELOW - step * STEP;
        entry = EXPONENTIALS[step]! * (1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24)))));
      }
      entries[j] = entry;
      sum += entry;
      columnSums[j]! += entry;
    }
    if (dropped) this.bound = Math.max(this.bound, -BELOW);
    return sum;
  }
}

/**
 * Multiplies the entries of a row, which start at `from`, or with `quarter` their fourth powers, by what the potentials have moved;
 * adds them to the columns' sums and returns their sum. No branches: which entries are tiny is not predictable.
 */
function carryRow(entries: Float64Array, from: number, factor: number, factors: Float64Array, quarter: boolean, columnSums: Float64Array): number {
  const width = factors.length;
  let even = 0;
  let odd = 0;
  for (let j = 0; j < width; j += 2) {
    const first = carried(entries[from + j]!, factor * factors[j]!, quarter);
    entries[from + j] = first;
    columnSums[j]! += first;
    even += first;
    if (j + 1 === width) break;
    const second = carried(entries[from + j + 1]!, factor * factors[j + 1]!, quarter);
    entries[from + j + 1] = second;
    columnSums[j + 1]! += second;
    odd += second;
  }
  return even + odd;
}

function carried(entry: number, factor: number, quarter: boolean): number {
  const squared = entry * entry;
  return Math.max((quarter ? squared * squared : entry) * factor, SMALLEST);
}

/** -epsilon log of the mean of exp((potential - cost) / epsilon) over the other side, with the largest term taken out. */
export function smoothMinimum(costs: CostTable, side: 'row' | 'column', index: number, others: Float64Array, epsilon: number): number {
  const { squared, rowClass, columnClass, classCosts } = costs;
  const exponents = others.map((potential, other) => {
    const i = side === 'row' ? index : other;
    const j = side === 'row' ? other : index;
    return (potential - classCosts[2 * rowClass[i]! + columnClass[j]!]! - 0.5 * squared[i]![j]!) / epsilon;
  });
  const largest = exponents.reduce((most, value) => Math.max(most, value), -Infinity);
  const sum = exponents.reduce((total, value) => total + Math.exp(value - largest), 0);
  return -epsilon * (largest + Math.log(sum / others.length));
}
