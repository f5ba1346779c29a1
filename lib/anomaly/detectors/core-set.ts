import { pause, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { ChosenDistances } from '../linalg/chosen-distances';
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
  const distances = new ChosenDistances(points);
  chosen[0] = nearestTo(points, columnMeans(points));
  for (let picked = 1; picked < size; picked += 1) {
    if (picked % PAUSE_EVERY === 0) {
      await pause(context);
      context.onProgress?.(picked, size, 'core-set');
    }
    distances.choose(chosen[picked - 1]!);
    const { row, squared } = distances.farthest();
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
