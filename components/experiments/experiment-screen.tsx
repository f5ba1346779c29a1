'use client';

import { FlaskConical, RotateCw, X } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useMemo, useRef } from 'react';
import type { Experiment } from '@/lib/api/contracts/experiments';
import { judgedResults } from '@/lib/figures/experiments/results';
import { countOf, formatDateTime } from '@/lib/figures/format';
import { StageLink } from '../frame/stage-link';
import { stagePath } from '../frame/stages';
import { useCancelJob, useRetryJob } from '../jobs/use-jobs';
import { useProjectOverview } from '../projects/use-projects';
import { useAnnounce } from '../ui/announcer';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Page } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { Skeleton } from '../ui/skeleton';
import { doneShare, progressLine, settingsLine, stateWord } from './experiment-words';
import { ExperimentParts } from './experiment-parts';
import { isLive, useExperiment, useExperimentResults, useRefreshExperiment } from './use-experiments';

/** One experiment: how far it is, and everything that its results tell so far. */
export function ExperimentScreen({ projectId, experimentId }: { projectId: string; experimentId: string }) {
  const { data: experiment, error, refetch, isFetching } = useExperiment(projectId, experimentId);
  if (experiment === undefined) {
    return <Page title="Experiment">{error === null ? <Skeleton className="h-64" /> : <ProblemNote error={error} onRetry={() => void refetch()} busy={isFetching} action={<AllExperiments projectId={projectId} />} />}</Page>;
  }
  return <ShownExperiment projectId={projectId} experiment={experiment} />;
}

function AllExperiments({ projectId }: { projectId: string }) {
  return (
    <Link href={stagePath(projectId, 'experiments')} className={buttonClass()}>
      All experiments
    </Link>
  );
}

function ShownExperiment({ projectId, experiment }: { projectId: string; experiment: Experiment }) {
  const { data, error, refetch, isFetching } = useExperimentResults(projectId, experiment);
  const results = useMemo(() => judgedResults(data ?? [], experiment.sets), [data, experiment.sets]);
  useToldEnd(experiment);
  const { name, createdAt, createdBy, codeVersion } = experiment;
  return (
    <Page
      title={name}
      summary={
        <>
          <p>{settingsLine(experiment)}</p>
          <p className="text-small">
            {formatDateTime(createdAt)}
            {createdBy !== null && ` by ${createdBy}`} · version {codeVersion}
          </p>
        </>
      }
      actions={
        <>
          <JobButtons projectId={projectId} experiment={experiment} />
          <AllExperiments projectId={projectId} />
        </>
      }
    >
      <ExperimentProgress experiment={experiment} />
      {error !== null && <ProblemNote title="The results could not be read" error={error} onRetry={() => void refetch()} busy={isFetching} />}
      {results.length > 0 ? <ExperimentParts projectId={projectId} experiment={experiment} results={results} /> : <NoResults experiment={experiment} loading={data === undefined && experiment.cells.ready > 0 && error === null} />}
    </Page>
  );
}

/** A screen reader hears when the experiment ends. */
function useToldEnd({ name, state, ...experiment }: Experiment): void {
  const announce = useAnnounce();
  const before = useRef(state);
  const sentence = `${name}: ${stateWord({ state }).toLowerCase()}, ${countOf(experiment.cells.ready, 'cell')} ready`;
  useEffect(() => {
    if (before.current === 'pending' && state !== 'pending') announce(sentence);
    before.current = state;
  }, [state, sentence, announce]);
}

function JobButtons({ projectId, experiment }: { projectId: string; experiment: Experiment }) {
  const { data: overview } = useProjectOverview(projectId);
  const cancel = useCancelJob(projectId);
  const retry = useRetryJob(projectId);
  const { jobId, cells } = experiment;
  const refresh = useRefreshExperiment(projectId, experiment.id);
  const failure = cancel.error ?? retry.error;
  const tryAgain = (id: string) => {
    cancel.reset();
    retry.mutate(id, { onSuccess: refresh });
  };
  if (overview?.role !== 'lead' || jobId === null) return null;
  const live = isLive(experiment);
  const again = !live && cells.failed + cells.cancelled > 0;
  return (
    <>
      {live && (
        <Button icon={X} busy={cancel.isPending} disabled={cancel.isSuccess} onClick={() => cancel.mutate(jobId)}>
          {cancel.isSuccess ? 'Stopping' : 'Cancel'}
        </Button>
      )}
      {again && (
        <Button variant="primary" icon={RotateCw} busy={retry.isPending} onClick={() => tryAgain(jobId)}>
          Try the missing cells again
        </Button>
      )}
      {failure !== null && <ProblemNote error={failure} className="w-full" />}
    </>
  );
}

function ExperimentProgress({ experiment }: { experiment: Experiment }) {
  const { failures } = experiment;
  return (
    <section aria-label="Progress" className="flex flex-col gap-1">
      <p>
        <span className="font-medium">{stateWord(experiment)}</span> <span className="text-muted">{progressLine(experiment)}</span>
      </p>
      <Progress value={doneShare(experiment)} label="Cells" tone={isLive(experiment) ? 'accent' : 'muted'} />
      {failures.length > 0 && (
        <details className="mt-1">
          <summary className="text-danger">{failureLine(experiment)}</summary>
          <ul className="mt-1 flex flex-col gap-1 text-small">
            {failures.map(({ setName, seed, code, message }) => (
              <li key={`${setName} ${seed} ${message}`}>
                <span className="font-medium">
                  {setName}, seed {seed}
                </span>{' '}
                {message} <span className="font-mono text-tiny text-muted">{code}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

/** "2 cells failed, 3 valuations were refused". */
function failureLine({ cells, failures }: Experiment): string {
  const refused = failures.length - cells.failed;
  const parts = [cells.failed > 0 ? `${countOf(cells.failed, 'cell')} failed` : null, refused > 0 ? `${countOf(refused, 'valuation')} could not be made` : null];
  return parts.filter((part) => part !== null).join(', ');
}

function NoResults({ experiment, loading }: { experiment: Experiment; loading: boolean }) {
  if (loading) return <Skeleton className="h-64" />;
  if (isLive(experiment)) {
    return (
      <EmptyState icon={FlaskConical} title="The first cell is being computed" action={null}>
        Tables and figures appear as cells finish; this page can be left.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={FlaskConical} title="No results" action={<StageLink projectId={experiment.projectId} to="experiments?new=1">Start another experiment</StageLink>}>
      {experiment.state === 'cancelled' ? 'It was cancelled before a cell was ready. Try the missing cells again, or start another experiment.' : 'No cell could be computed; the reasons stand above. Correct the sets and start another experiment.'}
    </EmptyState>
  );
}
