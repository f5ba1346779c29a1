import { zones } from '@/lib/anomaly/eap/explanation';
import type { ScoreRow } from '@/lib/api/contracts/browser-runs';
import { encodeColumns, packUuids, type Column } from '@/lib/api/contracts/columns';
import { defectTypeColumn, qualityLabelColumn, roleColumn } from './sample-columns';
import type { VectorSample } from './vectors';

/**
 * The columns of a run (see `runColumns` in lib/api/contracts/routes.ts): auxiliary samples first, then all others, whose scores are NaN.
 * @param samples of the feature set
 * @param scores one for each auxiliary sample, in their order
 */
export function runColumns(samples: readonly VectorSample[], scores: readonly ScoreRow[]): Uint8Array<ArrayBuffer> {
  const ordered = [...samples.filter(({ role }) => role === 'auxiliary'), ...samples.filter(({ role }) => role !== 'auxiliary')];
  const rows = ordered.length;
  const numbers = (value: (score: ScoreRow) => number | null | undefined): Column => {
    const data = new Float64Array(rows).fill(Number.NaN);
    scores.forEach((score, row) => (data[row] = value(score) ?? Number.NaN));
    return { type: 'f64', data };
  };
  const zone = new Uint8Array(rows);
  scores.forEach((score, row) => (zone[row] = score.zone === null ? 0 : zones.indexOf(score.zone) + 1));
  const spread = scores.some((score) => score.spread !== null);
  const columns: Record<string, Column> = {
    id: { type: 'uuid', data: packUuids(ordered.map(({ id }) => id)) },
    role: roleColumn(ordered),
    quality: numbers(({ quality }) => quality),
    probability: numbers(({ probability }) => probability),
    density: numbers(({ density }) => density),
    rarity: numbers(({ rarity }) => rarity),
    zone: { type: 'u8', data: zone, values: ['', ...zones] },
    defectType: defectTypeColumn(ordered),
    qualityLabel: qualityLabelColumn(ordered),
    ...(spread ? { p05: numbers((score) => score.spread?.p05), p50: numbers((score) => score.spread?.p50), p95: numbers((score) => score.spread?.p95) } : {}),
  };
  return encodeColumns({ rows, columns });
}
