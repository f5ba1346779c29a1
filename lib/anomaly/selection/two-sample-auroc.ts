import { rocAuc } from '../metrics/roc-auc';

/** Area under the ROC curve of the scores of anomalies (label 1) against those of normals (label 0); ties count half. */
export function twoSampleAuroc(anomalies: Float64Array, normals: Float64Array): number {
  const scores = new Float64Array(anomalies.length + normals.length);
  scores.set(anomalies);
  scores.set(normals, anomalies.length);
  return rocAuc(new Uint8Array(scores.length).fill(1, 0, anomalies.length), scores);
}
