import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { AssayError } from '@/lib/errors';
import { labelsOf, matrixOf, openNpz, vectorOf, type NpzFile } from './npz-file';
import type { ScoreInput } from './score-input';

/** As many as a covering sphere needs: a centre and a neighbour. */
const FEWEST_NORMALS = 2;

/**
 * Reads X_train (n, d), y_train (n), X_aux (l, d) and, where both are there, prior_train (n) and prior_aux (l), which
 * replace the forest prior.
 * @throws AssayError that names the array and what is wrong with it
 */
export async function fromNpz(file: string): Promise<ScoreInput> {
  const arrays = await openNpz(file, 'Save it with numpy.savez(FILE, X_train=..., y_train=..., X_aux=...).');
  const train = matrixOf(arrays, 'X_train');
  const auxiliary = matrixOf(arrays, 'X_aux');
  if (auxiliary.cols !== train.cols) {
    throw new AssayError('data.shape', `X_aux has ${auxiliary.cols} columns, X_train ${train.cols}; they must be the same.`);
  }
  const labels = checkedLabels(labelsOf(arrays, 'y_train', train.rows));
  return { train, labels, auxiliary, prior: priorOf(arrays, train, auxiliary), auxiliaryFiles: undefined, fingerprint: undefined, refused: [] };
}

function priorOf(file: NpzFile, train: Matrix, auxiliary: Matrix): ScoreInput['prior'] {
  const { arrays } = file;
  if (arrays.has('prior_train') !== arrays.has('prior_aux')) {
    throw new AssayError('data.shape', 'prior_train and prior_aux belong together; the file holds only one of them.');
  }
  if (!arrays.has('prior_train')) return undefined;
  return { train: shares(file, 'prior_train', train.rows), auxiliary: shares(file, 'prior_aux', auxiliary.rows) };
}

function shares(file: NpzFile, name: string, rows: number): Float64Array {
  const values = vectorOf(file, name, rows);
  const wrong = values.findIndex((value) => value < 0 || value > 1);
  if (wrong >= 0) throw new AssayError('data.not_finite', `${name} holds ${values[wrong]} at position ${wrong}; priors lie in 0..1.`);
  return values;
}

function checkedLabels(labels: Uint8Array): Uint8Array {
  const normals = labels.filter((label) => label === 0).length;
  if (normals >= FEWEST_NORMALS) return labels;
  if (normals === 0) throw new AssayError('data.one_class', 'y_train holds no normal (label 0).');
  throw new AssayError('data.too_few_rows', `y_train holds ${normals} normal; at least ${FEWEST_NORMALS} are needed.`);
}
