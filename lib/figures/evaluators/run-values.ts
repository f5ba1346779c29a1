import type { Columns } from '@/lib/api/contracts/columns';
import { numbers, qualityLabelNames, recode, roleNames, zoneNames } from '../score-table';

/** The scored auxiliary samples of one run, without what only a ranking needs: a page holds many runs. Row i of every array is one sample. */
export type RunValues = {
  readonly rows: number;
  /** 16 bytes a sample. */
  readonly ids: Uint8Array;
  readonly quality: Float64Array;
  /** Index in zoneNames. */
  readonly zone: Uint8Array;
  /** Index in qualityLabelNames. */
  readonly label: Uint8Array;
};

/** Takes the scored samples out of the columns of `runColumns`. Throws RangeError without an id column. */
export function runValues({ rows, columns }: Columns): RunValues {
  const ids = columns['id'];
  if (ids?.type !== 'uuid') throw new RangeError('The score columns carry no sample ids.');
  const quality = numbers(columns['quality'], rows);
  const role = recode(columns['role'], roleNames, rows);
  const auxiliary = roleNames.indexOf('auxiliary');
  const kept = Uint32Array.from({ length: rows }, (_, row) => row).filter((row) => role[row] === auxiliary && Number.isFinite(quality[row]!));
  return takeRows({ rows, ids: ids.data, quality, zone: recode(columns['zone'], zoneNames, rows), label: recode(columns['qualityLabel'], qualityLabelNames, rows) }, kept);
}

/** The given rows, in the given order. */
export function takeRows({ ids, quality, zone, label }: RunValues, kept: Uint32Array): RunValues {
  const own = new Uint8Array(16 * kept.length);
  kept.forEach((row, i) => own.set(ids.subarray(16 * row, 16 * row + 16), 16 * i));
  return { rows: kept.length, ids: own, quality: Float64Array.from(kept, (row) => quality[row]!), zone: Uint8Array.from(kept, (row) => zone[row]!), label: Uint8Array.from(kept, (row) => label[row]!) };
}
