'use client';

import { ArrowRight, ChartNoAxesColumn, ListChecks } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { ReviewQueue } from '@/lib/api/contracts/review-queues';
import { countOf, formatCount, formatDateTime } from '@/lib/figures/format';
import { StageLink } from '../../frame/stage-link';
import { stagePath } from '../../frame/stages';
import { useProjectOverview } from '../../projects/use-projects';
import { chosenRun, useRuns } from '../../score/use-runs';
import { Button, buttonClass } from '../../ui/button';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { EmptyState } from '../../ui/empty-state';
import { Page } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Progress } from '../../ui/progress';
import { Skeleton } from '../../ui/skeleton';
import { queuePath, queueReportPath } from './queue-paths';
import { isOpen } from './queue-state';
import { StartQueue } from './start-queue';
import { useCloseReviewQueue, useReviewQueues } from './use-queues';

/** All queues of a project with how far they are. */
export function QueueList({ projectId }: { projectId: string }) {
  const { data: queues, error, refetch } = useReviewQueues(projectId);
  const { data: overview } = useProjectOverview(projectId);
  const runs = useRuns(projectId);
  const mayReview = overview !== undefined && overview.role !== 'viewer';
  const start = mayReview && runs.data !== undefined && <StartQueue projectId={projectId} wish={{ runId: chosenRun(runs.data, null)?.id ?? null, filter: {} }} variant="primary" />;
  return (
    <div className="h-full overflow-y-auto bg-surface">
      <Page
        title="Review queues"
        summary="Several people work on a queue at the same time; nobody gets an item that a colleague has."
        actions={
          <>
            <Link href={stagePath(projectId, 'review')} className={buttonClass('ghost', 'sm')}>
              Review on your own
            </Link>
            {start}
          </>
        }
      >
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {!queues && !error && <Skeleton className="h-40" />}
        {queues?.length === 0 && (
          <EmptyState icon={ListChecks} title="No queues yet" action={start || <StageLink projectId={projectId} to="scores">Look at the ranking</StageLink>}>
            A queue shares out samples among reviewers, in the order of a ranking. Any filter, selection or list of disagreements can become one: “Open in review”.
          </EmptyState>
        )}
        {queues !== undefined && queues.length > 0 && (
          <ul className="divide-y divide-line border-y border-line">
            {queues.map((queue) => (
              <QueueRow key={queue.id} projectId={projectId} queue={queue} mayReview={mayReview} />
            ))}
          </ul>
        )}
      </Page>
    </div>
  );
}

function QueueRow({ projectId, queue, mayReview }: { projectId: string; queue: ReviewQueue; mayReview: boolean }) {
  const close = useCloseReviewQueue(projectId);
  const [closing, setClosing] = useState(false);
  const open = isOpen(queue);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_minmax(120px,240px)_auto] items-center gap-x-6 gap-y-2 py-3 max-md:grid-cols-1">
      <div className="min-w-0">
        <h2 className="truncate font-medium">{queue.name}</h2>
        <p className="truncate text-small text-muted">
          {queue.createdBy ?? 'Someone'}, {formatDateTime(queue.createdAt)}
          {queue.blind ? ' · hidden controls' : ''}
          {queue.closedAt === null ? '' : ' · closed'}
        </p>
      </div>
      <div>
        <p className="mb-1 text-small">
          {formatCount(queue.done)} of {formatCount(queue.total)}, {countOf(queue.reviewers, 'reviewer')}
        </p>
        <Progress value={queue.total === 0 ? 1 : queue.done / queue.total} label={`${queue.name}: ${queue.done} of ${queue.total} answered`} tone={open ? 'accent' : 'muted'} />
      </div>
      <div className="flex flex-wrap justify-end gap-2 max-md:justify-start">
        {open && queue.mayClose && (
          <Button size="sm" variant="ghost" aria-label={`Close ${queue.name}`} onClick={() => setClosing(true)}>
            Close
          </Button>
        )}
        {mayReview && (
          <Link href={queueReportPath(projectId, queue.id)} aria-label={`Report of ${queue.name}`} className={buttonClass('secondary', 'sm')}>
            <ChartNoAxesColumn aria-hidden className="size-4" />
            Report
          </Link>
        )}
        {open && mayReview && (
          <Link href={queuePath(projectId, queue.id)} aria-label={`Review ${queue.name}`} className={buttonClass('primary', 'sm')}>
            Review
            <ArrowRight aria-hidden className="size-4" />
          </Link>
        )}
      </div>
      <ConfirmDialog
        open={closing}
        onOpenChange={setClosing}
        title={`Close ${queue.name}?`}
        action="Close the queue"
        busy={close.isPending}
        error={close.error}
        onConfirm={() => close.mutate(queue.id, { onSuccess: () => setClosing(false) })}
      >
        <p>{countOf(queue.total - queue.done, 'item')} will not be handed out any more. Answers stay, and what is being looked at now cannot be answered.</p>
      </ConfirmDialog>
    </li>
  );
}
