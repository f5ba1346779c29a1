import { encodeColumns, packUuids, unpackUuids, type Column, type Columns } from '@/lib/api/contracts/columns';
import { AssayError } from '@/lib/errors';
import type { VectorSample } from './vectors';

const roles = ['normal', 'anomaly', 'auxiliary'] as const;
const splits = ['train', 'test'] as const;
const qualityLabels = ['realistic', 'indistinguishable', 'unrealistic'] as const;

type OneByte = Extract<Column, { type: 'u8' }>;
type TwoBytes = Extract<Column, { type: 'u16' }>;

export function roleColumn(samples: readonly Pick<VectorSample, 'role'>[]): OneByte {
  return { type: 'u8', data: Uint8Array.from(samples, ({ role }) => roles.indexOf(role)), values: roles };
}

export function qualityLabelColumn(samples: readonly VectorSample[]): OneByte {
  return {
    type: 'u8',
    data: Uint8Array.from(samples, ({ qualityLabel }) => (qualityLabel === null ? 0 : qualityLabels.indexOf(qualityLabel) + 1)),
    values: ['', ...qualityLabels],
  };
}

export function defectTypeColumn(samples: readonly VectorSample[]): TwoBytes {
  const values = ['', ...new Set(samples.flatMap(({ defectType }) => (defectType === null ? [] : [defectType])))];
  const codes = new Map(values.map((value, code) => [value, code]));
  return { type: 'u16', data: Uint16Array.from(samples, ({ defectType }) => (defectType === null ? 0 : codes.get(defectType)!)), values };
}

/** A sample with the place of its vector in the stream of the set's vectors, counted in vectors. */
export type PlacedSample = VectorSample & { readonly at: number };

/** Samples of a feature set as columns (see `featureSetSamples` in lib/api/contracts/routes.ts). */
export function encodeSamples(samples: readonly PlacedSample[]): Uint8Array<ArrayBuffer> {
  return encodeColumns({
    rows: samples.length,
    columns: {
      id: { type: 'uuid', data: packUuids(samples.map(({ id }) => id)) },
      at: { type: 'u32', data: Uint32Array.from(samples, ({ at }) => at) },
      role: roleColumn(samples),
      split: { type: 'u8', data: Uint8Array.from(samples, ({ split }) => (split === null ? 0 : splits.indexOf(split) + 1)), values: ['', ...splits] },
      defectType: defectTypeColumn(samples),
      qualityLabel: qualityLabelColumn(samples),
    },
  });
}

/** Reads what `encodeSamples` wrote. @throws AssayError `data.shape` for other columns */
export function decodeSamples({ rows, columns }: Columns): PlacedSample[] {
  const { id, at, role, split, defectType, qualityLabel } = columns;
  if (id?.type !== 'uuid' || at?.type !== 'u32' || role?.type !== 'u8' || split?.type !== 'u8' || defectType?.type !== 'u16' || qualityLabel?.type !== 'u8') {
    throw new AssayError('data.shape', 'The samples of the feature set came in another form than expected.', { hint: 'Reload the page.' });
  }
  const ids = unpackUuids(id.data);
  return Array.from({ length: rows }, (_, row) => ({
    id: ids[row]!,
    at: at.data[row]!,
    role: roles[role.data[row]!]!,
    split: splits[split.data[row]! - 1] ?? null,
    defectType: defectType.data[row] === 0 ? null : (defectType.values?.[defectType.data[row]!] ?? null),
    qualityLabel: qualityLabels[qualityLabel.data[row]! - 1] ?? null,
  }));
}
