'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { Score } from '@/lib/api/contracts/runs';
import { useScoredRun } from '../../score/use-scored-run';
import { WhyPane } from '../../score/why-pane';
import { Skeleton } from '../../ui/skeleton';
import type { Flip } from '../use-flip';

/** The why card beside an item. Its scales need the scores of the whole run, which are fetched when it is first opened. */
export function QueueWhy({ projectId, sampleId, runId, why, flip }: { projectId: string; sampleId: string; runId: string; why: UseQueryResult<Score>; flip: Flip }) {
  const { run, table } = useScoredRun(projectId, runId);
  return (
    <aside aria-label="Why" className="flex min-h-0 w-[340px] shrink-0 flex-col border-l border-line max-md:absolute max-md:inset-x-0 max-md:top-9 max-md:bottom-36 max-md:z-20 max-md:w-auto max-md:border-l-0 max-md:bg-raised">
      {run !== null && table !== undefined ? <WhyPane projectId={projectId} sampleId={sampleId} run={run} table={table} why={why} scored flip={flip} /> : <Skeleton className="m-4 h-40" />}
    </aside>
  );
}
