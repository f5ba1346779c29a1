'use client';

import { useMemo } from 'react';
import { countRows, filterRows, rankRows } from '@/lib/figures/ranking';
import type { ScoreTable } from '@/lib/figures/score-table';
import { verdictColumns } from '@/lib/figures/verdicts';
import type { ViewState } from '@/lib/figures/view-state';
import type { Decisions } from '../review/use-decisions';
import { useRowFacts, useWithFacts } from './use-sample-facts';

/** Decisions per row of a table, as the screen shows them. */
export function useVerdicts(table: ScoreTable, { states, overlay }: Pick<Decisions, 'states' | 'overlay'>) {
  return useMemo(() => verdictColumns(table, states, overlay), [table, states, overlay]);
}

function usesDecisions(filter: ViewState['filter'], sort: ViewState['sort']): boolean {
  return filter.verdicts !== undefined || filter.reasons !== undefined || sort.key === 'decision';
}

/** The rows that the filter lets through, in order (of `picked` those that it marks with 1), and counts of what could be filtered. */
export function useRanking(projectId: string, table: ScoreTable, decisions: Pick<Decisions, 'states' | 'overlay'>, { filter, sort }: Pick<ViewState, 'filter' | 'sort'>, picked: Uint8Array | null) {
  const wanted = useRowFacts(projectId, table, filter, decisions.states);
  const verdicts = useWithFacts(useVerdicts(table, decisions), wanted.facts);
  // A ranking that does not ask for decisions stays as it is while they are taken: no new sort, no new charts.
  const undecided = useWithFacts(
    useMemo(() => verdictColumns(table, new Map()), [table]),
    wanted.facts,
  );
  const ranked = usesDecisions(filter, sort) ? verdicts : undecided;
  const ranking = useMemo(() => rankRows(table, ranked, filter, sort), [table, ranked, filter, sort]);
  const order = useMemo(() => (picked ? ranking.filter((row) => picked[row] === 1) : ranking), [ranking, picked]);
  const counts = useMemo(() => countRows(table, verdicts, filterRows(table, verdicts, filter.roles ? { roles: filter.roles } : {})), [table, verdicts, filter.roles]);
  return { verdicts, order, counts, wanted };
}
