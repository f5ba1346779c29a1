'use client';

import { Gauge, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import type { FeatureSet } from '@/lib/api/contracts/features';
import { countOf, formatCount, formatDateTime, formatRate, shortHash } from '@/lib/figures/format';
import { stagePath } from '../frame/stages';
import { isActive, jobProgressLine, jobShare } from '../jobs/job-words';
import { useJob } from '../jobs/use-jobs';
import { useStartExtraction } from '../jobs/use-start';
import { Button, buttonClass } from '../ui/button';
import { CopyText } from '../ui/copy-text';
import { Facts } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';

/** One feature set: which network made it, where and how fast, and what it lacks. */
export function FeatureSetCard({ set, projectId, mayAct }: { set: FeatureSet; projectId: string; mayAct: boolean }) {
  const job = useJob(projectId, set.jobId);
  const extract = useStartExtraction(projectId);
  const running = job !== undefined && isActive(job);
  return (
    <article className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4" aria-label={`Feature set ${set.modelName}`}>
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="truncate text-lead font-semibold">{set.modelName}</h3>
          <p className="text-muted">
            {countOf(set.count, 'vector')} of {formatCount(set.dim)} values
          </p>
        </div>
        {set.state === 'ready' && (
          <Link href={stagePath(projectId, 'scores')} className={buttonClass('secondary', 'sm')}>
            <Gauge aria-hidden className="size-4" />
            Scores
          </Link>
        )}
      </div>
      {running && (
        <div className="flex flex-col gap-1">
          <Progress value={job.state === 'queued' ? 0 : jobShare(job)} label="Extraction" />
          <p className="text-small text-muted">{jobProgressLine(job)}</p>
        </div>
      )}
      <Facts
        className="text-small"
        facts={[
          ['Ran on', `${set.runtime}, ${set.provider}`],
          ['Speed', formatRate(set.imagesPerSecond, 'images')],
          ['Fingerprint', <CopyText key="fingerprint" text={set.fingerprint} shown={shortHash(set.fingerprint, 12)} label="Copy the fingerprint" />],
          ['Made', formatDateTime(set.createdAt)],
        ]}
      />
      {!running && set.state === 'failed' && job?.error != null && <p className="text-danger">{job.error.message}</p>}
      {!running && set.state !== 'ready' && <StateLine set={set} />}
      {!running && set.missing > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-2 border-t border-line pt-3">
          <p className="text-muted">{countOf(set.missing, 'sample')} of the project {set.missing === 1 ? 'is' : 'are'} not in this set.</p>
          {mayAct && (
            <Button size="sm" icon={RefreshCw} busy={extract.isPending} onClick={() => extract.mutate(set.modelId)}>
              Extract anew
            </Button>
          )}
        </div>
      )}
      {extract.error !== null && <ProblemNote error={extract.error} />}
    </article>
  );
}

function StateLine({ set }: { set: FeatureSet }) {
  const words = { pending: 'Waiting for a worker.', failed: 'The extraction failed; the job tray has the reason.', cancelled: 'The extraction was cancelled.', ready: '' };
  return <p className="text-muted">{words[set.state]}</p>;
}
