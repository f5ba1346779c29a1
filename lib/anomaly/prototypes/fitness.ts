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
  // Signed once and for all, so that the inner loop is one maximum.
  const signed = new Float64Array(scores.data.length);
  for (let j = 0; j < rows; j += 1) {
    for (let k = 0; k < cols; k += 1) signed[j * cols + k] = labels[k] === 1 ? scores.data[j * cols + k]! : -scores.data[j * cols + k]!;
  }
  const best = new Float64Array(cols);
  return (members) => {
    best.fill(-Infinity);
    for (const member of members) {
      const row = member * cols;
      for (let k = 0; k < cols; k += 1) {
        const value = signed[row + k]!;
        if (value > best[k]!) best[k] = value;
      }
    }
    let sum = 0;
    for (let k = 0; k < cols; k += 1) sum += best[k]!;
    return sum;
  };
}

/**
 * AUROC of deep k-NN trained with the members, from the distances alone: equal to fitting the detector of the registry, but nothing is
 * fitted. `distances` is normals x validation.
 */
export function neighbourFitness(distances: Matrix, labels: Uint8Array, k: number): (members: Int32Array) => number {
  const auroc = fastAuroc(labels);
  const scores = new Float64Array(distances.cols);
  const scratch = new Float64Array(distances.cols * k);
  return (members) => {
    neighbourScores(distances, members, k, scratch, scores);
    return auroc(scores);
  };
}

/**
 * Mean of the k smallest distances to the members (of all, where there are fewer), one per validation row. `scratch` holds k
 * numbers per validation row: plane i the (i + 1)-th smallest distance.
 */
export function neighbourScores(distances: Matrix, members: Int32Array, k: number, scratch: Float64Array, out: Float64Array): void {
  const { cols, data } = distances;
  const kept = Math.min(k, members.length);
  scratch.fill(Infinity, 0, kept * cols);
  for (const member of members) {
    const row = member * cols;
    for (let v = 0; v < cols; v += 1) {
      let value = data[row + v]!;
      if (value >= scratch[(kept - 1) * cols + v]!) continue;
      for (let i = v; i < kept * cols; i += cols) {
        const held = scratch[i]!;
        if (value < held) {
          scratch[i] = value;
          value = held;
        }
      }
    }
  }
  for (let v = 0; v < cols; v += 1) {
    let sum = 0;
    for (let i = 0; i < kept; i += 1) sum += scratch[i * cols + v]!;
    out[v] = sum / kept;
  }
}

/** AUROC of any detector, fitted anew for every subset; a subset that was seen before is not fitted again. */
export function refittedFitness(detector: PrototypeDetector, normals: Matrix, validation: LabelledRows, context: NumericsContext): SubsetFitness {
  const auroc = fastAuroc(validation.labels);
  const known = new Map<string, number>();
  return async (members) => {
    const sorted = members.slice().sort();
    const key = sorted.join(' ');
    const before = known.get(key);
    if (before !== undefined) return before;
    const value = auroc(await scoresTrainedOn(detector, normals, sorted, validation.points, context));
    known.set(key, value);
    return value;
  };
}
