'use client';

import { useQuery } from '@tanstack/react-query';
import { getColumns, getJson } from '@/lib/api/client';
import { addresses } from '@/lib/api/contracts/addresses';
import type { Run } from '@/lib/api/contracts/runs';
import { scoreTable } from '@/lib/figures/score-table';
import { scoreKeys } from './score-keys';

/** All score runs of a project, newest first. */
export function useRuns(projectId: string) {
  return useQuery({
    queryKey: scoreKeys.runs(projectId),
    queryFn: async ({ signal }) => (await getJson(addresses.runs, { params: { projectId }, signal })).runs,
    refetchInterval: ({ state }) => (state.data?.some((run) => run.state === 'pending') ? 2_000 : false),
  });
}

/**
 * The run that a page shows: the one in the address when it is ready, else the newest ready EAP run, else the newest ready
 * one that was not started together with an EAP run or after it: where both were asked for, EAP is waited for, so that the page
 * does not change under the reader's eyes.
 */
export function chosenRun(runs: readonly Run[] | undefined, wanted: string | null): Run | null {
  const ready = (runs ?? []).filter((run) => run.state === 'ready');
  const chosen = ready.find((run) => run.id === wanted) ?? ready.find((run) => run.evaluator === 'EAP');
  if (chosen !== undefined) return chosen;
  const awaited = runs?.findLast((run) => run.evaluator === 'EAP' && run.state === 'pending');
  return ready.find((run) => awaited === undefined || run.createdAt < awaited.createdAt) ?? null;
}

/** All scores of a run; they never change. */
export function useScoreTable(projectId: string, runId: string | null) {
  return useQuery({
    queryKey: scoreKeys.table(projectId, runId ?? ''),
    queryFn: async ({ signal }) => scoreTable(await getColumns(addresses.runColumns, { params: { projectId, runId: runId ?? '' }, signal })),
    enabled: runId !== null,
    staleTime: Infinity,
    gcTime: 15 * 60_000,
    structuralSharing: false,
    meta: { immutable: true },
  });
}

export function useFeatureSets(projectId: string) {
  return useQuery({
    queryKey: scoreKeys.featureSets(projectId),
    queryFn: async ({ signal }) => (await getJson(addresses.featureSets, { params: { projectId }, signal })).featureSets,
  });
}
