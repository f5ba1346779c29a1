import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { createMatrix } from '@/lib/anomaly/linalg/matrix';
import { checkLabelledSet, type LabelledSet } from '@/lib/anomaly/protocol/labelled-set';
import type { SetKind } from '@/lib/anomaly/protocol/result';
import { AssayError, toAssayError } from '@/lib/errors';
import { readNpz } from '@/lib/ingest/npz';

/** A set on disk, by its short name. */
export type SetFile = { readonly name: string; readonly file: string };

/** What is known of a set without its values. */
export type SetFacts = SetFile & { readonly kind: SetKind; readonly rows: number; readonly anomalies: number; readonly columns: number };

/** From as many columns on, vectors are taken for features of images. */
const IMAGE_COLUMNS = 256;

/** All .npz files below a folder, in order of their paths. */
export async function findSetFiles(folder: string): Promise<SetFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new AssayError('request.not_found', `The folder ${folder} cannot be read (${cause.code}).`, { cause });
  });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.npz')).map((entry) => path.join(entry.parentPath, entry.name)).sort();
  const names = shortNames(files.map((file) => path.relative(folder, file).slice(0, -'.npz'.length).split(path.sep)));
  return files.map((file, i) => ({ name: names[i]!, file }));
}

/** The last part of each path, with as many parts before it as it takes to tell it from all others. */
export function shortNames(paths: readonly (readonly string[])[]): string[] {
  const ending = (parts: readonly string[], length: number) => parts.slice(-length).join('/');
  return paths.map((parts) => {
    let length = 1;
    while (length < parts.length && paths.some((other) => other !== parts && ending(other, length) === ending(parts, length))) length += 1;
    return ending(parts, length);
  });
}

/**
 * Reads X (n, d) and y (n; 0 normal, 1 anomaly); undefined for a file without them, which is no set.
 * @throws AssayError that names the file
 */
export async function readSet({ name, file }: SetFile): Promise<LabelledSet | undefined> {
  try {
    const arrays = await readNpz(await readFile(file));
    const [x, y] = [arrays.get('X'), arrays.get('y')];
    if (x === undefined || y === undefined) return undefined;
    const [rows, columns] = x.shape;
    if (x.shape.length !== 2 || rows === undefined || columns === undefined) throw new AssayError('data.shape', `X has the shape (${x.shape.join(', ')}); rows and columns are needed.`);
    const wrong = y.data.findIndex((value) => value !== 0 && value !== 1);
    if (wrong >= 0) throw new AssayError('data.shape', `y holds ${y.data[wrong]} at position ${wrong}; labels are 0 (normal) or 1 (anomaly).`);
    const set = { name, points: createMatrix(x.data, rows, columns), labels: Uint8Array.from(y.data) };
    checkLabelledSet(set);
    return set;
  } catch (error) {
    const { code, message } = toAssayError(error);
    throw new AssayError(code, `${file}: ${message}`, { cause: error });
  }
}

/** Features of images come from folders named features_..., or have at least 256 columns; all else is tabular. */
export function kindOf(file: string, columns: number): SetKind {
  const inFeatureFolder = path.dirname(file).split(path.sep).some((part) => part.startsWith('features_'));
  return inFeatureFolder || columns >= IMAGE_COLUMNS ? 'image' : 'tabular';
}

export function factsOf({ name, file }: SetFile, { points, labels }: LabelledSet): SetFacts {
  return { name, file, kind: kindOf(file, points.cols), rows: points.rows, columns: points.cols, anomalies: labels.filter((label) => label === 1).length };
}
