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

/** Entries below this are set to 0: their fourth power would leave the range of normal numbers. log: -161. */
const SMALLEST = 1e-70;

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
  private rows = new Float64Array(0);
  private columns = new Float64Array(0);
  /** No entry that is 0 has a true logarithm above this. */
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
        this.bound = Math.max(this.bound, bound);
        result.rows[i] = this.carry(i, Math.exp(step), factors, ratio === 4, result.columns);
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

  /** Takes row i over to a quarter of the regularisation (`quarter`) or keeps it there, adds it to the columns' sums, returns its sum. */
  private carry(i: number, factor: number, factors: Float64Array, quarter: boolean, columnSums: Float64Array): number {
    const width = factors.length;
    const entries = this.entries.subarray(i * width, (i + 1) * width);
    let sum = 0;
    let dropped = false;
    for (let j = 0; j < width; j += 1) {
      let entry = entries[j]!;
      if (entry === 0) continue;
      if (quarter) {
        entry *= entry;
        entry *= entry;
      }
      entry *= factor * factors[j]!;
      if (entry < SMALLEST) {
        entry = 0;
        dropped = true;
      }
      entries[j] = entry;
      sum += entry;
      columnSums[j]! += entry;
    }
    if (dropped) this.bound = Math.max(this.bound, Math.log(SMALLEST));
    return sum;
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
        entry = MILD_EXPONENTIALS[step]! * (1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))))));
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
