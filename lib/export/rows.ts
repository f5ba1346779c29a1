// Of the two builds of the package this one needs no Buffer, so that browsers write the same text as the server.
import { stringify } from 'csv-stringify/browser/esm/sync';
import type { ManifestFile } from '@/lib/api/contracts/export-manifest';

export type Cell = string | number | null;

const columns: readonly (readonly [string, (file: ManifestFile) => Cell])[] = [
  ['path', ({ path }) => path],
  ['mask', ({ mask }) => mask?.path ?? null],
  ['sha256', ({ sha256 }) => sha256],
  ['role', ({ role }) => role],
  ['split', ({ split }) => split],
  ['defect_type', ({ defectType }) => defectType],
  ['quality_label', ({ qualityLabel }) => qualityLabel],
  ['quality', ({ score }) => score?.quality ?? null],
  ['probability', ({ score }) => score?.probability ?? null],
  ['density', ({ score }) => score?.density ?? null],
  ['rarity', ({ score }) => score?.rarity ?? null],
  ['zone', ({ score }) => score?.zone ?? null],
  ['verdict', ({ decision }) => decision?.verdict ?? null],
  ['reason', ({ decision }) => decision?.reason ?? null],
  ['decided_by', ({ decision }) => decision?.userName ?? null],
  ['decided_at', ({ decision }) => decision?.decidedAt ?? null],
  ['generator', ({ generator }) => generator],
  ['prompt', ({ prompt }) => prompt],
  ['parameters', ({ parameters }) => (parameters === null || parameters === undefined ? null : JSON.stringify(parameters))],
  ['severity', ({ severity }) => severity],
  ['tags', ({ tags }) => (tags === undefined ? null : tags.join('; '))],
];

/**
 * `samples.csv`: a line per sample with a header, in pieces. It can be given to an upload as metadata. Texts that a
 * spreadsheet would run as a formula (=, +, -, @ first) get an apostrophe in front; numbers stay as they are.
 */
export function* csvText(files: Iterable<ManifestFile>): Generator<string> {
  yield stringify([columns.map(([name]) => name)]);
  for (const file of files) yield stringify([columns.map(([, cell]) => guarded(cell(file)))]);
}

/** Texts that a spreadsheet would run as a formula get an apostrophe in front. */
export function guarded(cell: Cell): Cell {
  return typeof cell === 'string' && /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell;
}
