import { checkLabels } from '../eap/input';
import { NumericsError } from '../errors';
import { checkMatrix, type Matrix } from '../linalg/matrix';

/** Rows (n x d) with labels, 0 normal and 1 anomaly: what subsets of normals are judged by. */
export type LabelledRows = { readonly points: Matrix; readonly labels: Uint8Array };

/** Throws `data.*` unless both classes are there and the columns agree. */
export function checkLabelledRows({ points, labels }: LabelledRows, cols: number, name: string): void {
  checkMatrix(points, name);
  checkLabels(labels, points.rows);
  if (points.cols !== cols) throw new NumericsError('data.shape', `${name} has ${points.cols} columns, the normals ${cols}.`);
  const anomalies = labels.reduce((sum, label) => sum + label, 0);
  if (anomalies === 0 || anomalies === labels.length) {
    throw new NumericsError('data.one_class', `${name} needs normals and anomalies; it has ${labels.length - anomalies} and ${anomalies}.`);
  }
}
