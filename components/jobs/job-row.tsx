'use client';

import { Check, CircleDashed, OctagonAlert, RotateCw, X } from 'lucide-react';
import type { Job } from '@/lib/api/contracts/jobs';
import { formatAgo, formatDuration } from '@/lib/figures/format';
import { Button } from '../ui/button';
import { Progress } from '../ui/progress';
import { explain } from '../ui/problem';
import { isActive, jobName, jobProgressLine, jobResultLine, jobShare } from './job-words';
import { useCancelJob, useRetryJob } from './use-jobs';

function outcome(job: Job): string {
  const taken = job.startedAt !== null && job.finishedAt !== null ? (Date.parse(job.finishedAt) - Date.parse(job.startedAt)) / 1000 : null;
  const when = job.finishedAt === null ? '' : formatAgo(job.finishedAt);
  if (job.state === 'cancelled') return `Cancelled ${when}`;
  if (job.state === 'failed') return `Failed ${when}`;
  return taken === null ? `Done ${when}` : `Done ${when}, in ${formatDuration(taken)}`;
}

function StateIcon({ job }: { job: Job }) {
  if (job.state === 'failed') return <OctagonAlert aria-hidden className="size-4 text-danger" />;
  if (job.state === 'succeeded') return <Check aria-hidden className="size-4 text-muted" />;
  return <CircleDashed aria-hidden className="size-4 text-muted" />;
}

/** What a job made, where its state alone does not say it. */
function ResultLine({ job }: { job: Job }) {
  const line = jobResultLine(job);
  return line === null ? null : <p className="text-small text-muted">{line}</p>;
}

/** One job: how far it is and its button (cancel, or try again). */
export function JobRow({ job, projectId, mayAct }: { job: Job; projectId: string; mayAct: boolean }) {
  const cancel = useCancelJob(projectId);
  const retry = useRetryJob(projectId);
  const active = isActive(job);
  const failure = cancel.error ?? retry.error;
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2.5">
      <div className="flex min-h-6 items-center gap-2">
        {!active && <StateIcon job={job} />}
        <span className="font-medium">{jobName(job)}</span>
        <span className="min-w-0 flex-1 truncate text-small text-muted">{active ? job.step : outcome(job)}</span>
        {active && mayAct && (
          <Button size="sm" variant="ghost" icon={X} busy={cancel.isPending} disabled={job.cancelRequested} onClick={() => cancel.mutate(job.id)} className="-mr-2">
            Cancel
          </Button>
        )}
        {(job.state === 'failed' || job.state === 'cancelled') && mayAct && (
          <Button size="sm" variant="ghost" icon={RotateCw} busy={retry.isPending} onClick={() => retry.mutate(job.id)} className="-mr-2">
            Try again
          </Button>
        )}
      </div>
      {active && (
        <>
          <Progress value={job.state === 'queued' ? 0 : jobShare(job)} label={`${jobName(job)}: progress`} />
          <span className="text-small text-muted">{jobProgressLine(job)}</span>
        </>
      )}
      <ResultLine job={job} />
      {job.error !== null && job.state === 'failed' && (
        <p className="text-small">
          {job.error.message}
          {job.error.hint !== null && <span className="text-muted"> {job.error.hint}</span>}
        </p>
      )}
      {failure !== null && (
        <p role="alert" className="text-small text-danger">
          {explain(failure).detail}
        </p>
      )}
    </li>
  );
}
