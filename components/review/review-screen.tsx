'use client';

import { Crosshair } from 'lucide-react';
import Link from 'next/link';
import type { ViewState } from '@/lib/figures/view-state';
import { stagePath } from '../frame/stages';
import { RunSwitcher } from '../score/run-switcher';
import { useScoredRun } from '../score/use-scored-run';
import { useViewState } from '../score/use-view-state';
import { ViewsMenu } from '../score/views-menu';
import { buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { QueuesBar } from './queues/queues-bar';
import type { QueueWish } from './queues/start-queue';
import { ReviewSession } from './review-session';
import { useDecisions } from './use-decisions';

/** Review: one sample after another at the keyboard, in the order of the ranking. */
export function ReviewScreen({ projectId, address }: { projectId: string; address: string }) {
  const [view, onView] = useViewState(address);
  const { overview, runs, run, table, none, retry, ...scored } = useScoredRun(projectId, view.run);
  const decisions = useDecisions(projectId);
  const error = scored.error ?? (decisions.loaded ? null : decisions.error);
  const retryAll = () => {
    retry();
    void decisions.retry();
  };
  const ready = run && table && decisions.loaded && overview;
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface">
      <h1 className="sr-only">Review</h1>
      <QueuesBar projectId={projectId} wish={wishOf(ready ? run.id : null, none, view)} mayReview={overview !== undefined && overview.role !== 'viewer'} />
      <RunSwitcher runs={runs} run={run} onRun={(id) => onView({ run: id })}>
        <ViewsMenu projectId={projectId} page="review" onView={onView} />
      </RunSwitcher>
      {error && <ProblemNote className="m-4" error={error} onRetry={retryAll} />}
      {ready && <ReviewSession key={`${run.id} ${JSON.stringify(view.filter)}`} projectId={projectId} role={overview.role} run={run} table={table} view={view} onView={onView} decisions={decisions} />}
      {none && <NothingYet projectId={projectId} />}
      {!ready && !none && !error && <Skeleton className="m-3 flex-1" />}
    </div>
  );
}

/** What a queue would be made of; without a run all auxiliary samples, in the order of their import. */
function wishOf(runId: string | null, none: boolean, { filter }: ViewState): QueueWish | null {
  if (runId !== null) return { runId, filter };
  return none ? { runId: null, filter: {} } : null;
}

function NothingYet({ projectId }: { projectId: string }) {
  return (
    <EmptyState
      icon={Crosshair}
      title="Nothing to review yet"
      action={
        <Link href={stagePath(projectId, 'scores')} className={buttonClass('primary')}>
          Go to scores
        </Link>
      }
    >
      Review follows the ranking of a score run, and there is none yet.
    </EmptyState>
  );
}
