import { unpackUuids, type Column, type Columns } from '@/lib/api/contracts/columns';
import type { QualityLabel, RejectReason, SampleRole, Verdict, Zone } from '@/lib/api/contracts/common';

/** Canonical codes: a row's code is the index in these lists, whatever dictionary the wire used. */
export const roleNames = ['normal', 'anomaly', 'auxiliary'] as const satisfies readonly SampleRole[];
export const zoneNames = [null, 'realistic', 'unrealistic', 'indistinguishable'] as const satisfies readonly (Zone | null)[];
export const qualityLabelNames = [null, 'realistic', 'indistinguishable', 'unrealistic'] as const satisfies readonly (QualityLabel | null)[];
export const verdictNames = [null, 'accepted', 'rejected', 'skipped'] as const satisfies readonly (Verdict | null)[];
export const reasonNames = [null, 'unrealistic', 'indistinguishable', 'artefact', 'placement', 'duplicate', 'other'] as const satisfies readonly (RejectReason | null)[];

export type Spread = { readonly p05: Float64Array; readonly p50: Float64Array; readonly p95: Float64Array };

/** All scores of one run as columns; row i of every array is the same sample. NaN means "no value". */
export type ScoreTable = {
  readonly rows: number;
  readonly ids: readonly string[];
  readonly rowOf: ReadonlyMap<string, number>;
  /** Index in roleNames. */
  readonly role: Uint8Array;
  readonly quality: Float64Array;
  readonly probability: Float64Array;
  readonly density: Float64Array;
  readonly rarity: Float64Array;
  /** Index in zoneNames. */
  readonly zone: Uint8Array;
  /** Index in defectTypes. */
  readonly defectType: Uint16Array;
  /** Entry 0 is null: no defect type. */
  readonly defectTypes: readonly (string | null)[];
  /** Index in qualityLabelNames. */
  readonly qualityLabel: Uint8Array;
  readonly spread: Spread | null;
  /** Pseudo-random order number of each row, from its id alone: breaks ties without leaking the order of import. */
  readonly tie: Uint32Array;
};

/** Turns the columns of `runColumns` (or, for what they share, of `projectionColumns`) into a table. Throws RangeError without an id column. */
export function scoreTable({ rows, columns }: Columns): ScoreTable {
  const idColumn = columns['id'];
  if (idColumn?.type !== 'uuid') throw new RangeError('The score columns carry no sample ids.');
  const ids = unpackUuids(idColumn.data);
  const defect = defectColumn(columns['defectType'], rows);
  return {
    rows,
    ids,
    rowOf: new Map(ids.map((id, row) => [id, row])),
    role: recode(columns['role'], roleNames, rows),
    quality: numbers(columns['quality'], rows),
    probability: numbers(columns['probability'], rows),
    density: numbers(columns['density'], rows),
    rarity: numbers(columns['rarity'], rows),
    zone: recode(columns['zone'], zoneNames, rows),
    defectType: defect.codes,
    defectTypes: defect.names,
    qualityLabel: recode(columns['qualityLabel'], qualityLabelNames, rows),
    spread: spreadColumns(columns, rows),
    tie: tieNumbers(idColumn.data, rows),
  };
}

/** A column of numbers; all NaN where it is absent. */
export function numbers(column: Column | undefined, rows: number): Float64Array {
  if (column?.type === 'f64') return column.data;
  if (column?.type === 'f32') return Float64Array.from(column.data);
  return new Float64Array(rows).fill(Number.NaN);
}

function spreadColumns(columns: Columns['columns'], rows: number): Spread | null {
  if (!columns['p05'] || !columns['p95']) return null;
  return { p05: numbers(columns['p05'], rows), p50: numbers(columns['p50'], rows), p95: numbers(columns['p95'], rows) };
}

/** Translates dictionary codes to indices in `names`; words that `names` lacks become 0. */
export function recode(column: Column | undefined, names: readonly (string | null)[], rows: number): Uint8Array {
  const out = new Uint8Array(rows);
  if (!column || !('values' in column) || !column.values) return out;
  const target = column.values.map((value) => Math.max(0, names.indexOf(value)));
  for (let row = 0; row < rows; row++) out[row] = target[column.data[row]!] ?? 0;
  return out;
}

function defectColumn(column: Column | undefined, rows: number): { codes: Uint16Array; names: readonly (string | null)[] } {
  if (!column || !('values' in column) || !column.values) return { codes: new Uint16Array(rows), names: [null] };
  return { codes: Uint16Array.from(column.data), names: column.values.map((name, code) => (code === 0 ? null : name)) };
}

/** FNV-1a over the 16 bytes of an id with a final avalanche: equal for every reader, unrelated to the order of import. */
function tieNumbers(data: Uint8Array, rows: number): Uint32Array {
  const out = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    let hash = 0x811c9dc5;
    for (let i = 0; i < 16; i++) hash = Math.imul(hash ^ data[row * 16 + i]!, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
    hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
    out[row] = (hash ^ (hash >>> 16)) >>> 0;
  }
  return out;
}
