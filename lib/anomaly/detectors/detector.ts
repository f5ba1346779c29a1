import type { NumericsContext } from '../context';
import type { Matrix } from '../linalg/matrix';

/** A detector fitted on a training set. Scores are at least 0; higher = more anomalous. */
export type FittedDetector = {
  /** One score per row. */
  score(queries: Matrix, context?: NumericsContext): Promise<Float64Array>;
  /**
   * One score per training row, comparable with those of rows never seen: normals are scored by a fit that leaves them out where the detector
   * learns from them (docs/methods/detectors.md).
   */
  trainScores(context?: NumericsContext): Promise<Float64Array>;
};

/** A way to tell anomalies from normals. `P` are its parameters, all with defaults; a seed is always among them. */
export type Detector<P extends { readonly seed: number }> = {
  readonly id: string;
  /** As printed in tables and legends. */
  readonly name: string;
  /** One sentence for the person who chooses. */
  readonly description: string;
  readonly defaults: P;
  /**
   * Fits on a training set (n x d; labels 0 normal, 1 known anomaly). The result does not depend on the order of the rows. Throws NumericsError:
   * data.*, parameter.invalid, job.cancelled.
   */
  fit(train: Matrix, labels: Uint8Array, parameters: Partial<P>, context?: NumericsContext): Promise<FittedDetector>;
};
