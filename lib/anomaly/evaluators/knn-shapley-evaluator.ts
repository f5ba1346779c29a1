import { checkEapInput } from '../eap/input';
import { NumericsError } from '../errors';
import { knnShapley } from '../shapley/knn-shapley';
import { knnShapleyAsReleased } from '../shapley/knn-shapley-released';
import type { Evaluator } from './evaluator';
import { evaluatorNames } from './names';

export type KnnShapleyParameters = {
  /** Has no effect: nothing is drawn at random. */
  readonly seed: number;
  /** Neighbours that vote. */
  readonly k: number;
  /** true: the released program, in which almost every value is 0. */
  readonly asReleased: boolean;
};

/** KNNSHAP (Jia et al. 2019): exact Shapley value of the auxiliary row for a k-nearest-neighbour classifier of the training set. */
export const knnShapleyEvaluator: Evaluator<KnnShapleyParameters> = {
  id: 'KNNSHAP',
  name: evaluatorNames.KNNSHAP,
  description: 'How much the auxiliary anomaly helps a 10-nearest-neighbour classifier to tell the training rows apart (exact Shapley value).',
  limits: 'The released program collapses to zeros here; this is the value as defined, so its results are better than the published ones.',
  inPaper: true,
  cost: 'distances',
  defaults: { seed: 0, k: 10, asReleased: false },
  estimateSeconds({ rows, auxiliary, columns }) {
    return 0.02 + rows * (rows + auxiliary) * (columns * 1e-9 + 9e-8);
  },
  async evaluate(input, parameters, context = {}) {
    const { train, labels, auxiliary } = input;
    checkEapInput({ train, labels, auxiliary });
    const { k, asReleased } = { ...knnShapleyEvaluator.defaults, ...parameters };
    if (!Number.isSafeInteger(k) || k < 1) throw new NumericsError('parameter.invalid', `k must be a whole number from 1 on, not ${k}.`);
    const values = await (asReleased ? knnShapleyAsReleased : knnShapley)(input, k, context);
    return { values, columns: {}, facts: {} };
  },
};
