import { kMeans } from '../clustering/k-means';
import { pause, type NumericsContext } from '../context';
import { NumericsError } from '../errors';
import { checkMatrix, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';

/** k-means runs that are averaged (SWSA paper, appendix B). */
export const TOTAL_VARIATION_RUNS = 10;

export type TotalVariation = {
  /** Mean over the runs, 0 (alike) to 2 (nothing in common). */
  readonly value: number;
  readonly runs: readonly number[];
  /** Clusters k. */
  readonly clusters: number;
};

/**
 * Total variation between two validation sets of embeddings (SWSA paper, appendix B, after Sajjadi et al. 2018): k-means with
 * k = round(sqrt(n1 + n2)) on the union, then the sum over clusters of |share of set 1 - share of set 2|, without the half that the
 * term has elsewhere (the paper's values exceed 1). Mean of ten runs, each with a seed of its own drawn from `seed`.
 * Throws `data.too_few_rows` when a set is empty, `data.shape`, `data.not_finite`, `job.cancelled`.
 */
export async function totalVariation(first: Matrix, second: Matrix, options: { seed: number; runs?: number }, context: NumericsContext = {}): Promise<TotalVariation> {
  const { seed, runs = TOTAL_VARIATION_RUNS } = options;
  if (!Number.isSafeInteger(runs) || runs < 1) throw new NumericsError('parameter.invalid', `The number of k-means runs must be a whole number from 1 on, not ${runs}.`);
  const union = joined(first, second);
  const clusters = Math.round(Math.sqrt(union.rows));
  const random = createRandom(seed);
  const values: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await pause(context);
    const { clusterOf } = kMeans(union, { clusters, seed: random.uint32() });
    values.push(histogramDistance(clusterOf, first.rows, clusters));
    context.onProgress?.(run + 1, runs, 'total variation');
  }
  return { value: values.reduce((sum, value) => sum + value, 0) / runs, runs: values, clusters };
}

function joined(first: Matrix, second: Matrix): Matrix {
  checkMatrix(first, 'The first set');
  checkMatrix(second, 'The second set');
  if (first.rows < 1 || second.rows < 1) throw new NumericsError('data.too_few_rows', 'The total variation needs two sets with at least one row each.');
  if (first.cols !== second.cols) throw new NumericsError('data.shape', `One set has ${first.cols} columns, the other ${second.cols}.`);
  const data = new Float64Array(first.data.length + second.data.length);
  data.set(first.data);
  data.set(second.data, first.data.length);
  return { data, rows: first.rows + second.rows, cols: first.cols };
}

function histogramDistance(clusterOf: Int32Array, firstRows: number, clusters: number): number {
  const surplus = new Float64Array(clusters);
  const secondRows = clusterOf.length - firstRows;
  clusterOf.forEach((cluster, row) => {
    surplus[cluster]! += row < firstRows ? 1 / firstRows : -1 / secondRows;
  });
  return surplus.reduce((sum, difference) => sum + Math.abs(difference), 0);
}
