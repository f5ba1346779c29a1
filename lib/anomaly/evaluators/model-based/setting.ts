import type { NumericsContext } from '../../context';
import { checkEapInput } from '../../eap/input';
import type { EvaluatorInput } from '../evaluator';
import { checkModelParameters, type DetectorParameters } from './parameters';
import { rowDistances, type RowDistances } from './row-distances';
import { subsetPrior, type SubsetPrior } from './subset-prior';

/** What all fits of one valuation share. */
export type ModelSetting = {
  readonly parameters: DetectorParameters;
  readonly labels: Uint8Array;
  /** n, m and l. */
  readonly rows: number;
  readonly anomalies: number;
  readonly auxiliary: number;
  /** Percentage of the training scores of a fit at which lambda lies: from m / n of the whole training set, whatever the subset. */
  readonly percent: number;
  readonly trainDistances: RowDistances;
  readonly auxiliaryDistances: RowDistances;
  readonly prior: SubsetPrior;
};

/** Checks input and parameters and computes the distances that all fits share. */
export async function prepareSetting(input: EvaluatorInput, parameters: DetectorParameters, context: NumericsContext): Promise<ModelSetting> {
  checkEapInput(input);
  checkModelParameters(parameters);
  const { train, auxiliary, labels } = input;
  const anomalies = labels.reduce((sum, label) => sum + label, 0);
  const share = 1 - anomalies / train.rows;
  return {
    parameters,
    labels,
    rows: train.rows,
    anomalies,
    auxiliary: auxiliary.rows,
    percent: parameters.asReleased ? Math.trunc(share * 100) : share * 100,
    trainDistances: await rowDistances(train, train, context),
    auxiliaryDistances: await rowDistances(auxiliary, train, context),
    prior: subsetPrior(input, parameters),
  };
}
