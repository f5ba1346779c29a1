'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getColumns } from '@/lib/api/client';
import { unpackUuids } from '@/lib/api/contracts/columns';
import type { SampleState } from '@/lib/api/contracts/decisions';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { addresses } from '@/lib/api/contracts/addresses';
import { usesFacts } from '@/lib/figures/ranking';
import { parseFacts, rowFacts, type RowFacts } from '@/lib/figures/sample-facts';
import type { ScoreTable } from '@/lib/figures/score-table';
import { noStates, type VerdictColumns } from '@/lib/figures/verdicts';
import { tagKeys } from '../samples/use-tags';

/** Tags that colleagues put are seen after this long at most, own ones at once. */
const staleMs = 60_000;

/** Generator, prompt, batch and tags of all samples of a project. */
export function useSampleFacts(projectId: string, enabled: boolean) {
  return useQuery({
    queryKey: tagKeys.facts(projectId),
    queryFn: async ({ signal }) => parseFacts(await getColumns(addresses.sampleFacts, { params: { projectId }, signal })),
    enabled,
    staleTime: staleMs,
    structuralSharing: false,
  });
}

/** Ids of the samples whose texts hold every word; what was found for the last words stays until the next answer. */
export function useTextMatches(projectId: string, text: string | undefined) {
  return useQuery({
    queryKey: [...tagKeys.matches(projectId), text ?? ''],
    queryFn: async ({ signal }) => {
      const { id } = (await getColumns(addresses.textMatches, { params: { projectId }, query: { text: text ?? '' }, signal })).columns;
      return id?.type === 'uuid' ? unpackUuids(id.data) : [];
    },
    enabled: text !== undefined,
    staleTime: staleMs,
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
}

type WantedFacts = { readonly facts: RowFacts | undefined; /** Something that the filter asks for is on its way. */ readonly pending: boolean; readonly error: Error | null; readonly retry: () => void };

/** What the filter asks for beyond scores and verdicts, along the rows of a table; nothing is read while it asks for none. */
export function useRowFacts(projectId: string, table: Pick<ScoreTable, 'ids' | 'rows' | 'rowOf'>, filter: RankingFilter, states: ReadonlyMap<string, SampleState>): WantedFacts {
  const wanted = usesFacts(filter);
  const asksFacts = [filter.tags, filter.generators, filter.batches].some((part) => part !== undefined);
  const facts = useSampleFacts(projectId, asksFacts);
  const matches = useTextMatches(projectId, filter.text);
  const found = filter.text === undefined ? null : (matches.data ?? null);
  // Decisions are followed only where the filter asks who took them.
  const decided = filter.reviewers === undefined ? noStates.states : states;
  const rows = useMemo(() => (wanted ? rowFacts(table, facts.data ?? null, { states: decided, matches: found }) : undefined), [wanted, table, facts.data, decided, found]);
  const pending = (asksFacts && facts.data === undefined) || (filter.text !== undefined && matches.data === undefined);
  return {
    facts: rows,
    pending,
    error: facts.error ?? matches.error,
    retry: () => {
      if (facts.error) void facts.refetch();
      if (matches.error) void matches.refetch();
    },
  };
}

/** Verdicts with what the filter asks for beside them. */
export function useWithFacts(verdicts: VerdictColumns, facts: RowFacts | undefined): VerdictColumns {
  return useMemo(() => (facts === undefined ? verdicts : { ...verdicts, facts }), [verdicts, facts]);
}
