import { AssayError } from '@/lib/errors';
import type { VectorSample } from './vectors';

type Placed = Pick<VectorSample, 'role' | 'split'>;

/** Rows of a feature set by what an evaluator uses them for. */
export type TrainingSet = {
  /** Training normals first, then known anomalies. */
  readonly train: Int32Array;
  /** 0 normal, 1 known anomaly; parallel to `train`. */
  readonly labels: Uint8Array;
  readonly auxiliary: Int32Array;
  /** Normals held out as test samples. */
  readonly heldOutNormals: Int32Array;
};

/** Rows of the normals that are not marked as test. */
export function trainingNormals(samples: readonly Placed[]): Int32Array {
  return Int32Array.from(samples.flatMap(({ role, split }, row) => (role === 'normal' && split !== 'test' ? [row] : [])));
}

/**
 * Training normals are those that are not marked as test. Known anomalies are those marked as training; where none
 * is (MVTec layout keeps all real anomalies under test), all of them.
 * @throws AssayError `data.too_few_rows`
 */
export function trainingSet(samples: readonly Placed[]): TrainingSet {
  const rowsWhere = (test: (sample: Placed) => boolean) =>
    Int32Array.from(samples.flatMap((sample, row) => (test(sample) ? [row] : [])));
  const normals = trainingNormals(samples);
  const markedAnomalies = rowsWhere(({ role, split }) => role === 'anomaly' && split !== 'test');
  const anomalies = markedAnomalies.length > 0 ? markedAnomalies : rowsWhere(({ role }) => role === 'anomaly');
  const auxiliary = rowsWhere(({ role }) => role === 'auxiliary');
  if (normals.length < 2) {
    throw new AssayError('data.too_few_rows', `There are ${normals.length} training normals; at least 2 are needed.`, {
      hint: 'Upload images of good parts, or change the role of some samples to normal.',
    });
  }
  if (auxiliary.length === 0) {
    throw new AssayError('data.too_few_rows', 'There are no auxiliary anomalies to score.', {
      hint: 'Upload synthetic defects in a folder named "auxiliary", or change the role of some samples.',
    });
  }
  const train = new Int32Array(normals.length + anomalies.length);
  train.set(normals);
  train.set(anomalies, normals.length);
  const labels = new Uint8Array(train.length).fill(1, normals.length);
  const heldOutNormals = rowsWhere(({ role, split }) => role === 'normal' && split === 'test');
  return { train, labels, auxiliary, heldOutNormals };
}
