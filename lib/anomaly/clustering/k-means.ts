import { NumericsError } from '../errors';
import { selectRows, type Matrix } from '../linalg/matrix';
import { squaredDistancesByDifferences } from '../linalg/squared-distances';
import { createRandom, type RandomGenerator } from '../random/generator';

export type KMeansOptions = {
  readonly clusters: number;
  readonly seed: number;
  /** Sweeps of Lloyd's algorithm at most; default 300. */
  readonly sweeps?: number;
};

export type KMeans = {
  /** Cluster 0..clusters-1 of each row. */
  readonly clusterOf: Int32Array;
  /** clusters x d; a cluster that lost its rows keeps its last centre. */
  readonly centres: Matrix;
  /** Sum of squared distances of the rows to their centres. */
  readonly inertia: number;
};

/**
 * k-means: centres drawn by k-means++ (Arthur and Vassilvitskii 2007: each next one among the rows with a probability in
 * proportion to its squared distance to the nearest centre so far), then Lloyd's sweeps until no row changes its cluster.
 * Deterministic for a seed. Throws `parameter.invalid` unless 1 <= clusters <= rows.
 */
export function kMeans(points: Matrix, { clusters, seed, sweeps = 300 }: KMeansOptions): KMeans {
  if (!Number.isSafeInteger(clusters) || clusters < 1 || clusters > points.rows) {
    throw new NumericsError('parameter.invalid', `${points.rows} rows cannot form ${clusters} clusters.`);
  }
  let centres = selectRows(points, plusPlusRows(points, clusters, createRandom(seed)));
  let assigned = assign(points, centres);
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    centres = meansOf(points, assigned.clusterOf, centres);
    const next = assign(points, centres);
    const changed = next.clusterOf.some((cluster, row) => cluster !== assigned.clusterOf[row]);
    assigned = next;
    if (!changed) break;
  }
  return { ...assigned, centres };
}

/** Rows chosen as first centres; rows that equal a centre are drawn only when there are no others. */
function plusPlusRows(points: Matrix, clusters: number, random: RandomGenerator): Int32Array {
  const chosen = new Int32Array(clusters);
  const nearest = new Float64Array(points.rows).fill(Infinity);
  const distances = new Float64Array(points.rows);
  const taken = new Uint8Array(points.rows);
  for (let c = 0; c < clusters; c += 1) {
    const row = c === 0 ? random.integer(points.rows) : drawByWeight(nearest, taken, random);
    chosen[c] = row;
    taken[row] = 1;
    squaredDistancesByDifferences(points, row, row + 1, points, 0, distances, points.rows, 0);
    for (let i = 0; i < nearest.length; i += 1) nearest[i] = Math.min(nearest[i]!, distances[i]!);
  }
  return chosen;
}

function drawByWeight(weights: Float64Array, taken: Uint8Array, random: RandomGenerator): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = random.uniform() * total;
  let last = -1;
  for (let i = 0; i < weights.length; i += 1) {
    if (taken[i] === 1 || (total > 0 && weights[i] === 0)) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return last;
}

function assign(points: Matrix, centres: Matrix): { clusterOf: Int32Array; inertia: number } {
  const k = centres.rows;
  const squares = new Float64Array(points.rows * k);
  squaredDistancesByDifferences(points, 0, points.rows, centres, 0, squares, k, 0);
  const clusterOf = new Int32Array(points.rows);
  let inertia = 0;
  for (let row = 0; row < points.rows; row += 1) {
    let best = 0;
    for (let c = 1; c < k; c += 1) if (squares[row * k + c]! < squares[row * k + best]!) best = c;
    clusterOf[row] = best;
    inertia += squares[row * k + best]!;
  }
  return { clusterOf, inertia };
}

function meansOf(points: Matrix, clusterOf: Int32Array, former: Matrix): Matrix {
  const { cols } = points;
  const data = new Float64Array(former.data.length);
  const counts = new Int32Array(former.rows);
  clusterOf.forEach((cluster, row) => {
    counts[cluster]! += 1;
    for (let j = 0; j < cols; j += 1) data[cluster * cols + j]! += points.data[row * cols + j]!;
  });
  for (let c = 0; c < former.rows; c += 1) {
    for (let j = 0; j < cols; j += 1) data[c * cols + j] = counts[c] === 0 ? former.data[c * cols + j]! : data[c * cols + j]! / counts[c]!;
  }
  return { data, rows: former.rows, cols };
}
