import type { NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { forEachPairBlock } from '../linalg/distances';
import { checkMatrix, type Matrix } from '../linalg/matrix';
import { boundedNearestBetter } from './bounded-nearest-better';

/**
 * How redundant each row is at any cut of a ranking: the Euclidean distance to the nearest row that is ranked higher. The k best rows hold a near copy of
 * another one exactly where this distance is small for one of the first k, so that one number per row answers for every k. All pairs are visited once,
 * whatever the number of rankings. With `context.singleProduct` most of them are ruled out by bounds from float32 products; the result is the same, bit for bit.
 * @param rankings each holds the rows 0..n-1, best first
 * @returns for each ranking the distance of row i in entry i; NaN of the best row, which has none above it
 * @throws NumericsError `data.shape`, `data.not_finite`, `job.cancelled`
 */
export async function nearestBetter(points: Matrix, rankings: readonly Int32Array[], context: NumericsContext = {}): Promise<Float64Array[]> {
  checkMatrix(points, 'The set');
  const places = rankings.map((ranking) => placesOf(ranking, points.rows));
  const squared = (await boundedNearestBetter(points, places, context)) ?? (await byAllDistances(points, places, context));
  return squared.map((values) => values.map((value) => (value === Infinity ? Number.NaN : Math.sqrt(value))));
}

async function byAllDistances(points: Matrix, places: readonly Int32Array[], context: NumericsContext): Promise<Float64Array[]> {
  const squared = places.map(() => new Float64Array(points.rows).fill(Infinity));
  await forEachPairBlock(points, context, (block, start, end) => {
    places.forEach((place, r) => lower(squared[r]!, place, { block, start, end }));
    context.onProgress?.(end, points.rows, 'comparing samples');
  });
  return squared;
}

type Block = { readonly block: Float64Array; readonly start: number; readonly end: number };

/** Takes the pairs of a block in: each pair counts for the row that is ranked lower. */
function lower(squared: Float64Array, place: Int32Array, { block, start, end }: Block): void {
  const width = place.length - start;
  for (let i = start; i < end; i += 1) {
    const own = place[i]!;
    let best = squared[i]!;
    const row = (i - start) * width - start;
    for (let j = i + 1; j < place.length; j += 1) {
      const distance = block[row + j]!;
      if (place[j]! < own) {
        if (distance < best) best = distance;
      } else if (distance < squared[j]!) squared[j] = distance;
    }
    squared[i] = best;
  }
}

/** Of each row its place in the ranking, from 0. */
function placesOf(ranking: Int32Array, rows: number): Int32Array {
  const place = new Int32Array(rows).fill(-1);
  ranking.forEach((row, at) => (place[row] = at));
  if (ranking.length !== rows || place.includes(-1)) throw new NumericsError('data.shape', `A ranking must hold each of the ${rows} rows once.`);
  return place;
}
