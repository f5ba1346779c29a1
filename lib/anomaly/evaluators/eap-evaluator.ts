import { eap } from '../eap/eap';
import { eapPresets, type EapParameters } from '../eap/parameters';
import type { Evaluator } from './evaluator';

export const eapEvaluator: Evaluator<EapParameters> = {
  id: 'EAP',
  name: 'EAP',
  description: 'Expected Anomaly Posterior: high for auxiliary anomalies that lie where data are dense and that the detector calls anomalous.',
  inPaper: true,
  cost: 'one_fit',
  defaults: eapPresets.paper,
  estimateSeconds({ rows, auxiliary, columns }, { subsets = 0 }) {
    const pairs = rows * (rows + auxiliary);
    return 0.05 + pairs * columns * 2e-10 + pairs * 8e-8 * Math.max(1, subsets);
  },
  async evaluate(input, parameters, context) {
    const { quality, rarity, density, detectorScore, probability, spread, kHat, lambda, eta, alpha0 } = await eap(input, parameters, context);
    return {
      values: quality,
      columns: { rarity, density, detectorScore, probability, ...(spread === undefined ? {} : { spread: spread.standardDeviation }) },
      facts: { kHat, lambda, eta, alpha0 },
    };
  },
};
