import type { QualityLabel, SampleRole, Split } from '@/lib/api/contracts/common';
import { AssayError } from '@/lib/errors';
import { readNpy, type NpyArray } from '../npy';
import { readNpz } from '../npz';
import { labelOf, qualityOf } from './cells';
import { badTable, checkBothClasses, checkExtent, checkFinite, MAX_TABLE_VALUES, type FeatureTable, type TableFields } from './feature-table';

type Arrays = ReadonlyMap<string, NpyArray>;
type Part = { readonly name: string; readonly array: NpyArray; readonly labels: string | null; readonly role: SampleRole | null; readonly split: Split | null; readonly quality: string | null };

/** A single array of vectors; it says nothing of roles. @throws AssayError `metadata.invalid`, `data.shape`, `data.not_finite` */
export function readNpyTable(file: string, bytes: Uint8Array): FeatureTable {
  const array = readNpy(bytes, file);
  const { rows, columns } = extentOf(file, 'the array', array);
  checkExtent(file, rows, columns.length);
  const values = Float64Array.from(array.data);
  checkFinite(file, values, columns);
  return { columns, rows, values, fields: {} };
}

/**
 * Feature vectors of a .npz file: X with y where there are labels (1 = anomaly), or X_train with y_train, and then
 * X_test with y_test and X_aux (auxiliary; q_aux or q: 1 realistic, 0 unrealistic, 2 indistinguishable) where they are there.
 * @throws AssayError `archive.invalid`, `data.shape`, `data.not_finite`, `data.too_few_rows`, `data.one_class`, `table.invalid`
 */
export async function readNpzTable(file: string, bytes: Uint8Array): Promise<FeatureTable> {
  const arrays = await readNpz(bytes, { maxBytes: MAX_TABLE_VALUES * 8 + 2 ** 26 });
  const parts = partsOf(file, arrays);
  const extents = parts.map(({ name, array }) => extentOf(file, name, array));
  const columns = extents[0]?.columns ?? [];
  const odd = extents.findIndex((extent) => extent.columns.length !== columns.length);
  if (odd >= 0) throw new AssayError('data.shape', `${file}: ${parts[odd]?.name} has ${extents[odd]?.columns.length} columns, ${parts[0]?.name} ${columns.length}; they must be the same.`);
  const rows = extents.reduce((sum, extent) => sum + extent.rows, 0);
  checkExtent(file, rows, columns.length);
  const values = new Float64Array(rows * columns.length);
  let at = 0;
  for (const { array } of parts) {
    values.set(array.data, at);
    at += array.data.length;
  }
  checkFinite(file, values, columns);
  return { columns, rows, values, fields: fieldsOf(file, parts, extents.map((extent) => extent.rows), arrays) };
}

function partsOf(file: string, arrays: Arrays): Part[] {
  const part = (name: string, more: Partial<Part>): Part[] => {
    const array = arrays.get(name);
    return array === undefined ? [] : [{ name, array, labels: null, role: null, split: null, quality: null, ...more }];
  };
  const held = (...names: string[]) => names.find((name) => arrays.has(name)) ?? null;
  if (arrays.has('X_train')) {
    if (!arrays.has('y_train')) throw badTable(`${file} holds X_train but no y_train.`, 'y_train says which rows are anomalies (1) and which are normal (0).');
    if (arrays.has('X_test') && !arrays.has('y_test')) throw badTable(`${file} holds X_test but no y_test.`);
    return [
      ...part('X_train', { labels: 'y_train', split: 'train' }),
      ...part('X_test', { labels: 'y_test', split: 'test' }),
      ...part('X_aux', { role: 'auxiliary', quality: held('q_aux', 'q') }),
    ];
  }
  const vectors = held('X', 'x', ...(arrays.size === 1 ? [...arrays.keys()] : []));
  if (vectors === null) throw badTable(`${file} holds no array X or X_train; it holds ${[...arrays.keys()].join(', ')}.`, 'Save it with numpy.savez(FILE, X=..., y=...).');
  return part(vectors, { labels: held('y') });
}

function extentOf(file: string, name: string, { shape }: NpyArray): { rows: number; columns: string[] } {
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows === undefined || columns === undefined) throw new AssayError('data.shape', `${file}: ${name} has the shape (${shape.join(', ')}); rows and columns are needed.`);
  return { rows, columns: Array.from({ length: Math.min(columns, 1_000_000) }, (_, i) => `x${i + 1}`) };
}

function fieldsOf(file: string, parts: readonly Part[], rows: readonly number[], arrays: Arrays): TableFields {
  const role = parts.map((part, i) => rolesOf(file, part, rows[i] ?? 0, arrays));
  if (role.some((roles) => roles === null)) return {};
  const split = parts.flatMap((part, i) => new Array<Split | null>(rows[i] ?? 0).fill(part.split));
  const quality = parts.flatMap((part, i) => qualitiesOf(file, part, rows[i] ?? 0, arrays));
  return {
    role: role.flatMap((roles) => roles ?? []),
    ...(split.some((value) => value !== null) ? { split } : {}),
    ...(quality.some((value) => value !== null) ? { qualityLabel: quality } : {}),
  };
}

function rolesOf(file: string, { labels, role }: Part, rows: number, arrays: Arrays): SampleRole[] | null {
  if (role !== null) return new Array<SampleRole>(rows).fill(role);
  if (labels === null) return null;
  const roles = numbersOf(file, labels, rows, arrays).map((label, i) => labelOf(label, { file, row: i + 1, column: labels }));
  // Test rows of one class are as good as any; training rows of one class are a mistake.
  if (labels !== 'y_test') checkBothClasses(file, labels, roles);
  return roles;
}

function qualitiesOf(file: string, { quality }: Part, rows: number, arrays: Arrays): (QualityLabel | null)[] {
  if (quality === null) return new Array<null>(rows).fill(null);
  return numbersOf(file, quality, rows, arrays).map((label, i) => qualityOf(label, { file, row: i + 1, column: quality }));
}

/** Labels of shape (rows) or (rows, 1). */
function numbersOf(file: string, name: string, rows: number, arrays: Arrays): number[] {
  const array = arrays.get(name);
  if (array === undefined || array.data.length !== rows) throw new AssayError('data.shape', `${file}: ${name} has the shape (${array?.shape.join(', ')}); (${rows}) is needed.`);
  return [...array.data];
}
