import { readFile } from 'node:fs/promises';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { AssayError } from '@/lib/errors';
import type { NpyArray } from '@/lib/ingest/npy';
import { readNpz } from '@/lib/ingest/npz';

/** Arrays of an .npz file by name; every reader names the array and what is wrong with it. */
export type NpzFile = { readonly arrays: ReadonlyMap<string, NpyArray>; readonly hint: string };

/** @param hint how to save such a file, for messages. @throws AssayError `request.not_found`, `archive.invalid` */
export async function openNpz(file: string, hint: string): Promise<NpzFile> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new AssayError('request.not_found', `The file ${file} cannot be read (${cause.code}).`, { cause });
  });
  return { arrays: await readNpz(bytes), hint };
}

function arrayOf({ arrays, hint }: NpzFile, name: string): NpyArray {
  const found = arrays.get(name);
  if (found !== undefined) return found;
  throw new AssayError('data.shape', `The file holds no array ${name}; it holds ${[...arrays.keys()].join(', ')}.`, { hint });
}

/** Two dimensions, at least one row and column, all finite. */
export function matrixOf(file: NpzFile, name: string): Matrix {
  const { shape, data } = arrayOf(file, name);
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

/** One dimension of a given length, all finite. */
export function vectorOf(file: NpzFile, name: string, rows: number): Float64Array {
  const { shape, data } = arrayOf(file, name);
  if (shape.length !== 1 || data.length !== rows) {
    throw new AssayError('data.shape', `${name} has the shape (${shape.join(', ')}); (${rows}) is needed.`);
  }
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new AssayError('data.not_finite', `${name} holds a value that is not finite, at position ${bad}.`);
  return Float64Array.from(data);
}

/** Labels of 0 (normal) and 1 (anomaly). */
export function labelsOf(file: NpzFile, name: string, rows: number): Uint8Array {
  const values = vectorOf(file, name, rows);
  const wrong = values.findIndex((value) => value !== 0 && value !== 1);
  if (wrong >= 0) throw new AssayError('data.shape', `${name} holds ${values[wrong]} at position ${wrong}; labels are 0 (normal) or 1 (anomaly).`);
  return Uint8Array.from(values);
}
