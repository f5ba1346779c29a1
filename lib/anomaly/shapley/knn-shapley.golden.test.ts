import { describe, expect, it } from 'vitest';
import { goldenInput, largestDifference } from '../golden/golden-data';
import golden from '../golden/knnshap.json';
import bruteForce from '../golden/knnshap_bruteforce.json';
import { matrixFromRows, type Matrix } from '../linalg/matrix';
import { squaredDistance } from '../linalg/squared-distances';
import { knnShapley } from './knn-shapley';
import { knnShapleyAsReleased } from './knn-shapley-released';
import { rankWeights, shapleyRecursion } from './knn-utility';

/** Shapley values of all training rows and of the added one, by the recursion for every validation row. */
function byRecursion(train: Matrix, labels: Uint8Array, added: Matrix, row: number, k: number): Float64Array {
  const n = train.rows;
  const all = Uint8Array.of(...labels, 1);
  const sum = new Float64Array(n + 1);
  for (let v = 0; v < n; v += 1) {
    const distance = Array.from(all, (_, i) => (i < n ? squaredDistance(train, v, train, i) : squaredDistance(train, v, added, row)));
    const order = distance.map((_, i) => i).sort((a, b) => distance[a]! - distance[b]! || a - b);
    const hits = Uint8Array.from(order, (i) => (all[i] === labels[v] ? 1 : 0));
    const weights = rankWeights(n + 1, k);
    const values = shapleyRecursion(hits, weights, weights[n + 1]! * hits[n]!);
    order.forEach((i, place) => {
      sum[i]! += values[place]! / n;
    });
  }
  return sum;
}

describe('k-NN Shapley values', () => {
  it.each(golden.cases.map((c) => [c.dataset, c.K, c] as const))('of %s at k = %d agree with the reference', async (dataset, k, c) => {
    const input = goldenInput(dataset);
    const values = await knnShapley(input, k);
    expect(largestDifference(values, c.values)).toBeLessThan(1e-10);
    expect(largestDifference(await knnShapleyAsReleased(input, k), c.eap_program)).toBeLessThan(1e-6);
    const recursion = Array.from(values, (_, x) => byRecursion(input.train, input.labels, input.auxiliary, x, k)[input.train.rows]!);
    expect(largestDifference(values, recursion)).toBeLessThan(1e-12);
  });

  it.each(bruteForce.cases.map((c) => [c.K, c] as const))('at k = %d agree with the sum over all subsets', async (k, c) => {
    const train = matrixFromRows(bruteForce.X_train);
    const labels = Uint8Array.from(bruteForce.y_train);
    const auxiliary = matrixFromRows([bruteForce.x_aux]);
    expect(largestDifference(byRecursion(train, labels, auxiliary, 0, k), c.shapley_all_points)).toBeLessThan(1e-10);
    const [value] = await knnShapley({ train, labels, auxiliary }, k);
    expect(value).toBeCloseTo(c.shapley_all_points[train.rows]!, 10);
  });
});
