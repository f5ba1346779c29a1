import type { EvaluationSize } from '../evaluator';
import type { DetectorParameters, JoiningParameters } from './parameters';

/** Measured seconds (docs/benchmarks.md): a kernel weight, a pass of a row through a tree, the growth of a tree per sampled row. */
const WEIGHT = 4e-9;
const WALK = 5e-8;
const GROW = 2e-7;

/** Seconds of one detector fit on a share of the training rows. */
export function fitSeconds({ rows }: EvaluationSize, { trees, treeSample }: DetectorParameters, share: number): number {
  const forest = trees * (rows * WALK + Math.min(treeSample, rows * share) * GROW);
  return forest + rows * rows * share * WEIGHT + rows * share * rows * share * 2e-9;
}

/** Seconds of adding `joins` auxiliary rows, one at a time, to a fit on a share of the training rows. */
export function joinSeconds(size: EvaluationSize, parameters: DetectorParameters & JoiningParameters, share: number, joins: number): number {
  const each = parameters.mode === 'exact' ? fitSeconds(size, parameters, share) : size.rows * 1.5e-8 + parameters.trees * 2e-7;
  return joins * each;
}
