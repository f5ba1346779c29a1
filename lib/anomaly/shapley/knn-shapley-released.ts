import type { NumericsContext } from '../context';
import { forEachValidationRow, type ShapleyInput } from './knn-shapley';
import { countAtMost, rankWeights, shapleyRecursion } from './knn-utility';

/**
 * What the authors' released program computes under the name of k-NN Shapley: the i-th nearest rows "match" only when those of ALL
 * validation rows have their labels at once, the recursion starts at the last but one row with match / n, and the farthest
 * row gets 0. Nearly every value is 0. Memory: n² bytes and 4 n l bytes.
 */
export async function knnShapleyAsReleased(input: ShapleyInput, k: number, context: NumericsContext = {}): Promise<Float64Array> {
  const { labels, auxiliary } = input;
  const n = labels.length;
  const l = auxiliary.rows;
  const values = new Float64Array(l);
  if (l === 0) return values;
  /** Whether the i-th nearest training row of v lacks v's label, and the place of each auxiliary row among them. */
  const misses = new Uint8Array(n * n);
  const places = new Int32Array(n * l);
  await forEachValidationRow(input, context, (row, toTrain, toAuxiliary) => {
    const order = Array.from(labels.keys()).sort((a, b) => toTrain[a]! - toTrain[b]! || a - b);
    const ascending = Float64Array.from(order, (i) => toTrain[i]!);
    order.forEach((i, place) => {
      misses[row * n + place] = labels[i] === labels[row] ? 0 : 1;
    });
    for (let x = 0; x < l; x += 1) places[x * n + row] = countAtMost(ascending, toAuxiliary[x]!);
  });
  const weights = rankWeights(n + 1, k);
  for (let x = 0; x < l; x += 1) {
    const place = places.subarray(x * n, (x + 1) * n);
    const matches = commonMatches(misses, place, labels);
    const scores = shapleyRecursion(matches, weights, matches[n - 1]! / n);
    let sum = 0;
    for (const at of place) if (at < n) sum += scores[at]!;
    values[x] = sum / n;
  }
  return values;
}

/** 1 for each of the n nearest places at which the rows around every validation row have its label; the added row is an anomaly. */
function commonMatches(misses: Uint8Array, place: Int32Array, labels: Uint8Array): Uint8Array {
  const n = labels.length;
  let alive = Array.from(labels.keys());
  for (let row = 0; row < n && alive.length > 0; row += 1) {
    const added = place[row]!;
    alive = alive.filter((at) => (at === added ? labels[row] === 1 : misses[row * n + (at < added ? at : at - 1)] === 0));
  }
  const matches = new Uint8Array(n);
  for (const at of alive) matches[at] = 1;
  return matches;
}
