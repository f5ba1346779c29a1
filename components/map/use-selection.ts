'use client';

import { useEffect, useMemo, useState } from 'react';
import { hasBit, maskOf, maskRows, selectInside, type Outline } from '@/lib/figures/lasso';
import type { MapPoints } from '@/lib/figures/map-figure';
import { rowsOfSet, usePickedSet } from '../score/selected-set';

/** Performance mark of the moment a lasso was let go, and the measure from there to the count on the screen. */
export const releaseMark = 'map-release';
export const selectionMeasure = 'map-selection';

/** Drawn in the coordinates of the map, or points named one by one. */
type Source = { readonly outline: Outline } | { readonly rows: Uint32Array };

/** What is selected on the map: what a lasso or box holds, all that is shown, or what the ranking sent here. */
export function useSelection(projectId: string, points: MapPoints, visible: Uint8Array) {
  const { picked, drop } = usePickedSet(projectId, 'scores');
  const [own, setOwn] = useState<Source | null>(null);
  const { x, y, rowOf, rows: total } = points;
  const sent = useMemo(() => (picked?.ids ? { rows: rowsOfSet(picked.ids, { rowOf }) } : null), [picked, rowOf]);
  const source: Source | null = own ?? sent;
  const mask = useMemo(() => {
    if (source === null) return null;
    if ('outline' in source) return selectInside(source.outline, x, y, visible);
    return maskOf(source.rows.filter((point) => visible[point] === 1), total);
  }, [source, x, y, visible, total]);
  const rows = useMemo(() => mask && maskRows(mask, total), [mask, total]);
  useEffect(() => {
    if (rows === null || performance.getEntriesByName(releaseMark).length === 0) return;
    const frame = requestAnimationFrame(() => {
      performance.measure(selectionMeasure, { start: releaseMark, detail: { selected: rows.length, points: total } });
      performance.clearMarks(releaseMark);
    });
    return () => cancelAnimationFrame(frame);
  }, [rows, total]);
  const select = (next: Source | null) => {
    if (picked) drop();
    setOwn(next);
  };
  return {
    /** Ascending; null when nothing was selected. */
    rows,
    outline: source !== null && 'outline' in source ? source.outline : null,
    has: (point: number) => mask !== null && hasBit(mask, point),
    /** Samples that the ranking sent and this map lacks. */
    missing: own === null && picked?.ids && sent ? picked.ids.length - sent.rows.length : 0,
    /** The address speaks of samples that this visit does not know. */
    forgotten: picked !== null && picked.ids === null,
    within: (outline: Outline) => select({ outline }),
    shown: () => select({ rows: Uint32Array.from({ length: total }, (_, point) => point) }),
    clear: () => select(null),
  };
}

export type Selection = ReturnType<typeof useSelection>;
