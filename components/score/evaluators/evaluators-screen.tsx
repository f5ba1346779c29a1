'use client';

import { Gauge } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import { countOf } from '@/lib/figures/format';
import { comparedRuns } from '@/lib/figures/run-comparison';
import { useProjectOverview } from '../../projects/use-projects';
import { buttonClass } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Page } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { useUrlState, type UrlChange } from '../../ui/use-url-state';
import { RunSwitcher } from '../run-switcher';
import { scoresPath } from '../score-tabs';
import { chosenRun, useRuns } from '../use-runs';
import { EvaluatorParts } from './evaluator-parts';
import { PairSection } from './pair-section';
import { useComparison } from './use-comparison';

/** How the evaluators compare on the same samples, and any two runs with each other. */
export function EvaluatorsScreen({ projectId }: { projectId: string }) {
  const [params, setParams] = useUrlState();
  const runs = useRuns(projectId);
  const run = chosenRun(runs.data, params.get('run'));
  if (runs.error) return <ProblemNote className="m-4" error={runs.error} onRetry={() => void runs.refetch()} />;
  if (!runs.data) return <Skeleton className="m-6 h-96" />;
  if (run === null) return <NoRun projectId={projectId} />;
  return <Comparison projectId={projectId} runs={runs.data} run={run} params={params} onParams={setParams} />;
}

type ComparisonProps = { projectId: string; runs: readonly Run[]; run: Run; params: URLSearchParams; onParams: (change: UrlChange) => void };

function Comparison({ projectId, runs, run, params, onParams }: ComparisonProps) {
  const { data: overview } = useProjectOverview(projectId);
  const lines = useMemo(() => comparedRuns(runs, run), [runs, run]);
  const comparison = useComparison(projectId, lines);
  const stem = overview?.name ?? 'project';
  return (
    <Page
      title="Evaluators"
      summary={`${countOf(lines.length, 'run')} on the features of ${run.modelName}, seed ${seedsOf(lines.map((line) => line.run))}: of each evaluator the newest ready one, in each manner it was run.`}
    >
      <RunSwitcher runs={runs} run={run} onRun={(runId) => onParams({ run: runId })} />
      <EvaluatorParts projectId={projectId} comparison={comparison} lines={lines} run={run} stem={stem} onRun={(runId) => onParams({ run: runId })} />
      <PairSection projectId={projectId} runs={runs} run={run} agreement={comparison.agreement} chosen={{ a: params.get('a'), b: params.get('b') }} onChoose={onParams} stem={stem} />
    </Page>
  );
}

function seedsOf(runs: readonly Run[]): string {
  return [...new Set(runs.map(({ seed }) => seed))].toSorted((a, b) => a - b).join(', ');
}

function NoRun({ projectId }: { projectId: string }) {
  return (
    <EmptyState
      icon={Gauge}
      title="Nothing to compare yet"
      action={
        <Link href={scoresPath(projectId, null)} className={buttonClass('primary')}>
          Go to the ranking
        </Link>
      }
    >
      Evaluators are compared by their runs, and no run is ready.
    </EmptyState>
  );
}
