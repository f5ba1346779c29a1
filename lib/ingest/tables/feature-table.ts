import type { QualityLabel, SampleRole, Split } from '@/lib/api/contracts/common';
import { AssayError } from '@/lib/errors';

/** Largest table: rows, features, and values in all (float64: 512 MiB). */
export const MAX_TABLE_ROWS = 500_000;
export const MAX_TABLE_COLUMNS = 4_096;
export const MAX_TABLE_VALUES = 2 ** 26;

/** What a file says of its rows beside the features; absent where it says nothing, null where a row says nothing. */
export type TableFields = {
  readonly role?: readonly SampleRole[];
  readonly split?: readonly (Split | null)[];
  readonly qualityLabel?: readonly (QualityLabel | null)[];
  readonly defectType?: readonly (string | null)[];
  readonly generator?: readonly (string | null)[];
  readonly name?: readonly (string | null)[];
};

/** Feature vectors of one file: `values` is rows x columns, row-major, all finite. */
export type FeatureTable = {
  readonly columns: readonly string[];
  readonly rows: number;
  readonly values: Float64Array;
  readonly fields: TableFields;
};

/** A cell or file that cannot be used. */
export function badTable(message: string, hint?: string): AssayError {
  return new AssayError('table.invalid', message, { hint });
}

/** @throws AssayError `data.too_large`, `data.too_few_rows`, `table.invalid` (no feature) */
export function checkExtent(file: string, rows: number, columns: number): void {
  if (columns === 0) throw badTable(`${file} has no column of numbers; a vector needs at least one feature.`);
  if (columns > MAX_TABLE_COLUMNS) throw tooLarge(file, `${columns} features; at most ${MAX_TABLE_COLUMNS} are taken`);
  if (rows > MAX_TABLE_ROWS) throw tooLarge(file, `more than ${MAX_TABLE_ROWS} rows`);
  if (rows * columns > MAX_TABLE_VALUES) throw tooLarge(file, `more than ${MAX_TABLE_VALUES} values (rows times features)`);
  if (rows === 0) throw new AssayError('data.too_few_rows', `${file} has no rows.`);
}

function tooLarge(file: string, what: string): AssayError {
  return new AssayError('data.too_large', `${file} has ${what}.`, { hint: 'Split it into several files and projects, or leave out rows or features.' });
}

/** The error for a value that is no finite number. Rows count from 1, the header apart. */
export function notFinite(file: string, row: number, column: string, value: unknown): AssayError {
  const what = value === null || value === undefined || value === '' ? 'is empty' : `is ${String(value)}`;
  return new AssayError('data.not_finite', `${file}: the value in row ${row}, column "${column}" ${what}; every feature needs a finite number.`, {
    hint: 'Fill in or remove the row, then import the file again.',
  });
}

/** @throws AssayError `data.not_finite` naming the first value that is not finite */
export function checkFinite(file: string, values: Float64Array, columns: readonly string[]): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw notFinite(file, Math.floor(bad / columns.length) + 1, columns[bad % columns.length] ?? '', values[bad]);
}

/**
 * Labels of 0 and 1 that are all the same tell nothing apart.
 * @throws AssayError `data.one_class`
 */
export function checkBothClasses(file: string, column: string, roles: readonly SampleRole[]): void {
  const first = roles[0];
  if (first === undefined || roles.some((role) => role !== first)) return;
  throw new AssayError('data.one_class', `${file}: "${column}" says ${first} in all ${roles.length} rows; labels need both classes.`, {
    hint: 'Leave the labels out and choose one role for the whole file, or name the roles in a column "role".',
  });
}
