'use client';

import { useMemo, useState, useSyncExternalStore, type PointerEvent } from 'react';
import { clampKeep, lazyCutRanking, rankedCount, type CutRanking } from '@/lib/figures/cut';
import type { ScoreTable } from '@/lib/figures/score-table';
import { LiveCut } from './live-cut';

/** The cut of a ranking: how many of the best samples are kept, and how to move it. */
export type Cut = {
  readonly table: ScoreTable;
  /** The samples in the order of their quality. Sorted when it is first called: call it where a cut is set, or is to be. */
  readonly ranking: () => CutRanking;
  /** Scored auxiliary samples in all. */
  readonly total: number;
  /** What the address says; null: no cut is set. While it is dragged, `useLiveKeep` tells. */
  readonly keep: number | null;
  readonly live: LiveCut;
  readonly set: (keep: number | null) => void;
};

/** The cut of a run's ranking. `onKeep` must be stable. */
export function useCut(table: ScoreTable, keep: number | null, onKeep: (keep: number | null) => void): Cut {
  const { ranking, total } = useMemo(() => ({ ranking: lazyCutRanking(table), total: rankedCount(table) }), [table]);
  const [live] = useState(() => new LiveCut());
  return useMemo(() => ({ table, ranking, total, keep: keep === null ? null : clampKeep(total, keep), live, set: onKeep }), [table, ranking, total, keep, live, onKeep]);
}

const nowhere = () => null;

/** Samples kept as they are drawn now: dragged or as set; null when no cut is set. */
export function useLiveKeep({ live, keep }: Cut): number | null {
  return useSyncExternalStore(live.subscribe, live.snapshot, nowhere) ?? keep;
}

/** Pointer handlers of anything that drags the cut; `keepAt` reads the cut under the pointer. */
export function dragHandlers({ live, set }: Cut, keepAt: (event: PointerEvent<Element>) => number) {
  return {
    onPointerDown: (event: PointerEvent<Element>) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<Element>) => {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) live.show(keepAt(event));
    },
    onPointerUp: (event: PointerEvent<Element>) => {
      event.stopPropagation();
      const keep = live.end();
      if (keep !== null) set(keep);
    },
    onPointerCancel: () => void live.end(),
  };
}
