'use client';

import { Gauge, Play } from 'lucide-react';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import { runTitle } from '@/lib/figures/run-name';
import { StageLink } from '../frame/stage-link';
import { stagePath } from '../frame/stages';
import { jobProgressLine } from '../jobs/job-words';
import { useJob } from '../jobs/use-jobs';
import { useIsPrivate } from '../private/private-project';
import { Button, buttonClass } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { ProblemNote } from '../ui/problem';
import { Progress } from '../ui/progress';
import { Skeleton } from '../ui/skeleton';
import { useOpened } from '../ui/use-opened';
import { RunSwitcher } from './run-switcher';
import { fetchWhy, ScoresWorkspace } from './scores-workspace';
import { useScoredRun } from './use-scored-run';
import { useViewState } from './use-view-state';
import { ViewsMenu } from './views-menu';

const RunDialog = dynamic(() => import('./run-dialog').then((module) => module.RunDialog));
// Only browsers of private projects compute runs.
const RunsPanel = dynamic(() => import('../compute/compute-panel').then((module) => module.RunsPanel));

/** Scores: the ranking, one sample, and why. Says what is missing while there is no run. */
export function ScoresScreen({ projectId, address }: { projectId: string; address: string }) {
  const [view, onView] = useViewState(address);
  const [runOpen, setRunOpen] = useState(false);
  const runOpened = useOpened(runOpen);
  const isPrivate = useIsPrivate();
  const scored = useScoredRun(projectId, view.run);
  const { overview, runs, run, table, error, none, pending, retry } = scored;
  const mayRun = overview?.role === 'lead';
  const openRun = () => setRunOpen(true);
  useEffect(fetchWhy, []);
  return (
    <div className="flex h-full min-h-0 flex-col bg-surface">
      <h1 className="sr-only">Scores</h1>
      <RunSwitcher runs={runs} run={run} onRun={(id) => onView({ run: id })}>
        <ViewsMenu projectId={projectId} page="scores" onView={onView} />
        {mayRun && (
          <Button size="sm" icon={Play} onClick={openRun}>
            <span className="max-sm:sr-only">Run</span>
          </Button>
        )}
      </RunSwitcher>
      {isPrivate && <RunsPanel projectId={projectId} runs={runs} />}
      {error && <ProblemNote className="m-4" error={error} onRetry={retry} />}
      {run && table && <ScoresWorkspace key={run.id} projectId={projectId} overview={overview} run={run} table={table} view={view} onView={onView} />}
      {none && <NoRun projectId={projectId} mayRun={mayRun} pending={pending} runs={runs} hasFeatures={(overview?.featureSets ?? 0) > 0} onRun={openRun} />}
      {!table && !none && !error && <Loading />}
      {runOpened && <RunDialog projectId={projectId} overview={overview} open={runOpen} onOpenChange={setRunOpen} />}
    </div>
  );
}

type NoRunProps = { projectId: string; mayRun: boolean; pending: Run | null; runs: readonly Run[] | undefined; hasFeatures: boolean; onRun: () => void };

function NoRun({ projectId, mayRun, pending, runs, hasFeatures, onRun }: NoRunProps) {
  const job = useJob(projectId, pending?.jobId ?? null);
  const last = runs?.[0];
  if (pending?.jobId === null) {
    return (
      <EmptyState icon={Gauge} title="Scoring" action={null}>
        A browser computes the scores of a private project; how far it is stands above.
      </EmptyState>
    );
  }
  if (pending) {
    return (
      <EmptyState icon={Gauge} title="Scoring" action={null}>
        <p className="mb-3">{job ? jobProgressLine(job) : 'Waiting for a worker'}</p>
        <Progress value={job?.total ? job.done / job.total : null} label="Scoring" />
      </EmptyState>
    );
  }
  if (!hasFeatures) {
    return (
      <EmptyState
        icon={Gauge}
        title="No scores yet"
        action={
          <Link href={stagePath(projectId, 'features')} className={buttonClass('primary')}>
            Go to features
          </Link>
        }
      >
        Scores are computed from features, and there are none yet.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Gauge}
      title="No scores yet"
      action={
        mayRun ? (
          <Button variant="primary" icon={Play} onClick={onRun}>
            Score with EAP
          </Button>
        ) : (
          <StageLink projectId={projectId} to="samples">
            Look at the samples
          </StageLink>
        )
      }
    >
      {last?.error && <p className="mb-2 text-danger">{`The last run, ${runTitle(last)}, failed: ${last.error.message}`}</p>}
      {mayRun ? 'EAP tells for every auxiliary sample whether it is realistic, unrealistic or indistinguishable from a normal.' : 'A lead of this project can start a run.'}
    </EmptyState>
  );
}

function Loading() {
  return (
    <div className="grid flex-1 grid-cols-3 gap-3 p-3 max-md:grid-cols-1" aria-busy="true">
      <Skeleton className="h-full" />
      <Skeleton className="h-full max-md:hidden" />
      <Skeleton className="h-full max-md:hidden" />
    </div>
  );
}
