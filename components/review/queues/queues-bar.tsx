'use client';

import Link from 'next/link';
import { formatCount } from '@/lib/figures/format';
import { cn } from '../../ui/cn';
import { Progress } from '../../ui/progress';
import { queueListPath, queuePath } from './queue-paths';
import { StartQueue, type QueueWish } from './start-queue';
import { isOpen } from './queue-state';
import { useReviewQueues } from './use-queues';

/** How many open queues stand in the line; the others are on the page of all queues. */
const shown = 3;

/** The open queues of the project above the review on one's own, and the way to start one. */
export function QueuesBar({ projectId, wish, mayReview }: { projectId: string; wish: QueueWish | null; mayReview: boolean }) {
  const { data: queues } = useReviewQueues(projectId);
  const open = queues?.filter(isOpen) ?? [];
  return (
    <nav aria-label="Review queues" className="flex h-10 shrink-0 items-center gap-2 overflow-x-auto border-b border-line px-3 text-small max-md:h-11">
      <span className="shrink-0 font-medium">{open.length === 0 ? 'Review on your own' : 'Queues'}</span>
      {open.slice(0, shown).map((queue) => (
        <Link key={queue.id} href={queuePath(projectId, queue.id)} className="flex min-w-32 max-w-56 shrink-0 flex-col gap-0.5 rounded-md border border-line px-2 py-0.5 hover:border-line-strong">
          <span className="flex gap-2">
            <span className="min-w-0 flex-1 truncate">{queue.name}</span>
            <span className="text-muted">
              {formatCount(queue.done)} of {formatCount(queue.total)}
            </span>
          </span>
          <Progress value={queue.total === 0 ? 1 : queue.done / queue.total} label={`${queue.name}: ${queue.done} of ${queue.total} answered`} />
        </Link>
      ))}
      {open.length > 0 && <span className="shrink-0 border-l border-line pl-3 font-medium max-md:hidden">On your own, below</span>}
      <span className={cn('ml-auto flex shrink-0 items-center gap-1')}>
        {queues !== undefined && queues.length > 0 && (
          <Link href={queueListPath(projectId)} className="rounded-md px-2 py-1 text-muted hover:bg-hover hover:text-ink">
            All queues ({formatCount(queues.length)})
          </Link>
        )}
        {mayReview && wish !== null && <StartQueue projectId={projectId} wish={wish} />}
      </span>
    </nav>
  );
}
