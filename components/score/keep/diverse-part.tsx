'use client';

import type { DiversePick } from '@/lib/api/contracts/keep';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { Run } from '@/lib/api/contracts/runs';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import { JobRow } from '../../jobs/job-row';
import { useJob } from '../../jobs/use-jobs';
import { Section } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { useUrlState } from '../../ui/use-url-state';
import type { Cut } from '../cut/use-cut';
import { PickForm } from './pick-form';
import { PickPreview } from './pick-preview';
import { useDiversePick, useDiversePicks } from './use-keep';

/** In the address: nothing is shown after a choice was discarded. */
const discarded = 'none';

type DiversePartProps = { overview: ProjectOverview; run: Run; cut: Cut; verdicts: VerdictColumns };

/** Chooses samples that are good and unlike one another, and shows them before anything is decided. */
export function DiversePart({ overview, run, cut, verdicts }: DiversePartProps) {
  const picks = useDiversePicks(overview.id);
  const [params, setUrl] = useUrlState();
  const wanted = params.get('pick');
  const own = (picks.data ?? []).filter(({ runId }) => runId === run.id);
  const shown = wanted === discarded ? undefined : (own.find(({ id }) => id === wanted) ?? own[0]);
  const mayPick = overview.role !== 'viewer';
  return (
    <Section title="Accept a diverse top" summary="The best samples are often near copies of one another. This picks good ones that are far apart in feature space, and shows them before anything is decided.">
      <div className="flex flex-col gap-4">
        {mayPick ? <PickForm projectId={overview.id} run={run} cut={cut} verdicts={verdicts} onStarted={(pick) => setUrl({ pick: pick.id })} /> : <p className="text-muted">Inspectors and leads of this project can pick.</p>}
        {picks.error !== null && <ProblemNote error={picks.error} onRetry={() => void picks.refetch()} />}
        {shown !== undefined && <Shown key={shown.id} projectId={overview.id} pick={shown} run={run} cut={cut} verdicts={verdicts} mayAct={mayPick} onDiscard={() => setUrl({ pick: discarded })} />}
      </div>
    </Section>
  );
}

type ShownProps = { projectId: string; pick: DiversePick; run: Run; cut: Cut; verdicts: VerdictColumns; mayAct: boolean; onDiscard: () => void };

function Shown({ pick, ...rest }: ShownProps) {
  const { projectId, mayAct } = rest;
  const job = useJob(projectId, pick.jobId);
  const detail = useDiversePick(projectId, pick.state === 'ready' ? pick.id : null);
  if (detail.error !== null) return <ProblemNote error={detail.error} onRetry={() => void detail.refetch()} />;
  if (detail.data?.summary) return <PickPreview pick={detail.data} summary={detail.data.summary} {...rest} />;
  if (pick.state === 'ready' || (pick.state === 'pending' && job === undefined)) return <Skeleton className="h-40" />;
  if (job !== undefined) {
    return (
      <ul className="max-w-xl rounded-md border border-line">
        <JobRow job={job} projectId={projectId} mayAct={mayAct} />
      </ul>
    );
  }
  return <p className="text-muted">{pick.state === 'failed' ? `Picking failed: ${pick.error ?? 'nothing is known of the reason'}` : 'Picking was cancelled.'}</p>;
}
