'use client';

import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReviewQueue } from '@/lib/api/contracts/review-queues';
import { pacePerMinute } from '@/lib/figures/decision-log';
import { countOf, formatCount } from '@/lib/figures/format';
import { Progress } from '../../ui/progress';
import { reasonLabel, VerdictMark } from '../../ui/verdict-mark';
import { queueListPath } from './queue-paths';
import { takenBackWords } from './queue-state';
import type { QueueState } from './queue-store';

/** Why no strip of the next samples stands here, as it does where one reviews on one's own. */
const oneAtATime = 'Each item goes to one reviewer at a time, so the next ones are not shown.';

/** How far the whole queue is, what was just decided, and the own pace. */
export function QueueLine({ projectId, queue, state, done, label }: { projectId: string; queue: ReviewQueue; state: QueueState; done: number; label: string }) {
  const pace = pacePerMinute(state.times);
  return (
    <div className="shrink-0">
      <Progress value={queue.total === 0 ? 1 : done / queue.total} label={label} className="rounded-none" />
      <div className="flex h-9 items-center gap-3 overflow-hidden px-3 text-small whitespace-nowrap text-muted max-md:gap-2">
        <Link href={queueListPath(projectId)} aria-label="All queues" title="All queues" className="-ml-1 inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink hover:bg-hover max-md:size-9">
          <ArrowLeft aria-hidden className="size-4" />
        </Link>
        <span className="truncate font-medium text-ink" title={queue.name}>
          {queue.name}
        </span>
        <span>
          {formatCount(done)} of {formatCount(queue.total)}
        </span>
        <span className="max-md:hidden">{countOf(queue.reviewers, 'reviewer')}</span>
        <span className="min-w-0 truncate max-lg:hidden" title={oneAtATime}>
          {oneAtATime}
        </span>
        {queue.blind && (
          <span className="truncate max-lg:hidden" title="Known samples are mixed in to see how sure decisions are. So that nothing tells them, names, scores and overlays are not shown.">
            names and scores hidden
          </span>
        )}
        <span className="ml-auto flex items-center gap-3">
          {state.takenBack && <span className="truncate">{takenBackWords(state.takenBack)}</span>}
          {state.last && (
            <span key={state.last.item.id} className="inline-flex animate-[pulse-faint_160ms_ease-out] items-center gap-1.5">
              <VerdictMark verdict={state.last.verdict} label />
              {state.last.reason && <span className="max-md:hidden">{reasonLabel(state.last.reason).toLowerCase()}</span>}
            </span>
          )}
          {pace !== null && <span className="max-sm:hidden">{formatCount(Math.round(pace))} a minute</span>}
        </span>
      </div>
    </div>
  );
}
