import { NumericsError } from '../errors';
import { selectRows, type Matrix } from '../linalg/matrix';
import type { RandomGenerator } from '../random/generator';
import { sampleWithoutReplacement } from '../random/sampling';
import { rowsOf, type LabelledSet } from './labelled-set';
import { experimentRandom } from './streams';

/** Sets that unrealistic rows come from. */
export const FOREIGN_SETS = 5;
/** Rows that one foreign set gives to the pool, and the most anomalies and fewest normals among them. */
const POOL_ROWS = 250;
const POOL_PER_CLASS = 125;

/**
 * Names of the (up to five) sets that the unrealistic rows of an experiment come from: drawn without replacement from all but
 * the target, in ascending order.
 */
export function chooseForeignSets(target: string, names: readonly string[], seed: number): string[] {
  const others = [...new Set(names)].filter((name) => name !== target).sort();
  const random = experimentRandom(target, seed, 'foreign sets');
  const drawn = sampleWithoutReplacement(others.length, Math.min(FOREIGN_SETS, others.length), random);
  return [...drawn].sort((a, b) => a - b).map((i) => others[i]!);
}

/** Rows of one class of one set that may be drawn. */
type Stratum = { readonly points: Matrix; readonly rows: Int32Array; readonly set: number };

/**
 * `count` rows of other sets (EAP paper, Section 5.1: unrealistic anomalies): each set gives at most 125 anomalies and, of its
 * normals, what fills 250 rows (all of them when there are at most 125) to a pool, from which rows are drawn in equal
 * proportion from every (set, class) and brought to `cols` columns by a Gaussian random projection, one per set.
 * Where the pool is too small, whole sets form it. Row order is that of the sets.
 * @throws NumericsError `data.too_few_rows` when all sets together have fewer rows
 */
export function foreignRows(sets: readonly LabelledSet[], count: number, cols: number, random: RandomGenerator): Matrix {
  let strata = pool(sets, POOL_PER_CLASS, POOL_ROWS, random);
  if (sizeOf(strata) < count) strata = pool(sets, Infinity, Infinity, random);
  if (sizeOf(strata) < count) {
    throw new NumericsError('data.too_few_rows', `The ${sets.length} other sets have ${sizeOf(strata)} rows, but ${count} unrealistic auxiliary rows are needed.`);
  }
  const shares = proportional(strata.map(({ rows }) => rows.length), count, random);
  const data = new Float64Array(count * cols);
  let at = 0;
  for (let set = 0; set < sets.length; set += 1) {
    const picked = strata.flatMap((stratum, i) => (stratum.set === set ? [...pick(stratum.rows, shares[i]!, random)] : []));
    const projected = randomProjection(selectRows(sets[set]!.points, picked), cols, random);
    data.set(projected.data, at);
    at += projected.data.length;
  }
  return { data, rows: count, cols };
}

function pool(sets: readonly LabelledSet[], anomaliesAtMost: number, rowsAtMost: number, random: RandomGenerator): Stratum[] {
  return sets.flatMap((labelled, set) => {
    const anomalies = pick(rowsOf(labelled, 1), anomaliesAtMost, random);
    const normals = rowsOf(labelled, 0);
    const wanted = normals.length > POOL_PER_CLASS ? rowsAtMost - anomalies.length : normals.length;
    return [anomalies, pick(normals, wanted, random)].map((rows) => ({ points: labelled.points, rows, set }));
  });
}

function sizeOf(strata: readonly Stratum[]): number {
  return strata.reduce((sum, { rows }) => sum + rows.length, 0);
}

/** At most `count` of the rows, at random. */
function pick(rows: Int32Array, count: number, random: RandomGenerator): Int32Array {
  return sampleWithoutReplacement(rows.length, Math.min(count, rows.length), random).map((i) => rows[i]!);
}

/** Whole shares of `count` in proportion to the sizes: the largest remainders are rounded up, equal ones at random. */
export function proportional(sizes: readonly number[], count: number, random: RandomGenerator): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size / total) * count);
  const shares = exact.map(Math.floor);
  const lot = sizes.map(() => random.uniform());
  const rest = (i: number) => exact[i]! - shares[i]!;
  const order = sizes.map((_, i) => i).sort((a, b) => rest(b) - rest(a) || lot[a]! - lot[b]!);
  const missing = count - shares.reduce((sum, share) => sum + share, 0);
  for (const i of order.slice(0, missing)) shares[i]! += 1;
  return shares;
}

/** X·R with entries of R from N(0, 1/cols), to more or to fewer columns; squared lengths are kept in expectation. */
export function randomProjection(points: Matrix, cols: number, random: RandomGenerator): Matrix {
  const data = new Float64Array(points.rows * cols);
  const scale = 1 / Math.sqrt(cols);
  const row = new Float64Array(cols);
  for (let s = 0; s < points.cols; s += 1) {
    for (let c = 0; c < cols; c += 1) row[c] = random.normal() * scale;
    for (let i = 0; i < points.rows; i += 1) {
      const value = points.data[i * points.cols + s]!;
      for (let c = 0; c < cols; c += 1) data[i * cols + c]! += value * row[c]!;
    }
  }
  return { data, rows: points.rows, cols };
}
