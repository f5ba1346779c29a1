'use client';

import type { RefObject } from 'react';
import type { ScoreTable } from '@/lib/figures/score-table';

type Move = { table: ScoreTable; order: Uint32Array; position: number; columns: RefObject<number>; onSelect: (sampleId: string) => void };

/** Steps through a ranking. A selected sample that the filter hides counts as standing before the first. */
export function useMove({ table, order, position, columns, onSelect }: Move) {
  const to = (next: number) => {
    const row = order[Math.max(0, Math.min(order.length - 1, next))];
    if (row !== undefined) onSelect(table.ids[row]!);
  };
  return {
    next: () => to(position + 1),
    previous: () => to(position - 1),
    rowDown: () => to(position + columns.current < order.length ? position + columns.current : position),
    rowUp: () => to(position - columns.current >= 0 ? position - columns.current : position),
    first: () => to(0),
    last: () => to(order.length - 1),
  };
}
