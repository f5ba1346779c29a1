import { cap, type CapParameters } from '../cap/cap';
import type { Evaluator } from './evaluator';
import { evaluatorNames } from './names';

/** CAP, the Calibrated Anomaly Posterior (docs/methods/cap.md). In no paper. */
export const capEvaluator: Evaluator<CapParameters> = {
  id: 'CAP',
  name: evaluatorNames.CAP,
  description: 'Calibrated Anomaly Posterior: high for auxiliary anomalies that few normals resemble and that lie no farther out than known anomalies do.',
  limits:
    'Use it for image embeddings, where it was clearly ahead of EAP; on tables it was level or slightly behind. Keep EAP for tables and where only one real anomaly is known. Anomalies inside the normal cloud defeat it.',
  inPaper: false,
  cost: 'distances',
  defaults: { seed: 0, subsets: 0 },
  estimateSeconds({ rows, auxiliary, columns }, { subsets = 0 }) {
    return 0.02 + rows * (rows + auxiliary) * (columns * 1e-9 + 1.2e-8 * (1 + subsets));
  },
  async evaluate(input, parameters, context) {
    const { quality, columns, spread } = await cap(input, { ...capEvaluator.defaults, ...parameters }, context);
    const { quality: qualityOnePass, ...parts } = columns;
    return {
      values: quality,
      columns: { ...parts, ...(spread === undefined ? {} : { qualityOnePass, spread: spread.standardDeviation }) },
      facts: {},
    };
  },
};
