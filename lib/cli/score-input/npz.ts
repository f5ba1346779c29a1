import { readFile } from 'node:fs/promises';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { AssayError } from '@/lib/errors';
import type { NpyArray } from '@/lib/ingest/npy';
import { readNpz } from '@/lib/ingest/npz';
import type { ScoreInput } from './score-input';

type Arrays = ReadonlyMap<string, NpyArray>;

/** As many as a covering sphere needs: a centre and a neighbour. */
const FEWEST_NORMALS = 2;

/**
 * Reads X_train (n, d), y_train (n), X_aux (l, d) and, where both are there, prior_train (n) and prior_aux (l), which
 * replace the forest prior.
 * @throws AssayError that names the array and what is wrong with it
 */
export async function fromNpz(file: string): Promise<ScoreInput> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new AssayError('request.not_found', `The file ${file} cannot be read (${cause.code}).`, { cause });
  });
  const arrays = await readNpz(bytes);
  const train = matrix(arrays, 'X_train');
  const auxiliary = matrix(arrays, 'X_aux');
  if (auxiliary.cols !== train.cols) {
    throw new AssayError('data.shape', `X_aux has ${auxiliary.cols} columns, X_train ${train.cols}; they must be the same.`);
  }
  const labels = labelsOf(vector(arrays, 'y_train', train.rows));
  return { train, labels, auxiliary, prior: priorOf(arrays, train, auxiliary), auxiliaryFiles: undefined, fingerprint: undefined, refused: [] };
}

function priorOf(arrays: Arrays, train: Matrix, auxiliary: Matrix): ScoreInput['prior'] {
  if (arrays.has('prior_train') !== arrays.has('prior_aux')) {
    throw new AssayError('data.shape', 'prior_train and prior_aux belong together; the file holds only one of them.');
  }
  if (!arrays.has('prior_train')) return undefined;
  return { train: shares(arrays, 'prior_train', train.rows), auxiliary: shares(arrays, 'prior_aux', auxiliary.rows) };
}

function array(arrays: Arrays, name: string): NpyArray {
  const found = arrays.get(name);
  if (found !== undefined) return found;
  throw new AssayError('data.shape', `The file holds no array ${name}; it holds ${[...arrays.keys()].join(', ')}.`, {
    hint: 'Save it with numpy.savez(FILE, X_train=..., y_train=..., X_aux=...).',
  });
}

function matrix(arrays: Arrays, name: string): Matrix {
  const { shape, data } = array(arrays, name);
  const [rows, cols] = shape;
  if (shape.length !== 2 || rows === undefined || cols === undefined) {
    throw new AssayError('data.shape', `${name} has the shape (${shape.join(', ')}); rows and columns are needed.`);
  }
  if (cols === 0) throw new AssayError('data.shape', `${name} has no columns.`);
  if (rows === 0) throw new AssayError('data.too_few_rows', `${name} holds no rows.`);
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new AssayError('data.not_finite', `${name} holds a value that is not finite, in row ${Math.floor(bad / cols)}, column ${bad % cols} (counted from 0).`);
  }
  return createMatrix(data, rows, cols);
}

function vector(arrays: Arrays, name: string, rows: number): Float64Array {
  const { shape, data } = array(arrays, name);
  if (shape.length !== 1 || data.length !== rows) {
    throw new AssayError('data.shape', `${name} has the shape (${shape.join(', ')}); (${rows}) is needed.`);
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new AssayError('data.not_finite', `${name} holds a value that is not finite, at position ${bad}.`);
  return Float64Array.from(data);
}

function shares(arrays: Arrays, name: string, rows: number): Float64Array {
  const values = vector(arrays, name, rows);
  const wrong = values.findIndex((value) => value < 0 || value > 1);
  if (wrong >= 0) throw new AssayError('data.not_finite', `${name} holds ${values[wrong]} at position ${wrong}; priors lie in 0..1.`);
  return values;
}

function labelsOf(values: Float64Array): Uint8Array {
  const wrong = values.findIndex((value) => value !== 0 && value !== 1);
  if (wrong >= 0) throw new AssayError('data.shape', `y_train holds ${values[wrong]} at position ${wrong}; labels are 0 (normal) or 1 (anomaly).`);
  const labels = Uint8Array.from(values);
  const normals = labels.filter((label) => label === 0).length;
  if (normals >= FEWEST_NORMALS) return labels;
  if (normals === 0) throw new AssayError('data.one_class', 'y_train holds no normal (label 0).');
  throw new AssayError('data.too_few_rows', `y_train holds ${normals} normal; at least ${FEWEST_NORMALS} are needed.`);
}
