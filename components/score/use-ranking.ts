'use client';

import { useMemo } from 'react';
import { countRows, filterRows, rankRows } from '@/lib/figures/ranking';
import type { ScoreTable } from '@/lib/figures/score-table';
import { verdictColumns } from '@/lib/figures/verdicts';
import type { ViewState } from '@/lib/figures/view-state';
import type { Decisions } from '../review/use-decisions';

/** Decisions per row of a table, as the screen shows them. */
export function useVerdicts(table: ScoreTable, { states, overlay }: Pick<Decisions, 'states' | 'overlay'>) {
  return useMemo(() => verdictColumns(table, states, overlay), [table, states, overlay]);
}

/** The rows that the filter lets through, in order, and counts of what could be filtered. */
export function useRanking(table: ScoreTable, decisions: Pick<Decisions, 'states' | 'overlay'>, { filter, sort }: Pick<ViewState, 'filter' | 'sort'>) {
  const verdicts = useVerdicts(table, decisions);
  const order = useMemo(() => rankRows(table, verdicts, filter, sort), [table, verdicts, filter, sort]);
  const counts = useMemo(() => countRows(table, verdicts, filterRows(table, verdicts, filter.roles ? { roles: filter.roles } : {})), [table, verdicts, filter.roles]);
  return { verdicts, order, counts };
}
