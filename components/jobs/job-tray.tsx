'use client';

import { Activity, LoaderCircle, OctagonAlert } from 'lucide-react';
import { useState } from 'react';
import { countOf, formatPercent } from '@/lib/figures/format';
import { cn } from '../ui/cn';
import { Popover } from '../ui/popover';
import { ProblemNote } from '../ui/problem';
import { JobRow } from './job-row';
import { isActive, jobName, jobShare } from './job-words';
import { useJobEnds, useJobs } from './use-jobs';

const shownEnded = 6;

/** Running jobs in the top line; opens the list of the latest ones. */
export function JobTray({ projectId, mayAct }: { projectId: string; mayAct: boolean }) {
  const { data: jobs, error, refetch } = useJobs(projectId);
  useJobEnds(projectId, jobs);
  const [seenAt, setSeenAt] = useState(() => Date.now());
  const active = (jobs ?? []).filter(isActive);
  const ended = (jobs ?? []).filter((job) => !isActive(job)).slice(0, shownEnded);
  const failed = ended.some((job) => job.state === 'failed' && job.finishedAt !== null && Date.parse(job.finishedAt) > seenAt);
  const [first] = active;
  const share = first === undefined ? null : jobShare(first);
  const label = first === undefined ? (failed ? 'A job failed' : 'Jobs') : active.length > 1 ? countOf(active.length, 'job') : jobName(first);
  return (
    <Popover
      label="Jobs"
      onOpenChange={(open) => {
        if (!open) setSeenAt(Date.now());
      }}
      trigger={
        <button type="button" className="inline-flex h-8 items-center gap-2 rounded-md px-2 text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-pressed max-md:h-10 max-md:min-w-10 max-md:justify-center">
          {first !== undefined ? (
            <LoaderCircle aria-hidden className="size-4 animate-spin text-accent" />
          ) : failed ? (
            <OctagonAlert aria-hidden className="size-4 text-danger" />
          ) : (
            <Activity aria-hidden className="size-4" />
          )}
          <span className={cn('max-md:sr-only', first !== undefined && 'text-ink')}>{label}</span>
          {share !== null && <span className="max-md:sr-only">{formatPercent(share)}</span>}
        </button>
      }
      className="w-96"
    >
      {error !== null && <ProblemNote error={error} onRetry={() => void refetch()} className="m-2" />}
      {active.length + ended.length === 0 && error === null && <p className="px-3 py-4 text-muted">No job has run yet. Imports, extractions, scores and exports appear here.</p>}
      <ul className="divide-y divide-line">
        {[...active, ...ended].map((job) => (
          <JobRow key={job.id} job={job} projectId={projectId} mayAct={mayAct} />
        ))}
      </ul>
    </Popover>
  );
}
