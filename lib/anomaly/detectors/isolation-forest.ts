import { NumericsError } from '../errors';
import type { Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { sampleWithoutReplacement } from '../random/sampling';
import { averagePathLength, growIsolationTree, pathLength, type IsolationTree, type SinglePrecision } from './isolation-tree';

export type IsolationForestParameters = {
  /** Number of trees. */
  readonly trees: number;
  /** Rows drawn without replacement for each tree; at most all rows. */
  readonly sampleSize: number;
  readonly seed: number;
};

export const isolationForestDefaults: Omit<IsolationForestParameters, 'seed'> = { trees: 100, sampleSize: 256 };

export type IsolationForest = { readonly trees: readonly IsolationTree[]; readonly sampleSize: number };

/** Rounds the matrix to single precision, once for all trees. */
export function toSinglePrecision(points: Matrix): SinglePrecision {
  return { data: Float32Array.from(points.data), rows: points.rows, cols: points.cols };
}

/**
 * Isolation forest (Liu, Ting and Zhou 2008) with scikit-learn's choices: psi = min(sampleSize, rows) rows per tree without
 * replacement, all columns, depth limit ceil(log2(max(psi, 2))), data in single precision. See docs/methods/eap.md.
 * `members` (default all) names the rows to fit on.
 */
export function fitIsolationForest(points: SinglePrecision, parameters: IsolationForestParameters, members?: Int32Array): IsolationForest {
  const { trees, sampleSize, seed } = parameters;
  const rows = members?.length ?? points.rows;
  if (rows < 1 || points.cols < 1) throw new NumericsError('data.too_few_rows', 'An isolation forest needs at least one row and one column.');
  if (!Number.isSafeInteger(trees) || trees < 1) throw new NumericsError('parameter.invalid', `The number of trees must be a whole number from 1 on, not ${trees}.`);
  if (!Number.isSafeInteger(sampleSize) || sampleSize < 1) {
    throw new NumericsError('parameter.invalid', `The sample size of a tree must be a whole number from 1 on, not ${sampleSize}.`);
  }
  const psi = Math.min(sampleSize, rows);
  const depthLimit = Math.ceil(Math.log2(Math.max(psi, 2)));
  const grown: IsolationTree[] = [];
  for (let t = 0; t < trees; t += 1) {
    const random = createRandom(seed, t + 1);
    const sample = sampleWithoutReplacement(rows, psi, random);
    if (members !== undefined) for (let i = 0; i < psi; i += 1) sample[i] = members[sample[i]!]!;
    grown.push(growIsolationTree(points, sample, depthLimit, random));
  }
  return { trees: grown, sampleSize: psi };
}

/** Rows that walk down one tree after the other while they stay in the cache. */
const ROW_TILE = 64;

/** s(x) = 2^(-mean path length / c(psi)) for the given rows (default all); in (0, 1], higher = more anomalous. */
export function isolationScores(forest: IsolationForest, points: SinglePrecision, members?: Int32Array): Float64Array {
  const count = members?.length ?? points.rows;
  const scores = new Float64Array(count);
  for (let start = 0; start < count; start += ROW_TILE) {
    const end = Math.min(start + ROW_TILE, count);
    for (const tree of forest.trees) {
      for (let i = start; i < end; i += 1) {
        scores[i]! += pathLength(tree, points.data, (members === undefined ? i : members[i]!) * points.cols);
      }
    }
  }
  const scale = forest.trees.length * averagePathLength(forest.sampleSize);
  for (let i = 0; i < count; i += 1) scores[i] = scale > 0 ? 2 ** (-scores[i]! / scale) : 0.5;
  return scores;
}

/**
 * SSDO's prior: (s - min) / (max - min) with min and max over the scores of the fitting rows, cut to [0, 1];
 * where the fitting rows all score alike the divisor is 1.
 */
export function scaleToFittingRange(scores: Float64Array, fittingScores: Float64Array): Float64Array {
  let min = Infinity;
  let max = -Infinity;
  for (const score of fittingScores) {
    if (score < min) min = score;
    if (score > max) max = score;
  }
  const range = max > min ? max - min : 1;
  return scores.map((score) => Math.min(1, Math.max(0, (score - min) / range)));
}
