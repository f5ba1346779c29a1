import { encodeColumns, packUuids, type Column } from '@/lib/api/contracts/columns';
import { defectTypeColumn, roleColumn } from '../sample-columns';
import type { VectorSample } from '../vectors';
import type { ImageScores } from './select';

/** What a sample was in a selection of prompts. */
export const promptGroups = ['seed', 'held-out', 'synthetic', 'real anomaly', 'real normal'] as const;
export type PromptGroup = (typeof promptGroups)[number];

/** Rows by group; a row of none took no part. */
export type GroupRows = Readonly<Record<PromptGroup, ArrayLike<number>>>;

/** The columns of a selection of prompts (see `promptSelectionColumns` in lib/api/contracts/routes.ts), a row for each sample. */
export function promptColumns(samples: readonly VectorSample[], groups: GroupRows, { difference, score, native }: ImageScores): Uint8Array<ArrayBuffer> {
  const group = new Uint8Array(samples.length);
  promptGroups.forEach((name, i) => Array.from(groups[name]).forEach((row) => (group[row] = i + 1)));
  const numbers = (values: Float64Array): Column => ({ type: 'f64', data: Float64Array.from(values) });
  return encodeColumns({
    rows: samples.length,
    columns: {
      id: { type: 'uuid', data: packUuids(samples.map(({ id }) => id)) },
      role: roleColumn(samples),
      group: { type: 'u8', data: group, values: ['', ...promptGroups] },
      defectType: defectTypeColumn(samples),
      score: numbers(score),
      difference: numbers(difference),
      ...(native === null ? {} : { nativeNormal: numbers(native.normal), nativeAnomalous: numbers(native.anomalous) }),
    },
  });
}
