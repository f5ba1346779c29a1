import type { EapResult } from '../eap/eap';
import { checkEapInput } from '../eap/input';
import { eapPass, eapPassDefaults, estimatePassSeconds, passParametersOf, type PassParameters, type PassReader } from './eap-pass';
import type { Evaluation, Evaluator } from './evaluator';
import { evaluatorNames } from './names';

/** P_x: the density of EAP's covering spheres alone (EAP paper, Eq. 3). */
export const densityEvaluator: Evaluator<PassParameters> = {
  id: 'P_X',
  name: evaluatorNames.P_X,
  description: 'Density of the training rows around the auxiliary anomaly, the first half of EAP; 0 outside all covering spheres.',
  inPaper: true,
  cost: 'distances',
  defaults: eapPassDefaults,
  estimateSeconds: estimatePassSeconds,
  async evaluate(input, parameters, context) {
    checkEapInput(input);
    // The density does not ask the detector: any prior gives it, and none has to be fitted.
    const prior = { train: new Float64Array(input.train.rows), auxiliary: new Float64Array(input.auxiliary.rows) };
    return readDensity(await eapPass({ ...input, prior }, passParametersOf(parameters), context));
  },
};

function readDensity({ density, rarity, kHat, sumInverse }: EapResult): Evaluation {
  return { values: density, columns: { rarity }, facts: { kHat, sumInverse } };
}

export const densityReader: PassReader = { passParameters: (_input, given) => passParametersOf(given), read: readDensity };
