'use client';

import { Lock } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { ReviewQueue } from '@/lib/api/contracts/review-queues';
import { stagePath } from '../../frame/stages';
import { useProjectOverview } from '../../projects/use-projects';
import { buttonClass } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { QueueEnd } from './queue-end';
import { QueueItem } from './queue-item';
import { QueueLine } from './queue-line';
import { QueueRefusal } from './queue-refusal';
import { verdictsOf, type QueueState } from './queue-store';
import { useQueueStore } from './use-queue-store';
import { useReviewQueue } from './use-queues';

/** A sitting at a review queue. */
export function QueueScreen({ projectId, queueId }: { projectId: string; queueId: string }) {
  const { data: queue, error, refetch, dataUpdatedAt } = useReviewQueue(projectId, queueId);
  const { data: overview } = useProjectOverview(projectId);
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface">
      <h1 className="sr-only">Review queue{queue ? ` ${queue.name}` : ''}</h1>
      {error && !queue && <ProblemNote className="m-4" error={error} onRetry={() => void refetch()} />}
      {queue && overview && (overview.role === 'viewer' ? <OnlyLooking projectId={projectId} /> : <QueueSession projectId={projectId} queue={queue} heardAt={dataUpdatedAt} />)}
      {!error && !(queue && overview) && <Skeleton className="m-3 flex-1" />}
    </div>
  );
}

/** `heardAt`: when the server last said how far the queue is. */
function QueueSession({ projectId, queue, heardAt }: { projectId: string; queue: ReviewQueue; heardAt: number }) {
  const sitting = useQueueStore(projectId, queue.id);
  const { state } = sitting;
  const [heard, setHeard] = useState({ at: heardAt, own: 0 });
  if (heard.at !== heardAt) setHeard({ at: heardAt, own: state.recorded });
  // What colleagues do is heard of within seconds; one's own answers count at once.
  const done = Math.min(queue.total, Math.max(0, queue.done + verdictsOf(state).length - heard.own));
  const progress = (more: number) => `${Math.min(queue.total, done + more)} of ${queue.total} answered`;
  const now = shownOf(queue, state);
  return (
    <>
      <QueueLine projectId={projectId} queue={queue} state={state} done={done} label={progress(0)} />
      {state.refusal && <QueueRefusal refusal={state.refusal} onClose={() => sitting.store.dismissRefusal()} />}
      {now === 'waiting' && <Skeleton className="m-3 flex-1" />}
      {now === 'items' && <QueueItem projectId={projectId} queue={queue} sitting={sitting} item={state.items![0]!} ahead={state.items!.slice(1)} progress={progress} />}
      {(now === 'end' || now === 'skipped') && <QueueEnd projectId={projectId} queue={queue} sitting={sitting} done={done} skippedLeft={now === 'skipped'} />}
    </>
  );
}

/** What the page shows: an item, that only skipped ones are left, that nothing is, or that the first items are on their way. */
function shownOf({ closedAt }: ReviewQueue, { items, skipped, closed, refusal }: QueueState): 'items' | 'skipped' | 'end' | 'waiting' {
  if (closed || closedAt !== null) return 'end';
  if (items === null) return refusal === null ? 'waiting' : 'end';
  const [first] = items;
  if (first === undefined) return 'end';
  return skipped.has(first.id) ? 'skipped' : 'items';
}

function OnlyLooking({ projectId }: { projectId: string }) {
  return (
    <EmptyState
      icon={Lock}
      title="You may look, but not decide"
      action={
        <Link href={stagePath(projectId, 'scores')} className={buttonClass('primary')}>
          Go to scores
        </Link>
      }
    >
      Review queues are worked on by inspectors and leads of this project.
    </EmptyState>
  );
}
