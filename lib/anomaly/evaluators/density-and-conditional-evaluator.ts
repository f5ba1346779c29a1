import type { EapResult } from '../eap/eap';
import { eapPass, eapPassDefaults, estimatePassSeconds, passParametersOf, type PassParameters, type PassReader } from './eap-pass';
import type { Evaluation, Evaluator } from './evaluator';
import { evaluatorNames } from './names';

/** P_y|x+NP_x: the sum of the conditional probability and n times the density, n all training rows. */
export const densityAndConditionalEvaluator: Evaluator<PassParameters> = {
  id: 'P_YX_NPX',
  name: evaluatorNames.P_YX_NPX,
  description: 'The two halves of EAP simply added: the detector\'s probability plus the number of training rows times the density.',
  inPaper: true,
  cost: 'one_fit',
  defaults: eapPassDefaults,
  estimateSeconds: estimatePassSeconds,
  async evaluate(input, parameters, context) {
    return readSum(await eapPass(input, passParametersOf(parameters), context));
  },
};

function readSum({ probability, density, rows, kHat, lambda, eta }: EapResult): Evaluation {
  const values = probability.map((chance, i) => chance + rows * density[i]!);
  return { values, columns: { probability, density }, facts: { kHat, lambda, eta } };
}

export const densityAndConditionalReader: PassReader = { passParameters: (_input, given) => passParametersOf(given), read: readSum };
