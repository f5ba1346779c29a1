import { encodeColumns, packUuids, type Column } from '@/lib/api/contracts/columns';
import { selectionParts, type SelectionPart } from '@/lib/api/contracts/selections';
import { defectTypeColumn, roleColumn } from '../sample-columns';
import type { VectorSample } from '../vectors';
import type { ImageScores } from './select';

/** Rows of a feature set by what they are in a selection; a row of none took no part. */
export type PartRows = Readonly<Record<SelectionPart, readonly number[]>>;

/** The columns of a selection of prompts (see `promptSelectionColumns` in lib/api/contracts/routes.ts), a row for each sample. */
export function promptColumns(samples: readonly VectorSample[], parts: PartRows, { difference, score, native }: ImageScores): Uint8Array<ArrayBuffer> {
  const part = new Uint8Array(samples.length);
  selectionParts.forEach((name, i) => parts[name].forEach((row) => (part[row] = i + 1)));
  const numbers = (values: Float64Array): Column => ({ type: 'f64', data: Float64Array.from(values) });
  return encodeColumns({
    rows: samples.length,
    columns: {
      id: { type: 'uuid', data: packUuids(samples.map(({ id }) => id)) },
      role: roleColumn(samples),
      part: { type: 'u8', data: part, values: ['', ...selectionParts] },
      defectType: defectTypeColumn(samples),
      score: numbers(score),
      difference: numbers(difference),
      ...(native === null ? {} : { nativeNormal: numbers(native.normal), nativeAnomalous: numbers(native.anomalous) }),
    },
  });
}
