import { squaredTieFactor, type Ball } from './spheres';

/**
 * Keeps, for every training anomaly a, k_a: the smallest k at which some ball (a's own left out) contains it. Direct form: centre i
 * contains a from k_i = 1 + #{other centres j nearer to i than a} on (under "open" also those equally near; in any case more than
 * the centres that coincide with i, whose balls have radius 0), and k_a = min k_i. See docs/methods/eap.md.
 */
export class CoveringRanks {
  /** k_a in the order of `anomalies`; centres - 1 where no ball covers. */
  readonly ranks: Int32Array;
  private readonly factor: number;

  constructor(
    private readonly anomalies: Int32Array,
    private readonly centres: Int32Array,
    private readonly ball: Ball,
  ) {
    this.ranks = new Int32Array(anomalies.length).fill(centres.length - 1);
    this.factor = squaredTieFactor(ball);
  }

  /** Takes in the centre at training row `row`, whose squared distances to all training rows start at `offset`. */
  addCentre(row: number, squared: Float64Array, offset: number): void {
    if (this.anomalies.length === 0) return;
    const copies = this.countCopies(row, squared, offset);
    for (let a = 0; a < this.anomalies.length; a += 1) {
      const anomaly = this.anomalies[a]!;
      const best = this.ranks[a]!;
      if (anomaly === row || copies + 1 >= best) continue;
      const nearer = this.countNearer(row, squared, offset, squared[offset + anomaly]!, best - 1);
      const rank = 1 + Math.max(nearer, copies);
      if (rank < best) this.ranks[a] = rank;
    }
  }

  private countCopies(row: number, squared: Float64Array, offset: number): number {
    let copies = 0;
    for (const centre of this.centres) if (squared[offset + centre] === 0 && centre !== row) copies += 1;
    return copies;
  }

  /** Other centres at which a ball through them would not yet contain a point at squared distance `target`; stops at `enough`. */
  private countNearer(row: number, squared: Float64Array, offset: number, target: number, enough: number): number {
    const { centres, factor } = this;
    const open = this.ball === 'open';
    let count = 0;
    for (let c = 0; c < centres.length && count < enough; c += 1) {
      const centre = centres[c]!;
      const scaled = squared[offset + centre]! * factor;
      if ((scaled < target || (open && scaled === target)) && centre !== row) count += 1;
    }
    return count;
  }
}
