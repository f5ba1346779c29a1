import { pause, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { columnMeans, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { checkWhole } from './check-parameter';

/** Chosen rows that the cancel signal is not looked at in between. */
const PAUSE_EVERY = 16;

/**
 * Greedy k-centre core-set (Sener and Savarese 2018; PatchCore, Algorithm 1): starting from the row nearest to the mean, always the row
 * that is farthest from all chosen ones, until `count` are chosen or every row equals a chosen one. Ties go to the first row: give the rows in
 * canonical order where the result must not depend on theirs. Every row is within twice the smallest possible radius of a chosen one.
 * @returns row numbers in the order of choice
 */
export async function greedyCoreSet(points: Matrix, count: number, context: NumericsContext = {}): Promise<Int32Array> {
  checkWhole('The size of a core-set', count, 1);
  if (points.rows < 1) throw new NumericsError('data.too_few_rows', 'A core-set needs at least one row.');
  const size = Math.min(count, points.rows);
  const chosen = new Int32Array(size);
  const cover: Cover = { squared: new Float64Array(points.rows).fill(Infinity), by: new Int32Array(points.rows) };
  chosen[0] = nearestTo(points, columnMeans(points));
  for (let picked = 1; picked < size; picked += 1) {
    if (picked % PAUSE_EVERY === 0) {
      await pause(context);
      context.onProgress?.(picked, size, 'core-set');
    }
    const { row, squared } = takeIn(points, chosen, picked - 1, cover);
    if (squared === 0) return chosen.slice(0, picked);
    chosen[picked] = row;
  }
  return chosen;
}

function nearestTo({ data, rows, cols }: Matrix, target: Float64Array): number {
  let best = 0;
  let smallest = Infinity;
  for (let i = 0; i < rows; i += 1) {
    let sum = 0;
    for (let c = 0; c < cols; c += 1) sum += (data[i * cols + c]! - target[c]!) ** 2;
    if (sum < smallest) {
      smallest = sum;
      best = i;
    }
  }
  return best;
}

/** Of each row the squared distance to the nearest chosen row, and which one that is (its place in the order of choice). */
type Cover = { readonly squared: Float64Array; readonly by: Int32Array };

/** Room for rounding where the triangle inequality decides. */
const SLACK = 1 + 1e-9;

/**
 * Lowers each row's squared distance to the chosen rows by the newest one; gives the row that is then farthest. A row at distance r from its chosen row can only
 * come nearer to the newest if the two chosen ones are less than 2 r apart: for the others nothing is computed.
 */
function takeIn({ data, rows, cols }: Matrix, chosen: Int32Array, newest: number, { squared, by }: Cover): { row: number; squared: number } {
  const centre = data.subarray(chosen[newest]! * cols, (chosen[newest]! + 1) * cols);
  const apart = new Float64Array(newest + 1);
  for (let c = 0; c < newest; c += 1) apart[c] = boundedDistance(data, chosen[c]! * cols, centre, Infinity);
  let row = 0;
  let largest = -1;
  for (let i = 0; i < rows; i += 1) {
    const best = squared[i]!;
    if (best > 0 && (newest === 0 || apart[by[i]!]! < 4 * best * SLACK)) {
      const distance = boundedDistance(data, i * cols, centre, best);
      if (distance < best) {
        squared[i] = distance;
        by[i] = newest;
      }
    }
    if (squared[i]! > largest) {
      largest = squared[i]!;
      row = i;
    }
  }
  return { row, squared: largest };
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

/** The matrix (`from` x `to`, row-major) of a random projection: entries N(0, 1) / sqrt(to). */
export function randomDirections(from: number, to: number, seed: number): Float64Array {
  const { normal } = createRandom(seed);
  const scale = 1 / Math.sqrt(to);
  return Float64Array.from({ length: from * to }, () => normal() * scale);
}

/**
 * Random projection of the rows to fewer columns that keeps distances up to a few per cent (Johnson and Lindenstrauss 1984; entries
 * N(0, 1) / sqrt(columns)); the points themselves where they have no more columns. PatchCore chooses its core-set in such a projection.
 */
export function randomProjection(points: Matrix, columns: number, seed: number): Matrix {
  checkWhole('The number of columns of a projection', columns, 1);
  const { data, rows, cols } = points;
  if (cols <= columns) return points;
  const directions = randomDirections(cols, columns, seed);
  const projected = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i += 1) {
    for (let c = 0; c < cols; c += 1) {
      const value = data[i * cols + c]!;
      if (value === 0) continue;
      for (let j = 0; j < columns; j += 1) projected[i * columns + j]! += value * directions[c * columns + j]!;
    }
  }
  return { data: projected, rows, cols: columns };
}
