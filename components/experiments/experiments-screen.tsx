'use client';

import { FlaskConical, Plus } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import type { Experiment } from '@/lib/api/contracts/experiments';
import { formatDateTime } from '@/lib/figures/format';
import { StageLink } from '../frame/stage-link';
import { stagePath } from '../frame/stages';
import { useProjectOverview } from '../projects/use-projects';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Page } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { Skeleton } from '../ui/skeleton';
import { useUrlState } from '../ui/use-url-state';
import { doneShare, progressLine, settingsLine, stateWord } from './experiment-words';
import { NewExperiment } from './new-experiment';
import { isLive, useExperiments } from './use-experiments';

/** Address of an experiment. */
export function experimentPath(projectId: string, experimentId: string): string {
  return `${stagePath(projectId, 'experiments')}/${experimentId}`;
}

/** Experiments of a project: evaluators compared on labelled sets by the protocol of the EAP paper. */
export function ExperimentsScreen({ projectId }: { projectId: string }) {
  const { data: overview } = useProjectOverview(projectId);
  const { data: experiments } = useExperiments(projectId);
  const [params, setUrl] = useUrlState();
  const router = useRouter();
  const mayAct = overview?.role === 'lead';
  const button = mayAct ? (
    <Button variant="primary" icon={Plus} onClick={() => setUrl({ new: '1' })}>
      New experiment
    </Button>
  ) : null;
  return (
    <Page title="Experiments" summary="Which evaluator finds the good auxiliary samples, measured on labelled sets as in the EAP paper." actions={(experiments?.length ?? 0) > 0 ? button : undefined}>
      <ExperimentList projectId={projectId} empty={overview === undefined ? null : <NoExperiments projectId={projectId} button={button} />} />
      {mayAct && (
        <NewExperiment
          projectId={projectId}
          open={params.get('new') === '1'}
          onClose={() => setUrl({ new: null })}
          onStarted={(experimentId) => router.push(experimentPath(projectId, experimentId))}
        />
      )}
    </Page>
  );
}

function ExperimentList({ projectId, empty }: { projectId: string; empty: ReactNode }) {
  const { data, error, refetch, isFetching } = useExperiments(projectId);
  if (data === undefined) return error === null ? <Skeleton className="h-32" /> : <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} />;
  if (data.length === 0) return empty;
  return (
    <ul className="divide-y divide-line border-y border-line">
      {data.map((experiment) => (
        <ExperimentRow key={experiment.id} projectId={projectId} experiment={experiment} />
      ))}
    </ul>
  );
}

function ExperimentRow({ projectId, experiment }: { projectId: string; experiment: Experiment }) {
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 py-3">
      <div className="min-w-60 flex-1">
        <Link href={experimentPath(projectId, experiment.id)} className="font-medium hover:underline">
          {experiment.name}
        </Link>
        <p className="text-small text-muted">{settingsLine(experiment)}</p>
        <p className="text-small text-muted">
          {formatDateTime(experiment.createdAt)}
          {experiment.createdBy !== null && ` by ${experiment.createdBy}`}
        </p>
      </div>
      <div className="w-80 max-w-full">
        <p className="text-small">
          <span className="font-medium">{stateWord(experiment)}</span> <span className="text-muted">{progressLine(experiment)}</span>
        </p>
        {isLive(experiment) && <Progress value={doneShare(experiment)} label={`${experiment.name}: progress`} className="mt-1" />}
      </div>
    </li>
  );
}

function NoExperiments({ projectId, button }: { projectId: string; button: ReactNode }) {
  return (
    <EmptyState icon={FlaskConical} title="No experiment yet" action={button ?? <StageLink projectId={projectId} to="scores/evaluators">Compare evaluators on this project</StageLink>}>
      {button === null
        ? 'A lead of this project can start one.'
        : 'An experiment splits labelled sets, makes auxiliary samples of known quality out of them, and tells how well each evaluator ranks them. It needs two feature sets with real anomalies, from this project or others.'}
    </EmptyState>
  );
}
