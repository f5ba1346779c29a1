import { pause, type NumericsContext } from '../context';
import type { EvaluatorInput } from '../evaluators/evaluator';
import { crossDistances, selfDistances } from '../linalg/distances';
import { countAtMost, rankWeights } from './knn-utility';

export type ShapleyInput = Pick<EvaluatorInput, 'train' | 'labels' | 'auxiliary'>;

/**
 * Hands every training row v (a validation row) its squared distances to all training rows and to all auxiliary rows. Both arrays
 * are valid during the visit only.
 */
export async function forEachValidationRow(
  { train, auxiliary }: ShapleyInput,
  context: NumericsContext,
  visit: (row: number, toTrain: Float64Array, toAuxiliary: Float64Array) => void,
): Promise<void> {
  const n = train.rows;
  const l = auxiliary.rows;
  const among = selfDistances(train, context.product);
  const across = crossDistances(train, auxiliary, context.product);
  const step = Math.min(among.blockRows, across.blockRows);
  for (let start = 0; start < n; start += step) {
    const end = Math.min(start + step, n);
    await pause(context);
    const trainBlock = await among.block(start, end);
    const auxiliaryBlock = await across.block(start, end);
    for (let row = start; row < end; row += 1) {
      const at = row - start;
      visit(row, trainBlock.subarray(at * n, (at + 1) * n), auxiliaryBlock.subarray(at * l, (at + 1) * l));
    }
    context.onProgress?.(end, n, 'validation rows');
  }
}

/**
 * Shapley value of each auxiliary row x within the training rows plus x (labelled anomaly) under the k-NN utility, averaged over the
 * training rows as validation rows (Jia et al. 2019). Exact: with D sorted by distance to v, x enters at rank
 * r = 1 + #{d <= d_x} and is worth c_r [v anomaly] - sum_{i >= r} (c_i - c_{i+1}) [i-th of D has v's label], so one sort and one suffix
 * sum per v serve all x: O(n² d + n² log n + l n (d + log n)). Equal distances of training rows: lower row first.
 */
export async function knnShapley(input: ShapleyInput, k: number, context: NumericsContext = {}): Promise<Float64Array> {
  const { labels, auxiliary } = input;
  const n = labels.length;
  const values = new Float64Array(auxiliary.rows);
  if (auxiliary.rows === 0) return values;
  const weights = rankWeights(n + 1, k);
  const anomalies = Int32Array.from({ length: n }, (_, i) => i).filter((i) => labels[i] === 1);
  const ascending = new Float64Array(n);
  const gain = new Float64Array(n);
  await forEachValidationRow(input, context, (row, toTrain, toAuxiliary) => {
    ascending.set(toTrain);
    ascending.sort();
    fillGains(gain, weights, anomalyRanks(anomalies, toTrain, ascending), labels[row] === 1);
    for (let x = 0; x < toAuxiliary.length; x += 1) {
      const before = countAtMost(ascending, toAuxiliary[x]!);
      values[x]! += before < n ? gain[before]! : lastGain(weights, labels[row] === 1);
    }
  });
  for (let x = 0; x < values.length; x += 1) values[x]! /= n;
  return values;
}

/** What the added row is worth as the farthest of all. */
function lastGain(weights: Float64Array, anomalous: boolean): number {
  return anomalous ? weights[weights.length - 1]! : 0;
}

/** 1 in every place (from the nearest on, counted from 0) that a known anomaly takes. */
function anomalyRanks(anomalies: Int32Array, toTrain: Float64Array, ascending: Float64Array): Uint8Array {
  const taken = new Uint8Array(ascending.length);
  for (const anomaly of anomalies) {
    const distance = toTrain[anomaly]!;
    let place = countAtMost(ascending, distance) - 1;
    if (place > 0 && ascending[place - 1] === distance) place = placeAmongEqual(anomaly, toTrain, distance, place);
    taken[place] = 1;
  }
  return taken;
}

/** The place of a row among those equally far; `last` is the place of the last of them. */
function placeAmongEqual(row: number, toTrain: Float64Array, distance: number, last: number): number {
  let place = last;
  for (let i = row + 1; i < toTrain.length; i += 1) if (toTrain[i] === distance) place -= 1;
  return place;
}

/** gain[b]: worth of the added row when b training rows are at most as far. */
function fillGains(gain: Float64Array, weights: Float64Array, isAnomaly: Uint8Array, anomalous: boolean): void {
  const hit = anomalous ? 1 : 0;
  let lost = 0;
  for (let before = gain.length - 1; before >= 0; before -= 1) {
    const weight = weights[before + 1]!;
    if (isAnomaly[before] === hit) lost += weight - weights[before + 2]!;
    gain[before] = hit * weight - lost;
  }
}
