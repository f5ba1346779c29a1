import { checkLabels } from '../eap/input';
import { crossDistances, selfDistances } from '../linalg/distances';
import { checkMatrix, selectRows, type Matrix } from '../linalg/matrix';
import { canonicalOrder } from './canonical-order';
import type { Detector } from './detector';
import { fitIsolationForest, isolationForestDefaults, isolationScores, scaleToFittingRange, toSinglePrecision } from './isolation-forest';
import { fitSsdo, scoreSsdo, ssdoDefaults, type SsdoParameters } from './ssdo';

export type SsdoDetectorParameters = SsdoParameters & { readonly seed: number; readonly trees: number; readonly treeSample: number };

/** SSDO with its isolation-forest prior (Vercruyssen et al. 2018; docs/methods/eap.md); it alone learns from known anomalies too. */
export const ssdoDetector: Detector<SsdoDetectorParameters> = {
  id: 'ssdo',
  name: 'SSDO',
  description: 'Isolation forest, corrected by the labels of the training rows nearby; the detector of the EAP paper.',
  defaults: { seed: 0, ...ssdoDefaults, trees: isolationForestDefaults.trees, treeSample: isolationForestDefaults.sampleSize },
  async fit(given, givenLabels, parameters, context = {}) {
    const { seed, trees, treeSample, neighbours, alpha } = { ...ssdoDetector.defaults, ...parameters };
    checkMatrix(given, 'The training set');
    checkLabels(givenLabels, given.rows);
    const { order } = canonicalOrder(given, Int32Array.from({ length: given.rows }, (_, i) => i));
    const train = selectRows(given, order);
    const labels = Uint8Array.from(order, (row) => givenLabels[row]!);
    const single = toSinglePrecision(train);
    const forest = fitIsolationForest(single, { trees, sampleSize: treeSample, seed });
    const fitting = isolationScores(forest, single);
    const model = await fitSsdo(selfDistances(train, context.product), labels, scaleToFittingRange(fitting, fitting), { neighbours, alpha }, context);
    return {
      async score(queries: Matrix, inner = {}) {
        checkMatrix(queries, 'The rows to be scored');
        const prior = scaleToFittingRange(isolationScores(forest, toSinglePrecision(queries)), fitting);
        return scoreSsdo(model, crossDistances(queries, train, inner.product), prior, inner);
      },
      async trainScores() {
        const scores = new Float64Array(train.rows);
        order.forEach((row, i) => {
          scores[row] = model.trainScores[i]!;
        });
        return scores;
      },
    };
  },
};
