import { decodeColumns, encodeColumns, packUuids, type Columns } from '@/lib/api/contracts/columns';
import { scoreTable, type ScoreTable } from '../score-table';

/** One sample of a made-up run. */
export type Row = {
  readonly role?: 'normal' | 'anomaly' | 'auxiliary';
  readonly quality?: number;
  readonly probability?: number;
  readonly density?: number;
  readonly rarity?: number;
  readonly zone?: 'none' | 'realistic' | 'unrealistic' | 'indistinguishable';
  readonly defectType?: string;
  readonly qualityLabel?: 'none' | 'realistic' | 'indistinguishable' | 'unrealistic';
};

/** The id of row `row`: a valid uuid that counts up. */
export function idOf(row: number): string {
  return `019ab0c1-2d3e-7f40-8123-${row.toString(16).padStart(12, '0')}`;
}

const roles = ['normal', 'anomaly', 'auxiliary'];
const zones = ['none', 'realistic', 'unrealistic', 'indistinguishable'];
const labels = ['none', 'realistic', 'indistinguishable', 'unrealistic'];

/** Columns as the `runColumns` route sends them, through the wire format and back. */
export function columnsOf(rows: readonly Row[]): Columns {
  const defects = ['none', ...new Set(rows.flatMap((row) => row.defectType ?? []))];
  const numbers = (pick: (row: Row) => number | undefined) => ({ type: 'f64' as const, data: Float64Array.from(rows, (row) => pick(row) ?? Number.NaN) });
  const codes = (values: readonly string[], pick: (row: Row) => string) => ({ type: 'u8' as const, values, data: Uint8Array.from(rows, (row) => values.indexOf(pick(row))) });
  const encoded = encodeColumns({
    rows: rows.length,
    columns: {
      id: { type: 'uuid', data: packUuids(rows.map((_, row) => idOf(row))) },
      role: codes(roles, (row) => row.role ?? 'auxiliary'),
      quality: numbers((row) => row.quality),
      probability: numbers((row) => row.probability),
      density: numbers((row) => row.density),
      rarity: numbers((row) => row.rarity),
      zone: codes(zones, (row) => row.zone ?? 'none'),
      defectType: { type: 'u16', values: defects, data: Uint16Array.from(rows, (row) => defects.indexOf(row.defectType ?? 'none')) },
      qualityLabel: codes(labels, (row) => row.qualityLabel ?? 'none'),
    },
  });
  return decodeColumns(encoded.buffer);
}

export function tableOf(rows: readonly Row[]): ScoreTable {
  return scoreTable(columnsOf(rows));
}
