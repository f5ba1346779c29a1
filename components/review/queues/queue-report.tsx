'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useCallback } from 'react';
import type { ReviewReport } from '@/lib/api/contracts/review-queues';
import { countOf, formatCount, formatUnit } from '@/lib/figures/format';
import { decilePlot, decilesCsv, decilesInWords, reviewerLines } from '@/lib/figures/review-report';
import { FigurePlot } from '../../charts/figure-plot';
import type { Tones } from '../../charts/use-tones';
import { stagePath } from '../../frame/stages';
import { buttonClass } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Page, Section } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { VerdictMark } from '../../ui/verdict-mark';
import { SamplePicture } from '../../vector/sample-picture';
import { queueListPath, queuePath } from './queue-paths';
import { isOpen } from './queue-state';
import { ReviewerTable } from './reviewer-table';
import { useReviewReport } from './use-queues';

/** How the reviewers of a queue judge: leads see everyone, others themselves. */
export function QueueReport({ projectId, queueId }: { projectId: string; queueId: string }) {
  const { data: report, error, refetch } = useReviewReport(projectId, queueId);
  return (
    <div className="h-full overflow-y-auto bg-surface">
      {error && <ProblemNote className="m-4" error={error} onRetry={() => void refetch()} />}
      {!report && !error && <Skeleton className="m-6 h-60" />}
      {report && <ReportPage projectId={projectId} report={report} />}
    </div>
  );
}

function ReportPage({ projectId, report }: { projectId: string; report: ReviewReport }) {
  const { queue, reviewers } = report;
  const lines = reviewerLines(report);
  return (
    <Page
      title={`Report: ${queue.name}`}
      summary={`${formatCount(queue.done)} of ${countOf(queue.total, 'item')} answered${queue.closedAt === null ? '' : '; closed'}.`}
      actions={
        <>
          <Link href={queueListPath(projectId)} className={buttonClass('ghost', 'sm')}>
            All queues
          </Link>
          {isOpen(queue) && (
            <Link href={queuePath(projectId, queue.id)} className={buttonClass('primary', 'sm')}>
              Review
              <ArrowRight aria-hidden className="size-4" />
            </Link>
          )}
        </>
      }
    >
      {reviewers.length === 0 ? (
        <EmptyState
          title="No answers yet"
          action={
            <Link href={isOpen(queue) ? queuePath(projectId, queue.id) : queueListPath(projectId)} className={buttonClass('primary')}>
              {isOpen(queue) ? 'Begin the review' : 'All queues'}
            </Link>
          }
        >
          Leads see every reviewer here, others themselves, as soon as something of this queue is answered.</EmptyState>
      ) : (
        <>
          <ReviewerTable lines={lines} blind={queue.blind} name={`Reviewers of ${queue.name}`} />
          {report.deciles.length > 0 && <Deciles report={report} />}
          <Disagreements projectId={projectId} report={report} />
        </>
      )}
    </Page>
  );
}

function Deciles({ report }: { report: ReviewReport }) {
  const draw = useCallback((tones: Tones) => decilePlot(report, tones), [report]);
  return (
    <Section title="Accept rate per tenth of quality" summary="Reviewers who follow what they see rise from the left to the right if the score is right; a flat line says that person and score look at different things.">
      <FigurePlot title="Accepted per tenth" description={decilesInWords(report)} draw={draw} csv={() => decilesCsv(report)} height={320} minWidth={480} />
    </Section>
  );
}

function Disagreements({ projectId, report: { disagreements, queue } }: { projectId: string; report: ReviewReport }) {
  if (disagreements.length === 0) return null;
  return (
    <Section title="Where person and score differ most" summary="Rejected in the highest three tenths, or accepted in the lowest: the samples most worth a second look.">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(120px,1fr))] gap-2">
        {disagreements.map(({ sampleId, verdict, quality, userName }) => (
          <li key={sampleId}>
            <Link href={`${stagePath(projectId, 'scores')}?${queue.runId === null ? '' : `run=${queue.runId}&`}sample=${sampleId}`} className="block overflow-hidden rounded-md border border-line hover:border-line-strong">
              <SamplePicture projectId={projectId} sampleId={sampleId} alt={`Sample of quality ${formatUnit(quality)}, ${verdict} by ${userName}`} className="aspect-square w-full" />
              <span className="flex items-center gap-1.5 px-1.5 py-1 text-small">
                <VerdictMark verdict={verdict} />
                {formatUnit(quality)}
                <span className="ml-auto truncate text-muted">{userName}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
