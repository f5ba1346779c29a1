import type { EapResult } from '../eap/eap';
import { eapPass, eapPassDefaults, estimatePassSeconds, passParametersOf, type PassParameters, type PassReader } from './eap-pass';
import type { Evaluation, Evaluator } from './evaluator';
import { evaluatorNames } from './names';

/** P_y|x: the detector's conditional probability alone (EAP paper, Eq. 4). */
export const conditionalEvaluator: Evaluator<PassParameters> = {
  id: 'P_YX',
  name: evaluatorNames.P_YX,
  description: 'Probability, by the detector, that the auxiliary row is an anomaly, the second half of EAP.',
  inPaper: true,
  cost: 'one_fit',
  defaults: eapPassDefaults,
  estimateSeconds: estimatePassSeconds,
  async evaluate(input, parameters, context) {
    return readProbability(await eapPass(input, passParametersOf(parameters), context));
  },
};

function readProbability({ probability, detectorScore, lambda, eta }: EapResult): Evaluation {
  return { values: probability, columns: { detectorScore }, facts: { lambda, eta } };
}

export const conditionalReader: PassReader = { passParameters: (_input, given) => passParametersOf(given), read: readProbability };
