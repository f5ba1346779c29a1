'use client';

import { Flame, X } from 'lucide-react';
import type { FeatureSet } from '@/lib/api/contracts/features';
import type { Job } from '@/lib/api/contracts/jobs';
import { isActive, jobProgressLine, jobShare } from '../jobs/job-words';
import { useCancelJob, useJob } from '../jobs/use-jobs';
import { useProjectOverview } from '../projects/use-projects';
import { Button } from '../ui/button';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { heatMapsLine } from './heat-map-words';
import { useStartHeatMaps } from './use-start-heat-maps';

/** Heat maps of a feature set: made or not, how far, and the button that makes them. */
export function HeatMapsLine({ set, projectId, mayAct }: { set: FeatureSet; projectId: string; mayAct: boolean }) {
  const { data: overview } = useProjectOverview(projectId);
  const job = useJob(projectId, set.patches?.jobId ?? null);
  if (set.state !== 'ready' || set.given || overview === undefined) return null;
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      {job !== undefined && isActive(job) ? (
        <RunningMaps job={job} projectId={projectId} mayAct={mayAct} />
      ) : (
        <IdleMaps set={set} projectId={projectId} mayAct={mayAct} isPrivate={overview.isPrivate} reason={job?.error?.message ?? null} />
      )}
    </div>
  );
}

function IdleMaps({ set, projectId, mayAct, isPrivate, reason }: { set: FeatureSet; projectId: string; mayAct: boolean; isPrivate: boolean; reason: string | null }) {
  const start = useStartHeatMaps(projectId);
  const { line, verb } = heatMapsLine(set, isPrivate, reason);
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className={set.patches?.state === 'failed' ? 'text-danger' : 'text-muted'}>{line}</p>
        {mayAct && verb !== null && (
          <Button size="sm" icon={Flame} busy={start.isPending} onClick={() => start.mutate(set.id)}>
            {verb}
          </Button>
        )}
      </div>
      {start.error !== null && <ProblemNote error={start.error} />}
    </>
  );
}

function RunningMaps({ job, projectId, mayAct }: { job: Job; projectId: string; mayAct: boolean }) {
  const cancel = useCancelJob(projectId);
  return (
    <>
      <Progress value={job.state === 'queued' ? 0 : jobShare(job)} label="Heat maps" />
      <div className="flex items-center justify-between gap-2">
        <p className="text-small text-muted">Heat maps: {jobProgressLine(job)}</p>
        {mayAct && (
          <Button size="sm" variant="ghost" icon={X} busy={cancel.isPending} disabled={job.cancelRequested} onClick={() => cancel.mutate(job.id)}>
            Cancel
          </Button>
        )}
      </div>
      {cancel.error !== null && <ProblemNote error={cancel.error} />}
    </>
  );
}
