/** A kernel matrix with ones on its diagonal, whose rows (n or more long) are computed when first asked for. */
export type KernelRows = { readonly size: number; row(i: number): Float64Array };

/** Solution of the dual: weights 0..C of the row's class, and b of the decision value sum y_i alpha_i K(x_i, x) - b. */
export type DualSolution = { readonly alpha: Float64Array; readonly rho: number; readonly iterations: number };

export type SmoOptions = {
  /** Upper bounds C of the weights of rows with the sign +1 and -1. */
  readonly costs: { readonly positive: number; readonly negative: number };
  /** Stop when the largest violation of the optimality conditions is below this. */
  readonly tolerance: number;
};

/** Curvature taken for a pair whose kernel rows do not differ, as in libsvm. */
const SMALLEST_CURVATURE = 1e-12;

/** libsvm's limit on the steps. */
const MOST_ITERATIONS = 10_000_000;

/**
 * Sequential minimal optimisation of the C-SVC dual as in libsvm (Fan, Chen and Lin 2005): working sets of two chosen by
 * second-order information. `signs[i]` is +1 or -1; both must occur.
 */
export function solveDual(kernel: KernelRows, signs: Int8Array, options: SmoOptions): DualSolution {
  const solver = new Smo(kernel, signs, options);
  const iterations = solver.run();
  return { alpha: solver.alpha, rho: solver.rho(), iterations };
}

class Smo {
  readonly alpha: Float64Array;
  /** Gradient of the objective in alpha_i, times y_i: y_i (y_i sum_j y_j alpha_j K_ij - 1). */
  private readonly slope: Float64Array;
  private readonly positiveCost: number;
  private readonly negativeCost: number;
  private readonly tolerance: number;
  /** Of the slopes whose y alpha may fall. */
  private highest = -Infinity;

  constructor(
    private readonly kernel: KernelRows,
    private readonly signs: Int8Array,
    { costs, tolerance }: SmoOptions,
  ) {
    this.positiveCost = costs.positive;
    this.negativeCost = costs.negative;
    this.tolerance = tolerance;
    this.alpha = new Float64Array(kernel.size);
    this.slope = Float64Array.from(signs, (sign) => -sign);
  }

  run(): number {
    const limit = Math.max(MOST_ITERATIONS, 100 * this.kernel.size);
    let i = this.update(this.slope, this.slope, 0);
    for (let iteration = 0; iteration < limit; iteration += 1) {
      if (i < 0 || this.highest - this.slope[i]! < this.tolerance) return iteration;
      i = this.step(i, this.partner(i));
    }
    return limit;
  }

  /** Whether y_i alpha_i may still grow. */
  private canRise(i: number): boolean {
    return this.signs[i]! > 0 ? this.alpha[i]! < this.positiveCost : this.alpha[i]! > 0;
  }

  private costOf(i: number): number {
    return this.signs[i]! > 0 ? this.positiveCost : this.negativeCost;
  }

  /**
   * Adds `change` times the difference of two kernel rows to the slopes; returns the row whose y alpha may rise with the steepest
   * descent (-1 without any) and keeps the highest slope of those that may fall.
   */
  private update(rowI: Float64Array, rowJ: Float64Array, change: number): number {
    const { slope, signs, alpha, positiveCost, negativeCost } = this;
    let best = -1;
    let lowest = Infinity;
    let highest = -Infinity;
    for (let t = 0; t < slope.length; t += 1) {
      const value = slope[t]! + change * (rowI[t]! - rowJ[t]!);
      slope[t] = value;
      const positive = signs[t]! > 0;
      // how far y alpha may fall: from there to the class's C it may rise
      const weight = positive ? alpha[t]! : negativeCost - alpha[t]!;
      if (value < lowest && weight < (positive ? positiveCost : negativeCost)) {
        lowest = value;
        best = t;
      }
      if (value > highest && weight > 0) highest = value;
    }
    this.highest = highest;
    return best;
  }

  /** The row that falls while row i rises, by the largest decrease of the objective. */
  private partner(i: number): number {
    const { slope, signs, alpha, negativeCost } = this;
    const row = this.kernel.row(i);
    const own = slope[i]!;
    let best = -1;
    let largestGain = 0;
    for (let j = 0; j < slope.length; j += 1) {
      const difference = slope[j]! - own;
      if (difference <= 0 || (signs[j]! > 0 ? alpha[j]! : negativeCost - alpha[j]!) <= 0) continue;
      const squared = difference * difference;
      const curvature = 2 - 2 * row[j]!;
      const gain = squared / (curvature > SMALLEST_CURVATURE ? curvature : SMALLEST_CURVATURE);
      if (gain > largestGain) {
        largestGain = gain;
        best = j;
      }
    }
    return best;
  }

  /** Moves y_i alpha_i up and y_j alpha_j down by the same amount, to the optimum of the two or the first bound. */
  private step(i: number, j: number): number {
    const { alpha, signs, slope, positiveCost, negativeCost, kernel } = this;
    const rowI = kernel.row(i);
    const roomI = signs[i]! > 0 ? positiveCost - alpha[i]! : alpha[i]!;
    const roomJ = signs[j]! > 0 ? alpha[j]! : negativeCost - alpha[j]!;
    const wanted = (slope[j]! - slope[i]!) / Math.max(2 - 2 * rowI[j]!, SMALLEST_CURVATURE);
    const change = Math.min(wanted, roomI, roomJ);
    // a bound that is reached is set, not summed up to, so that rounding leaves no sliver of room
    alpha[i] = change === roomI ? (signs[i]! > 0 ? positiveCost : 0) : alpha[i]! + signs[i]! * change;
    alpha[j] = change === roomJ ? (signs[j]! > 0 ? 0 : negativeCost) : alpha[j]! - signs[j]! * change;
    return this.update(rowI, kernel.row(j), change);
  }

  /** b: mean slope of the rows between the bounds, or the middle of what the others allow. */
  rho(): number {
    const { alpha, slope } = this;
    let sum = 0;
    let free = 0;
    let above = Infinity;
    let below = -Infinity;
    for (let i = 0; i < slope.length; i += 1) {
      if (alpha[i]! > 0 && alpha[i]! < this.costOf(i)) {
        sum += slope[i]!;
        free += 1;
      } else if (this.canRise(i)) above = Math.min(above, slope[i]!);
      else below = Math.max(below, slope[i]!);
    }
    return free > 0 ? sum / free : (above + below) / 2;
  }
}
