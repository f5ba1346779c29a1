import { useDeferredValue, useMemo } from 'react';
import type { MapPoints } from '@/lib/figures/map-figure';
import { orderRows, type Sort } from '@/lib/figures/ranking';
import type { VerdictColumns } from '@/lib/figures/verdicts';

const noRows = new Uint32Array(0);

/**
 * What the list beside the map shows. The count of a selection is painted first; the list of what is selected, which takes longer, follows it.
 * @param rows points of the selection, ascending; null while there is none
 * @param verdicts null where the order does not ask for them, so that a decision does not order everything anew
 * @returns `listed`: the points that are listed, null until the first list follows its count; `order`: the same in the order of the list
 */
export function useSelectionList(rows: Uint32Array | null, points: MapPoints, sort: Sort, verdicts: VerdictColumns | null): { listed: Uint32Array | null; order: Uint32Array } {
  const latest = useDeferredValue(useMemo(() => ({ rows, points }), [rows, points]), null);
  // Points of another map mean other samples.
  const listed = latest?.points === points ? latest.rows : null;
  const order = useMemo(() => (listed ? orderRows(listed, points, verdicts ?? { verdict: new Uint8Array(points.rows), reason: new Uint8Array(0) }, sort) : noRows), [listed, points, verdicts, sort]);
  return { listed, order };
}
