import { pause, type NumericsContext } from '../context';
import { PRODUCT_MIN_COLUMNS } from '../linalg/distances';
import { singleRowRange, type Matrix } from '../linalg/matrix';
import { BOUNDED_MAX_COLUMNS, boundSquaredDistances, type BoundedPairs } from '../linalg/squared-distance-bounds';
import { squaredDistance } from '../linalg/squared-distances';

/** Rows of one side of a product: its result takes 16 MiB, and both sides are packed once for two thousand rows of the other. */
const TILE_ROWS = 2048;

/**
 * Squared distance of every row to the nearest one with a lower place, for several lists of places; Infinity for the first. The distance of a pair is computed only
 * where its lower bound is below what one of the rankings has found so far. Undefined when the bounds are closed to these rows or there is no product for them.
 * @param places of each ranking the place of row i in entry i
 * @throws NumericsError `job.cancelled`
 */
export async function boundedNearestBetter(points: Matrix, places: readonly Int32Array[], context: NumericsContext): Promise<Float64Array[] | undefined> {
  const { singleProduct } = context;
  const { rows, cols } = points;
  if (singleProduct === undefined || cols < PRODUCT_MIN_COLUMNS || cols > BOUNDED_MAX_COLUMNS || rows === 0) return undefined;
  const bounds = boundSquaredDistances(points, points);
  if (bounds === undefined) return undefined;
  const { rounded } = bounds.references;
  const nearest = new NearestSoFar(points, places, bounds);
  const dots = new Float32Array(Math.min(TILE_ROWS, rows) ** 2);
  let pairs = 0;
  for (let start = 0; start < rows; start += TILE_ROWS) {
    const end = Math.min(start + TILE_ROWS, rows);
    for (let from = start; from < rows; from += TILE_ROWS) {
      const to = Math.min(from + TILE_ROWS, rows);
      await pause(context);
      await singleProduct(singleRowRange(rounded, start, end), singleRowRange(rounded, from, to), dots);
      nearest.offer(dots, { start, end, from, to });
      pairs += (end - start) * (to - from) * (from === start ? 1 : 2);
      context.onProgress?.(Math.round(pairs / rows), rows, 'comparing samples');
    }
  }
  return nearest.squared();
}

/** Rows [start, end) against rows [from, to), which are the same or later ones. */
type Tile = { readonly start: number; readonly end: number; readonly from: number; readonly to: number };

class NearestSoFar {
  /** Of each ranking and row, in the unit of the bounds. */
  private readonly nearest: readonly Float64Array[];
  /** The largest of the rankings' distances of a row: what is not below it matters to none; -Infinity where no pair could come nearer. */
  private readonly widest: Float64Array;

  constructor(
    private readonly points: Matrix,
    private readonly places: readonly Int32Array[],
    private readonly bounds: BoundedPairs,
  ) {
    this.nearest = places.map(() => new Float64Array(points.rows).fill(Infinity));
    this.widest = new Float64Array(points.rows).fill(places.length === 0 ? -Infinity : Infinity);
  }

  /** `dots` is the product of the two sides of the tile. */
  offer(dots: Float32Array, { start, end, from, to }: Tile): void {
    const { widest } = this;
    const { low } = this.bounds.references;
    for (let i = start; i < end; i += 1) {
      const own = low[i]!;
      const offset = (i - start) * (to - from) - from;
      let limit = widest[i]!;
      for (let j = Math.max(from, i + 1); j < to; j += 1) {
        const bound = own + low[j]! - 2 * dots[offset + j]!;
        if (bound >= limit && bound >= widest[j]!) continue;
        if (!this.couldBeNearer(i, j, bound)) continue;
        this.enter(i, j);
        limit = widest[i]!;
      }
    }
  }

  /** Whether the pair, no nearer than the bound, could be nearer than what its worse row has, in any ranking. */
  private couldBeNearer(i: number, j: number, bound: number): boolean {
    for (let r = 0; r < this.places.length; r += 1) {
      const place = this.places[r]!;
      const found = this.nearest[r]![place[j]! < place[i]! ? i : j]!;
      if (bound < found && found > 0) return true;
    }
    return false;
  }

  private enter(i: number, j: number): void {
    const distance = squaredDistance(this.points, i, this.points, j) * this.bounds.factor;
    for (let r = 0; r < this.places.length; r += 1) {
      const place = this.places[r]!;
      const found = this.nearest[r]!;
      const worse = place[j]! < place[i]! ? i : j;
      if (distance < found[worse]!) found[worse] = distance;
    }
    this.widen(i);
    this.widen(j);
  }

  private widen(row: number): void {
    let largest = 0;
    for (const found of this.nearest) largest = Math.max(largest, found[row]!);
    this.widest[row] = largest > 0 ? largest : -Infinity;
  }

  squared(): Float64Array[] {
    return this.nearest.map((values) => values.map((value) => value / this.bounds.factor));
  }
}
