'use client';

import { Gauge, Lock } from 'lucide-react';
import Link from 'next/link';
import { useCallback } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { Run } from '@/lib/api/contracts/runs';
import type { ScoreTable } from '@/lib/figures/score-table';
import type { ViewState } from '@/lib/figures/view-state';
import { StageLink } from '../../frame/stage-link';
import { useDecisions } from '../../review/use-decisions';
import { useKeyBindings, useKeymap } from '../../review/use-keymap';
import { useUndo } from '../../review/use-undo';
import { buttonClass } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Page } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { useCut } from '../cut/use-cut';
import { RunSwitcher } from '../run-switcher';
import { scoresPath } from '../score-tabs';
import { useVerdicts } from '../use-ranking';
import { useScoredRun } from '../use-scored-run';
import { useViewState, type ChangeView } from '../use-view-state';
import { DiversePart } from './diverse-part';
import { HowMany } from './how-many';

/** Keep: how many of the best samples are worth keeping, and which of them are not near copies of one another. */
export function KeepScreen({ projectId, address }: { projectId: string; address: string }) {
  const [view, onView] = useViewState(address);
  const scored = useScoredRun(projectId, view.run);
  const { runs, run } = scored;
  return (
    <Page title="Keep" summary="How many of the best samples are worth keeping, and which of them say something new.">
      <RunSwitcher runs={runs} run={run} onRun={(id) => onView({ run: id })} />
      <Content scored={scored} view={view} onView={onView} />
    </Page>
  );
}

type ContentProps = { scored: ReturnType<typeof useScoredRun>; view: ViewState; onView: ChangeView };

function Content({ scored: { overview, runs, run, table, error, none, retry }, view, onView }: ContentProps) {
  if (error) return <ProblemNote error={error} onRetry={retry} />;
  if (overview === undefined) return <Skeleton className="h-96" />;
  if (overview.isPrivate) return <NotHere projectId={overview.id} />;
  if (none) return <NoRun projectId={overview.id} />;
  if (!runs || !run || !table) return <Skeleton className="h-96" />;
  return <Parts key={run.id} overview={overview} runs={runs} run={run} table={table} view={view} onView={onView} />;
}

function NotHere({ projectId }: { projectId: string }) {
  return (
    <EmptyState icon={Lock} title="The server computes nothing for this project" action={<StageLink projectId={projectId} to="scores">Go to the ranking</StageLink>}>
      Learning curves and diverse choices are computed on the server from the vectors of all samples, and of a private project the server computes nothing. The cut line of the ranking works here too.
    </EmptyState>
  );
}

function NoRun({ projectId }: { projectId: string }) {
  return (
    <EmptyState
      icon={Gauge}
      title="Scores are needed first"
      action={
        <Link href={scoresPath(projectId, null)} className={buttonClass('primary')}>
          Go to the ranking
        </Link>
      }
    >
      How many to keep is asked of a ranking, and there is none yet.
    </EmptyState>
  );
}

type PartsProps = { overview: ProjectOverview; runs: readonly Run[]; run: Run; table: ScoreTable; view: ViewState; onView: ChangeView };

function Parts({ overview, runs, run, table, view, onView }: PartsProps) {
  const decisions = useDecisions(overview.id);
  const verdicts = useVerdicts(table, decisions);
  const setKeep = useCallback((keep: number | null) => onView({ keep }), [onView]);
  const cut = useCut(table, view.keep, setKeep);
  const bindings = useKeyBindings();
  const takeBack = useUndo(decisions.store);
  useKeymap({ bindings, painted: true, choosingReason: false, actions: { undo: () => void takeBack() } });
  if (cut.total === 0) return <p className="text-muted">This run scored no auxiliary sample.</p>;
  return (
    <>
      {decisions.error && <ProblemNote title="Decisions could not be read" error={decisions.error} onRetry={() => void decisions.retry()} />}
      <HowMany overview={overview} runs={runs} run={run} cut={cut} verdicts={verdicts} />
      <DiversePart overview={overview} run={run} cut={cut} verdicts={verdicts} />
    </>
  );
}
