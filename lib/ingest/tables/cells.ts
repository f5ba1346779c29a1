import { qualityLabelSchema, sampleRoleSchema, splitSchema, type QualityLabel, type SampleRole, type Split } from '@/lib/api/contracts/common';
import { badTable, notFinite } from './feature-table';

/** Where a cell stands; rows count from 1, the header apart. */
export type Place = { readonly file: string; readonly row: number; readonly column: string };

const LABELS: Readonly<Record<string, SampleRole>> = {
  0: 'normal', false: 'normal', normal: 'normal', inlier: 'normal', good: 'normal',
  1: 'anomaly', true: 'anomaly', anomaly: 'anomaly', outlier: 'anomaly',
};
const ROLES: Readonly<Record<string, SampleRole>> = { synthetic: 'auxiliary', aux: 'auxiliary', good: 'normal', anomalous: 'anomaly', defect: 'anomaly' };
const MISSING = /^(nan|na|n\/a|null|none|[+-]?inf(inity)?)?$/i;
const LONGEST_TEXT = 200;

/**
 * A feature value. Where the cells are separated by semicolons, a decimal comma is read too.
 * @throws AssayError `data.not_finite` (empty, NaN, infinite, too large), `table.invalid` (no number)
 */
export function numberOf(cell: unknown, place: Place, decimalComma = false): number {
  const value = toNumber(cell, decimalComma);
  if (Number.isFinite(value)) return value;
  const text = typeof cell === 'string' ? cell.trim() : cell;
  // A text that is a number all the same is one beyond the largest.
  if (typeof text !== 'string' || MISSING.test(text) || !Number.isNaN(value)) throw notFinite(place.file, place.row, place.column, text);
  throw badTable(`${place.file}: "${text.slice(0, 40)}" in row ${place.row}, column "${place.column}" is not a number.`, 'Every column but role, split, label, quality_label, defect_type, generator and id must hold numbers.');
}

function toNumber(cell: unknown, decimalComma: boolean): number {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  if (typeof cell === 'bigint') return Number.isSafeInteger(Number(cell)) ? Number(cell) : Number.NaN;
  if (typeof cell !== 'string') return Number.NaN;
  const text = cell.trim();
  if (text === '' || /^[+-]?0[xbo]/i.test(text)) return Number.NaN;
  return Number(decimalComma && /^[+-]?\d*,\d+(e[+-]?\d+)?$/i.test(text) ? text.replace(',', '.') : text);
}

/** normal (0) or anomaly (1). @throws AssayError `table.invalid` */
export function labelOf(cell: unknown, place: Place): SampleRole {
  const text = textOf(cell)?.toLowerCase() ?? '';
  const role = LABELS[text] ?? LABELS[String(Number(text === '' ? Number.NaN : text))];
  if (role === undefined) throw unknown(place, cell, '0 (normal) or 1 (anomaly)');
  return role;
}

/** @throws AssayError `table.invalid` */
export function roleOf(cell: unknown, place: Place): SampleRole {
  const text = textOf(cell)?.toLowerCase() ?? '';
  const role = sampleRoleSchema.safeParse(ROLES[text] ?? text);
  if (!role.success) throw unknown(place, cell, 'normal, anomaly or auxiliary');
  return role.data;
}

/** Null where the cell is empty. @throws AssayError `table.invalid` */
export function splitOf(cell: unknown, place: Place): Split | null {
  const text = textOf(cell);
  if (text === null) return null;
  const split = splitSchema.safeParse(text.toLowerCase());
  if (!split.success) throw unknown(place, cell, 'train or test');
  return split.data;
}

/** 1 realistic, 0 unrealistic, 2 indistinguishable, or the word; null where the cell is empty. @throws AssayError `table.invalid` */
export function qualityOf(cell: unknown, place: Place): QualityLabel | null {
  const text = textOf(cell);
  if (text === null) return null;
  const word = { 0: 'unrealistic', 1: 'realistic', 2: 'indistinguishable' }[Number(text)] ?? text.toLowerCase();
  const label = qualityLabelSchema.safeParse(word);
  if (!label.success) throw unknown(place, cell, 'realistic, indistinguishable or unrealistic (1, 2 or 0)');
  return label.data;
}

/** A text as it is shown; null where the cell is empty. */
export function textOf(cell: unknown): string | null {
  if (cell === null || cell === undefined) return null;
  const text = (cell instanceof Date ? cell.toISOString() : String(cell)).trim();
  return text === '' ? null : text.slice(0, LONGEST_TEXT);
}

function unknown({ file, row, column }: Place, cell: unknown, wanted: string) {
  const text = textOf(cell);
  return badTable(`${file}: row ${row}, column "${column}" ${text === null ? 'is empty' : `holds "${text.slice(0, 40)}"`}; ${wanted} is wanted.`);
}
