import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { selectRows, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { AssayError } from '@/lib/errors';
import { CSV_HEAD_BYTES, readCsvTable } from '@/lib/ingest/tables/csv-table';
import type { FeatureTable } from '@/lib/ingest/tables/feature-table';
import { labelsOf, matrixOf, openNpz, type NpzFile } from '../score-input/npz-file';
import type { SelectionData } from './selection-data';

const npzHint = 'Save it with numpy.savez(FILE, X_support=..., X_synthetic=..., X_real=..., y_real=...).';

/**
 * Vectors of one extractor: an .npz with X_support, X_synthetic and, where there are labels, X_real with y_real (1 = anomaly); or a CSV whose
 * columns role (normal, auxiliary, anomaly), split and defect_type say what a row is: normals are the support set unless their split is test.
 */
export async function selectionVectors(file: string): Promise<SelectionData> {
  const { name, ext } = path.parse(file);
  return ext.toLowerCase() === '.csv' ? fromTable(name, file, await csvTable(file)) : fromNpz(name, await openNpz(file, npzHint));
}

function fromNpz(name: string, file: NpzFile): SelectionData {
  return { name, parameters: null, support: matrixOf(file, 'X_support'), synthetic: matrixOf(file, 'X_synthetic'), real: realOf(file) };
}

/** Real samples of an .npz, where there are any: X_real with y_real. */
export function realOf(file: NpzFile): SelectionData['real'] {
  if (!file.arrays.has('X_real')) return null;
  const points = matrixOf(file, 'X_real');
  const labels = labelsOf(file, 'y_real', points.rows);
  const of = (label: number) => selectRows(points, [...labels.keys()].filter((row) => labels[row] === label));
  return { anomalies: of(1), normals: of(0), defectTypes: null };
}

/** A CSV of feature vectors. */
export async function csvTable(file: string): Promise<FeatureTable> {
  const handle = await open(file).catch((cause: NodeJS.ErrnoException) => {
    throw new AssayError('request.not_found', `The file ${file} cannot be read (${cause.code}).`, { cause });
  });
  const head = Buffer.alloc(CSV_HEAD_BYTES);
  const { bytesRead } = await handle.read(head, 0, head.length, 0);
  await handle.close();
  return readCsvTable(path.basename(file), head.subarray(0, bytesRead), createReadStream(file));
}

function fromTable(name: string, file: string, table: FeatureTable): SelectionData {
  const { role, split, defectType } = table.fields;
  if (role === undefined) throw new AssayError('table.invalid', `${file} has no column "role".`, { hint: 'It says which rows are normal, auxiliary (synthetic) or anomaly.' });
  const every = [...role.keys()];
  const support = every.filter((row) => role[row] === 'normal' && split?.[row] !== 'test');
  const anomalies = every.filter((row) => role[row] === 'anomaly');
  const normals = every.filter((row) => role[row] === 'normal' && split?.[row] === 'test');
  const points: Matrix = { data: table.values, rows: table.rows, cols: table.columns.length };
  const synthetic = every.filter((row) => role[row] === 'auxiliary');
  if (support.length === 0 || synthetic.length === 0) throw new AssayError('data.too_few_rows', `${file} has ${support.length} normals and ${synthetic.length} auxiliary rows; both are needed.`);
  const labelled = anomalies.length > 0 && normals.length > 0;
  return {
    name,
    parameters: null,
    support: selectRows(points, support),
    synthetic: selectRows(points, synthetic),
    real: labelled ? { anomalies: selectRows(points, anomalies), normals: selectRows(points, normals), defectTypes: defectType === undefined ? null : anomalies.map((row) => defectType[row] ?? null) } : null,
  };
}
