'use client';

import { queryOptions, useQueries, type UseQueryResult } from '@tanstack/react-query';
import { getColumns } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import { runValues, type RunValues } from '@/lib/figures/evaluators/run-values';
import { scoreKeys } from '../score-keys';
import { inTurn } from './in-turn';

function runValuesQuery(projectId: string, runId: string) {
  return queryOptions({
    queryKey: scoreKeys.values(projectId, runId),
    queryFn: ({ signal }) => inTurn(async () => runValues(await getColumns(addresses.runColumns, { params: { projectId, runId }, signal }))),
    staleTime: Infinity,
    structuralSharing: false,
    meta: { immutable: true },
  });
}

export type LoadedValues = {
  /** In the order of the runs that were asked for; undefined while a run loads. */
  readonly values: readonly (RunValues | undefined)[];
  readonly loaded: number;
  readonly error: Error | null;
};

function together(results: readonly UseQueryResult<RunValues>[]): LoadedValues {
  const values = results.map(({ data }) => data);
  return { values, loaded: values.filter((one) => one !== undefined).length, error: results.find(({ error }) => error !== null)?.error ?? null };
}

/** Scores of many runs, two at a time: a run of 100,000 samples is 5 MB. */
export function useRunValues(projectId: string, runIds: readonly string[]): LoadedValues {
  return useQueries({ queries: runIds.map((runId) => runValuesQuery(projectId, runId)), combine: together });
}
