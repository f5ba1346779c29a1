import { unpackUuids } from '@/lib/api/contracts/columns';
import type { Zone } from '@/lib/api/contracts/common';
import { zoneNames } from '../score-table';
import type { AlignedRuns } from './agreement';

/** One sample and where two runs rank it. */
export type Disagreement = { readonly row: number; readonly sampleId: string; /** Percentiles by the first and the second run. */ readonly a: number; readonly b: number };

/** The rows that two runs rank most differently, the largest difference of percentiles first; equal ones in the order of the samples. */
export function largestDisagreements({ runs, percentiles, rows }: AlignedRuns, wanted: (row: number) => boolean = () => true, limit = 50): Disagreement[] {
  const [a, b] = percentiles;
  if (a === undefined || b === undefined) return [];
  const kept = Uint32Array.from({ length: rows }, (_, row) => row).filter(wanted);
  const difference = (row: number) => Math.abs(a[row]! - b[row]!);
  const chosen = kept.sort((x, y) => difference(y) - difference(x) || x - y).subarray(0, limit);
  return Array.from(chosen, (row) => ({ row, sampleId: idAt(runs[0]!.ids, row), a: a[row]!, b: b[row]! }));
}

/** Ids of the rows that are wanted. */
export function idsOf({ runs, rows }: AlignedRuns, wanted: (row: number) => boolean): string[] {
  const [first] = runs;
  if (first === undefined) return [];
  return Array.from({ length: rows }, (_, row) => row).flatMap((row) => (wanted(row) ? [idAt(first.ids, row)] : []));
}

/** Id of the sample of a row. */
export function sampleOfRow({ runs }: Pick<AlignedRuns, 'runs'>, row: number): string {
  return idAt(runs[0]!.ids, row);
}

function idAt(ids: Uint8Array, row: number): string {
  return unpackUuids(ids.subarray(16 * row, 16 * row + 16))[0]!;
}

/** A change of zone between two runs. */
export type ZoneChange = { readonly from: Zone; readonly to: Zone };

/** How many samples lie in which zone by the first run (down) and by the second (across), in the order of `zones`; null where one knows no zones. */
export function zoneChanges({ runs, rows }: AlignedRuns): { readonly zones: readonly Zone[]; readonly counts: readonly (readonly number[])[] } | null {
  const [a, b] = runs;
  if (a === undefined || b === undefined) return null;
  const zones = zoneNames.filter((zone) => zone !== null);
  const counts = zones.map(() => zones.map(() => 0));
  let known = 0;
  for (let row = 0; row < rows; row++) {
    const [from, to] = [a.zone[row]! - 1, b.zone[row]! - 1];
    if (from < 0 || to < 0) continue;
    counts[from]![to]! += 1;
    known += 1;
  }
  return known === 0 ? null : { zones, counts };
}

/** Whether a row makes the change. */
export function makesChange({ runs }: AlignedRuns, { from, to }: ZoneChange): (row: number) => boolean {
  const [a, b] = runs;
  const [codeA, codeB] = [zoneNames.indexOf(from), zoneNames.indexOf(to)];
  return (row) => a?.zone[row] === codeA && b?.zone[row] === codeB;
}
