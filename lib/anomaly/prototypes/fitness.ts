import type { NumericsContext } from '../context';
import type { Matrix } from '../linalg/matrix';
import { fastAuroc } from './fast-auroc';
import type { LabelledRows } from './labelled-rows';
import { scoresTrainedOn, type PrototypeDetector } from './single-scores';

/** How good a subset of normals is to train with; higher is better. `members` are different row numbers, in any order. */
export type SubsetFitness = (members: Int32Array) => number | Promise<number>;

/**
 * Eq. 3 of "How Low Can You Go?": the sum over validation rows k of max over members j of y_k s(x_j, x_k), y = +1 for anomalies and -1 for
 * normals. So anomalies count with the member that they are farthest from, normals with the nearest one.
 * @param scores s, normals x validation
 */
export function equationThreeFitness(scores: Matrix, labels: Uint8Array): (members: Int32Array) => number {
  const { cols, rows } = scores;
  // One validation row after the other, signed once and for all: the inner loop is a maximum over numbers that lie close together.
  const signed = byValidationRow(scores);
  for (let k = 0; k < cols; k += 1) {
    if (labels[k] !== 1) for (let at = k * rows; at < (k + 1) * rows; at += 1) signed[at] = -signed[at]!;
  }
  return (members) => {
    let sum = 0;
    for (let row = 0; row < signed.length; row += rows) {
      let best = signed[row + members[0]!]!;
      for (let m = 1; m < members.length; m += 1) {
        const value = signed[row + members[m]!]!;
        if (value > best) best = value;
      }
      sum += best;
    }
    return sum;
  };
}

/** The table turned round: validation x normals, row-major. */
function byValidationRow({ data, rows, cols }: Matrix): Float64Array {
  const turned = new Float64Array(data.length);
  for (let j = 0; j < rows; j += 1) for (let k = 0; k < cols; k += 1) turned[k * rows + j] = data[j * cols + k]!;
  return turned;
}

/**
 * AUROC of deep k-NN (mean of the k smallest distances; of all, where there are fewer members) trained with the members, from the distances alone:
 * equal to fitting the detector of the registry, but nothing is fitted. `distances` is normals x validation.
 */
export function neighbourFitness(distances: Matrix, labels: Uint8Array, k: number): (members: Int32Array) => number {
  const { rows, cols } = distances;
  const turned = byValidationRow(distances);
  const auroc = fastAuroc(labels);
  const scores = new Float64Array(cols);
  const nearest = new Float64Array(k);
  return (members) => {
    const kept = Math.min(k, members.length);
    for (let v = 0; v < cols; v += 1) scores[v] = meanOfSmallest(turned, v * rows, members, nearest, kept);
    return auroc(scores);
  };
}

/** Mean of the `kept` smallest entries at `row` + member; `nearest` is scratch and holds them ascending. */
function meanOfSmallest(values: Float64Array, row: number, members: Int32Array, nearest: Float64Array, kept: number): number {
  nearest.fill(Infinity, 0, kept);
  let worst = Infinity;
  for (let m = 0; m < members.length; m += 1) {
    const value = values[row + members[m]!]!;
    if (value >= worst) continue;
    let place = kept - 1;
    for (; place > 0 && nearest[place - 1]! > value; place -= 1) nearest[place] = nearest[place - 1]!;
    nearest[place] = value;
    worst = nearest[kept - 1]!;
  }
  let sum = 0;
  for (let i = 0; i < kept; i += 1) sum += nearest[i]!;
  return sum / kept;
}

/** AUROC of any detector, fitted anew for every subset. Members are put in order first: sums then do not depend on theirs. */
export function refittedFitness(detector: PrototypeDetector, normals: Matrix, validation: LabelledRows, context: NumericsContext): SubsetFitness {
  const auroc = fastAuroc(validation.labels);
  return async (members) => auroc(await scoresTrainedOn(detector, normals, members.slice().sort(), validation.points, context));
}
