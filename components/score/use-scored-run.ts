'use client';

import { useProjectOverview } from '../projects/use-projects';
import { chosenRun, useRuns, useScoreTable } from './use-runs';

/** The run that a page shows, with its scores, and what stands in the way of showing it. */
export function useScoredRun(projectId: string, wanted: string | null) {
  const { data: overview } = useProjectOverview(projectId);
  const runs = useRuns(projectId);
  const run = chosenRun(runs.data, wanted);
  const table = useScoreTable(projectId, run?.id ?? null);
  return {
    overview,
    runs: runs.data,
    run,
    table: table.data,
    error: runs.error ?? table.error,
    /** There is no run that could be shown, and that is known. */
    none: runs.data !== undefined && run === null,
    pending: runs.data?.find((one) => one.state === 'pending') ?? null,
    retry: () => void (runs.error ? runs.refetch() : table.refetch()),
  };
}
