import { detectorSeconds } from '../detectors/cost';
import { eap, type EapResult } from '../eap/eap';
import { checkEapParameters, eapPresets, type EapParameters } from '../eap/parameters';
import { posteriorMean } from '../eap/posterior';
import type { PassReader } from './eap-pass';
import type { Evaluation, Evaluator } from './evaluator';
import { evaluatorNames } from './names';

export const eapEvaluator: Evaluator<EapParameters> = {
  id: 'EAP',
  name: evaluatorNames.EAP,
  description: 'Expected Anomaly Posterior: high for auxiliary anomalies that lie where data are dense and that the detector calls anomalous.',
  inPaper: true,
  cost: 'one_fit',
  defaults: eapPresets.paper,
  estimateSeconds(size, { subsets = 0, detector = 'ssdo' }) {
    const { rows, auxiliary, columns } = size;
    const pairs = rows * (rows + auxiliary);
    const passes = Math.max(1, subsets);
    return 0.05 + pairs * columns * 2e-10 + passes * (pairs * 8e-8 + detectorSeconds(detector, size));
  },
  async evaluate(input, parameters, context) {
    return readQuality(await eap(input, parameters, context));
  },
};

function readQuality({ quality, rarity, density, detectorScore, probability, spread, kHat, lambda, eta, alpha0 }: EapResult): Evaluation {
  return {
    values: quality,
    columns: { rarity, density, detectorScore, probability, ...(spread === undefined ? {} : { spread: spread.standardDeviation }) },
    facts: { kHat, lambda, eta, alpha0 },
  };
}

/** One pass gives the quality under every prior share and n of the posterior, since neither enters density and probability. */
export const eapReader: PassReader = {
  passParameters(input, given) {
    const chosen: EapParameters = { ...eapPresets.paper, ...given };
    if (chosen.subsets !== 0 || input.subsetMasks !== undefined) return undefined;
    checkEapParameters(chosen);
    return { ...chosen, alpha0: undefined, posteriorRows: eapPresets.paper.posteriorRows };
  },
  read(pass, given) {
    const chosen: EapParameters = { ...eapPresets.paper, ...given };
    const alpha0 = chosen.alpha0 ?? pass.alpha0;
    const rows = chosen.posteriorRows === 'all' ? pass.rows : pass.rows - pass.anomalies;
    const quality = pass.density.map((density, i) => posteriorMean(density, pass.probability[i]!, rows, alpha0, 1 - alpha0));
    return readQuality({ ...pass, quality, alpha0 });
  },
};
