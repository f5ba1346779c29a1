import { NumericsError } from '../errors';
import { checkMatrix, type Matrix } from '../linalg/matrix';

/** A data set by name: points (n x d) and a label for each, 0 normal or 1 anomaly. */
export type LabelledSet = { readonly name: string; readonly points: Matrix; readonly labels: Uint8Array };

/** Throws `data.shape` or `data.not_finite` unless points are finite with one label of 0 or 1 each. */
export function checkLabelledSet({ name, points, labels }: LabelledSet): void {
  checkMatrix(points, `The set ${name}`);
  if (points.cols < 1) throw new NumericsError('data.shape', `The set ${name} has no columns.`);
  if (labels.length !== points.rows) throw new NumericsError('data.shape', `The set ${name} has ${labels.length} labels for ${points.rows} rows.`);
  if (labels.some((label) => label > 1)) throw new NumericsError('data.shape', `The set ${name} has labels other than 0 (normal) and 1 (anomaly).`);
}

/** Row numbers of one label, ascending. */
export function rowsOf({ labels }: LabelledSet, label: 0 | 1): Int32Array {
  return Int32Array.from({ length: labels.length }, (_, i) => i).filter((i) => labels[i] === label);
}
