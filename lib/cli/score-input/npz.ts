import { readFile } from 'node:fs/promises';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { AssayError } from '@/lib/errors';
import type { NpyArray } from '@/lib/ingest/npy';
import { readNpz } from '@/lib/ingest/npz';
import type { ScoreInput } from './score-input';

/**
 * Reads X_train (n, d), y_train (n), X_aux (l, d) and, where both are there, prior_train (n) and prior_aux (l), which
 * replace the forest prior.
 * @throws AssayError that names the array and what is wrong with it
 */
export async function fromNpz(file: string): Promise<ScoreInput> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new AssayError('request.not_found', `The file ${file} cannot be read.`, { cause });
  });
  const arrays = await readNpz(bytes);
  const train = matrix(arrays, 'X_train');
  const auxiliary = matrix(arrays, 'X_aux');
  const labels = labelsOf(vector(arrays, 'y_train', train.rows));
  if (arrays.has('prior_train') !== arrays.has('prior_aux')) {
    throw new AssayError('data.shape', 'prior_train and prior_aux belong together; the file holds only one of them.');
  }
  const prior = arrays.has('prior_train')
    ? { train: vector(arrays, 'prior_train', train.rows), auxiliary: vector(arrays, 'prior_aux', auxiliary.rows) }
    : undefined;
  return { train, labels, auxiliary, prior, auxiliaryFiles: undefined, fingerprint: undefined, refused: [] };
}

function array(arrays: ReadonlyMap<string, NpyArray>, name: string): NpyArray {
  const found = arrays.get(name);
  if (found === undefined) {
    throw new AssayError('data.shape', `The file holds no array ${name}; it holds ${[...arrays.keys()].join(', ')}.`, {
      hint: 'Save it with numpy.savez(FILE, X_train=..., y_train=..., X_aux=...).',
    });
  }
  const bad = found.data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new AssayError('data.not_finite', `${name} holds a value that is not finite, at position ${bad}.`);
  return found;
}

function matrix(arrays: ReadonlyMap<string, NpyArray>, name: string): Matrix {
  const { shape, data } = array(arrays, name);
  if (shape.length !== 2) throw new AssayError('data.shape', `${name} has ${shape.length} dimensions; rows and columns are needed.`);
  return createMatrix(data, shape[0]!, shape[1]!);
}

function vector(arrays: ReadonlyMap<string, NpyArray>, name: string, rows: number): Float64Array {
  const { shape, data } = array(arrays, name);
  if (shape.length !== 1 || data.length !== rows) {
    throw new AssayError('data.shape', `${name} has the shape (${shape.join(', ')}); (${rows}) is needed.`);
  }
  return Float64Array.from(data);
}

function labelsOf(values: Float64Array): Uint8Array {
  const wrong = values.findIndex((value) => value !== 0 && value !== 1);
  if (wrong >= 0) throw new AssayError('data.shape', `y_train holds ${values[wrong]} at position ${wrong}; labels are 0 (normal) or 1 (anomaly).`);
  return Uint8Array.from(values);
}
