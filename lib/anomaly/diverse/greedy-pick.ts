import { pause, type NumericsContext } from '../context';
import { rankingOf } from '../curves/ranking';
import { checkWhole } from '../detectors/check-parameter';
import { log } from '../elementary/log';
import { NumericsError } from '../errors';
import { ChosenDistances } from '../linalg/chosen-distances';
import { checkMatrix, type Matrix } from '../linalg/matrix';

export type PickInput = {
  /** n x d, the pool. */
  readonly points: Matrix;
  /** Length n; only its order counts. */
  readonly quality: Float64Array;
  /** Squared distances of the pool to rows that count as picked already. */
  readonly known?: Float64Array | undefined;
};

export type PickOptions = {
  readonly count: number;
  /** 0..1; 0: only diversity, 1: only quality. */
  readonly weight: number;
  /** Orders rows of equal quality. */
  readonly seed: number;
};

/** Picked rows between two looks at the cancel signal. */
const PAUSE_EVERY = 16;

/**
 * Greedy choice of rows that are good and unlike one another: always the row with the largest q^w d^(1 - w), where d is its distance to the nearest picked row
 * and q the share of the pool that it is at least as good as. Both come as a product because then neither scale matters and a copy of a picked row, d = 0, is
 * worth nothing however good it is. It is farthest-first traversal (Gonzalez 1985; Sener and Savarese 2018 for core-sets) with rows weighted by
 * q^(w / (1 - w)): the greedy rule of Dyer and Frieze (1985) for weighted k-centre. With w = 1 the best rows, with w = 0 farthest-first from the best row,
 * whose largest distance is at most twice the smallest possible. Ties go to the better row, those of equal quality to an order drawn from the seed.
 * @returns row numbers in the order of choice; fewer than `count` where all others are copies of picked rows and w < 1
 * @throws NumericsError `data.shape`, `data.not_finite`, `parameter.invalid`, `job.cancelled`
 */
export async function greedyPick({ points, quality, known }: PickInput, { count, weight, seed }: PickOptions, context: NumericsContext = {}): Promise<Int32Array> {
  checkMatrix(points, 'The pool');
  checkWhole('The number of rows to pick', count, 1);
  if (!(weight >= 0 && weight <= 1)) throw new NumericsError('parameter.invalid', `The weight of quality must lie in 0..1, not at ${weight}.`);
  if (quality.length !== points.rows) throw new NumericsError('data.shape', `There are ${quality.length} qualities of ${points.rows} rows.`);
  const ranking = rankingOf(quality, seed);
  const size = Math.min(count, points.rows);
  if (weight === 1 || size === 0) return ranking.slice(0, size);
  const bonus = qualityBonus(quality, ranking, weight);
  const distances = new ChosenDistances(points, known);
  const worth = new Worth(distances.squared, bonus);
  const picked: number[] = [];
  while (picked.length < size) {
    if (picked.length % PAUSE_EVERY === 0) {
      await pause(context);
      context.onProgress?.(picked.length, size, 'picking');
    }
    const row = picked.length === 0 && known === undefined ? ranking[0] : worth.best(ranking);
    if (row === undefined) break;
    picked.push(row);
    distances.choose(row);
  }
  return Int32Array.from(picked);
}

/** What quality adds to the logarithm of the squared distance: 2 w / (1 - w) ln q. Rows of equal quality share the mean of their ranks. */
function qualityBonus(quality: Float64Array, ranking: Int32Array, weight: number): Float64Array {
  const n = ranking.length;
  const factor = (2 * weight) / (1 - weight);
  const bonus = new Float64Array(n);
  if (factor === 0) return bonus;
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && quality[ranking[end]!] === quality[ranking[start]!]) end += 1;
    const rank = (start + 1 + end) / 2;
    for (let at = start; at < end; at += 1) bonus[ranking[at]!] = factor * log((n - rank + 1) / n);
    start = end;
  }
  return bonus;
}

/** Worth of every row, computed again only where its distance changed. */
class Worth {
  private readonly seen: Float64Array;
  private readonly value: Float64Array;

  constructor(
    private readonly squared: Float64Array,
    private readonly bonus: Float64Array,
  ) {
    this.seen = new Float64Array(squared.length).fill(-1);
    this.value = new Float64Array(squared.length);
  }

  /** The row of largest worth, the first of equals in `order`; undefined where none is at any distance. */
  best(order: Int32Array): number | undefined {
    const { squared, bonus, seen, value } = this;
    let best: number | undefined;
    let largest = -Infinity;
    for (const row of order) {
      const distance = squared[row]!;
      if (distance === 0) continue;
      if (distance !== seen[row]) {
        seen[row] = distance;
        value[row] = log(distance) + bonus[row]!;
      }
      if (value[row]! > largest) {
        largest = value[row]!;
        best = row;
      }
    }
    return best;
  }
}
