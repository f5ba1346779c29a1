'use client';

import { useState } from 'react';
import type { ProjectRole } from '@/lib/api/contracts/common';
import type { Run } from '@/lib/api/contracts/runs';
import { pacePerMinute } from '@/lib/figures/decision-log';
import { formatCount } from '@/lib/figures/format';
import type { RowFacts } from '@/lib/figures/sample-facts';
import type { ScoreTable } from '@/lib/figures/score-table';
import type { ViewState } from '@/lib/figures/view-state';
import { useRowFacts } from '../score/use-sample-facts';
import type { ChangeView } from '../score/use-view-state';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { Skeleton } from '../ui/skeleton';
import { LatestRefusal } from './refusal-note';
import { ReviewSample } from './review-sample';
import { ReviewSummary } from './review-summary';
import type { Decisions } from './use-decisions';
import { useReviewQueue, type ReviewQueue } from './use-review-queue';

export type SessionProps = { projectId: string; role: ProjectRole; run: Run; table: ScoreTable; view: ViewState; onView: ChangeView; decisions: Decisions };

/** One sitting, once everything that its filter asks for is known. */
export function ReviewSession(props: SessionProps) {
  const { projectId, table, view, decisions } = props;
  const { facts, pending, error, retry } = useRowFacts(projectId, table, view.filter, decisions.states);
  if (error) return <ProblemNote className="m-4" title="The filter could not be applied" error={error} onRetry={retry} />;
  return pending ? <Skeleton className="m-3 flex-1" /> : <Sitting {...props} facts={facts} />;
}

/** Samples one after another, and at the end what came of it. */
function Sitting({ view, onView, facts, ...session }: SessionProps & { facts: RowFacts | undefined }) {
  const { projectId, role, run, table, decisions } = session;
  const review = useReviewQueue(table, run, view, decisions, facts);
  const [summaryShown, setSummaryShown] = useState(true);
  const look = (sampleId: string) => {
    setSummaryShown(false);
    review.goTo(sampleId);
  };
  return (
    <>
      <LatestRefusal projectId={projectId} decisions={decisions} onShow={look} />
      <ProgressLine review={review} />
      {review.row === null || (review.finished && summaryShown) ? (
        <ReviewSummary projectId={projectId} role={role} run={run} table={table} review={review} decisions={decisions} onLook={look} />
      ) : (
        <ReviewSample {...session} row={review.row} review={review} onView={onView} onDecided={() => setSummaryShown(true)} onLook={look} />
      )}
    </>
  );
}

function ProgressLine({ review }: { review: ReviewQueue }) {
  const { decided, total, accepted, rejected, skipped } = review.progress;
  const pace = pacePerMinute(review.times);
  const left = pace === null ? null : Math.ceil((total - decided) / pace);
  return (
    <div className="shrink-0">
      <Progress value={total === 0 ? 1 : decided / total} label={`${decided} of ${total} decided`} className="rounded-none" />
      <p className="flex h-7 items-center gap-3 overflow-hidden px-3 text-small whitespace-nowrap text-muted">
        <span className="font-medium text-ink">
          {formatCount(decided)} of {formatCount(total)}
        </span>
        <span>accepted {formatCount(accepted)}</span>
        <span>rejected {formatCount(rejected)}</span>
        <span>skipped {formatCount(skipped)}</span>
        {pace !== null && (
          <span className="ml-auto max-sm:hidden">
            {formatCount(pace)} a minute{left !== null && left > 0 ? ` · about ${formatCount(left)} min left` : ''}
          </span>
        )}
      </p>
    </div>
  );
}
