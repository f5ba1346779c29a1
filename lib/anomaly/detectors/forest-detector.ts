import type { Matrix } from '../linalg/matrix';
import type { Detector } from './detector';
import { fitIsolationForest, isolationForestDefaults, isolationScores, toSinglePrecision } from './isolation-forest';
import { fitOneClass } from './one-class';

export type ForestDetectorParameters = {
  readonly seed: number;
  /** Number of trees. */
  readonly trees: number;
  /** Rows drawn for each tree. */
  readonly sampleSize: number;
};

/** (s - min) / (max - min) with the range of the fitting rows (divisor 1 where they are alike), at least 0. */
function scaledFrom(fitting: Float64Array): (score: number) => number {
  const min = fitting.reduce((a, b) => Math.min(a, b), Infinity);
  const max = fitting.reduce((a, b) => Math.max(a, b), -Infinity);
  const range = max > min ? max - min : 1;
  return (score) => Math.max(0, (score - min) / range);
}

/** Isolation forest of the normals (Liu, Ting and Zhou 2008); 0 is the most usual normal, 1 the least usual one. */
export const forestDetector: Detector<ForestDetectorParameters> = {
  id: 'iforest',
  name: 'Isolation forest',
  description: 'How few random cuts separate a row from the normals; needs no distances.',
  defaults: { seed: 0, ...isolationForestDefaults },
  fit(train, labels, parameters, context) {
    const { seed, trees, sampleSize } = { ...forestDetector.defaults, ...parameters };
    return fitOneClass(
      train,
      labels,
      async (normals) => {
        const single = toSinglePrecision(normals);
        const forest = fitIsolationForest(single, { trees, sampleSize, seed });
        const scaled = scaledFrom(isolationScores(forest, single));
        return { score: async (queries: Matrix) => isolationScores(forest, toSinglePrecision(queries)).map(scaled) };
      },
      context,
    );
  },
};
