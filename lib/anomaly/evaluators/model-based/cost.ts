import type { EvaluationSize } from '../evaluator';
import type { DetectorParameters, JoiningParameters } from './parameters';

/** Measured seconds of one kernel weight, one walk of a row down a tree, the growth of a tree per sampled row. */
const WEIGHT = 4e-9;
const WALK = 6e-8;
const GROW = 3.3e-7;

/** Seconds of what all fits share: the distances, and a start-up. */
export function sharedSeconds({ rows, auxiliary, columns }: EvaluationSize): number {
  return 0.02 + rows * (rows + auxiliary) * columns * 1e-9;
}

function detectorSeconds(rows: number, walked: number, { trees, treeSample }: DetectorParameters, share: number): number {
  const members = rows * share;
  return trees * (walked * WALK + Math.min(treeSample, members) * GROW) + (rows + members) * members * WEIGHT;
}

/** Seconds of one detector fit on a share of the training rows, whose forest also scores all auxiliary rows. */
export function fitSeconds({ rows, auxiliary }: EvaluationSize, parameters: DetectorParameters, share: number): number {
  return detectorSeconds(rows, rows + auxiliary, parameters, share);
}

/** Seconds of one exact fit on a share of the training rows and one auxiliary row. */
export function joinedFitSeconds({ rows }: EvaluationSize, parameters: DetectorParameters, share: number): number {
  return detectorSeconds(rows, rows + 1, parameters, share);
}

/** Seconds of adding `joins` auxiliary rows, one at a time, to a fit on a share of the training rows. */
export function joinSeconds(size: EvaluationSize, parameters: DetectorParameters & JoiningParameters, share: number, joins: number): number {
  return joins * (parameters.mode === 'exact' ? joinedFitSeconds(size, parameters, share) : size.rows * 2e-8);
}
