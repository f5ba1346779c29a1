import type { Matrix } from './matrix';

/** Room for rounding where the triangle inequality decides. */
const SLACK = 1 + 1e-9;

/** `by` of a row whose distance came from outside. */
const OUTSIDE = -1;

/** Of every row the squared distance to the nearest chosen row, kept up to date while rows are chosen one after the other. */
export class ChosenDistances {
  /** Infinity, or what was given at the start, until a row is chosen. */
  readonly squared: Float64Array;
  /** Place in the order of choice of the nearest chosen row. */
  private readonly by: Int32Array;
  private readonly chosen: number[] = [];

  /** @param known squared distances to rows that count as chosen and are not among the points; copied */
  constructor(
    private readonly points: Matrix,
    known?: Float64Array,
  ) {
    this.squared = known === undefined ? new Float64Array(points.rows).fill(Infinity) : Float64Array.from(known);
    this.by = new Int32Array(points.rows).fill(OUTSIDE);
  }

  /**
   * Chooses a row. A row at distance r from its chosen row can only come nearer to the newest if the two chosen ones are less than 2 r apart: for the others
   * nothing is computed.
   */
  choose(row: number): void {
    const { data, rows, cols } = this.points;
    const { squared, by } = this;
    const centre = data.subarray(row * cols, (row + 1) * cols);
    const apart = Float64Array.from(this.chosen, (other) => boundedDistance(data, other * cols, centre, Infinity));
    const newest = this.chosen.push(row) - 1;
    for (let i = 0; i < rows; i += 1) {
      const best = squared[i]!;
      const owner = by[i]!;
      if (best > 0 && (owner === OUTSIDE || apart[owner]! < 4 * best * SLACK)) {
        const distance = boundedDistance(data, i * cols, centre, best);
        if (distance < best) {
          squared[i] = distance;
          by[i] = newest;
        }
      }
    }
  }

  /** The row farthest from all chosen ones, the first of equals. */
  farthest(): { row: number; squared: number } {
    let row = 0;
    for (let i = 1; i < this.squared.length; i += 1) if (this.squared[i]! > this.squared[row]!) row = i;
    return { row, squared: this.squared[row]! };
  }
}

/** Columns summed between two looks at the bound. */
const STRETCH = 32;

/** The squared distance, or any number above `bound` as soon as the sum is above it. */
function boundedDistance(data: Float64Array, offset: number, centre: Float64Array, bound: number): number {
  let sum = 0;
  for (let from = 0; from < centre.length; from += STRETCH) {
    const to = Math.min(from + STRETCH, centre.length);
    for (let c = from; c < to; c += 1) {
      const difference = data[offset + c]! - centre[c]!;
      sum += difference * difference;
    }
    if (sum > bound) return sum;
  }
  return sum;
}
