/** Sweeps whose starting residuals are kept. */
const KEPT_SWEEPS = 16;
/** Steps of the residual between two exact looks at how far it is from the start of the sweep. */
const STEPS_PER_LOOK = 8;

function distance(a: Float64Array, b: Float64Array, from: number): number {
  let squared = 0;
  for (let i = 0; i < a.length; i += 1) squared += (a[i]! - b[from + i]!) ** 2;
  return Math.sqrt(squared);
}

/**
 * How far, at most, the residual r of a coordinate descent is from where it was when column j was marked. Steps of a sweep largely
 * undo one another, so their summed length says little; residuals are kept instead from the start of the last sweeps, and
 * |r - r_marked| <= |r_marked - r_its sweep| + |r_its sweep - r_this sweep| + |r_this sweep - r|, the middle term exact, the outer ones exact at
 * every eighth step and lengthened by the steps since.
 */
export class ResidualTrail {
  private readonly starts: Float64Array;
  /** Distance of this sweep's start from each kept one; by sweep number modulo KEPT_SWEEPS. */
  private readonly apart = new Float64Array(KEPT_SWEEPS);
  private readonly markedSweep: Int32Array;
  private readonly markedDistance: Float64Array;
  private sweep = 0;
  private fromStart = 0;
  private steps = 0;

  /** `residual` is the array that the descent changes. */
  constructor(
    private readonly residual: Float64Array,
    features: number,
  ) {
    this.starts = new Float64Array(KEPT_SWEEPS * residual.length);
    this.markedSweep = new Int32Array(features);
    this.markedDistance = new Float64Array(features);
    this.starts.set(residual);
  }

  startSweep(): void {
    const { starts, residual } = this;
    const rows = residual.length;
    this.sweep += 1;
    starts.set(residual, (this.sweep % KEPT_SWEEPS) * rows);
    const oldest = Math.max(0, this.sweep - KEPT_SWEEPS + 1);
    for (let s = oldest; s <= this.sweep; s += 1) this.apart[s % KEPT_SWEEPS] = distance(residual, starts, (s % KEPT_SWEEPS) * rows);
    this.fromStart = 0;
    this.steps = 0;
  }

  /** The residual made a step of this length. */
  moved(length: number): void {
    this.steps += 1;
    if (this.steps % STEPS_PER_LOOK === 0) {
      this.fromStart = distance(this.residual, this.starts, (this.sweep % KEPT_SWEEPS) * this.residual.length);
    } else {
      this.fromStart += length;
    }
  }

  mark(column: number): void {
    this.markedSweep[column] = this.sweep;
    this.markedDistance[column] = this.fromStart;
  }

  markAll(): void {
    this.fromStart = distance(this.residual, this.starts, (this.sweep % KEPT_SWEEPS) * this.residual.length);
    this.markedSweep.fill(this.sweep);
    this.markedDistance.fill(this.fromStart);
  }

  /** Bound of the distance from where the residual was when `column` was marked; Infinity when that is too long ago. */
  bound(column: number): number {
    const marked = this.markedSweep[column]!;
    if (this.sweep - marked >= KEPT_SWEEPS) return Infinity;
    return this.markedDistance[column]! + this.apart[marked % KEPT_SWEEPS]! + this.fromStart;
  }
}
