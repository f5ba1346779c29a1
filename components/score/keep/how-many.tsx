'use client';

import { ChartSpline } from 'lucide-react';
import { useState } from 'react';
import type { KeepAnalysis } from '@/lib/api/contracts/keep';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { Run } from '@/lib/api/contracts/runs';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import { JobRow } from '../../jobs/job-row';
import { useJob } from '../../jobs/use-jobs';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/empty-state';
import { Section } from '../../ui/page';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import type { Cut } from '../cut/use-cut';
import { CurvesResult } from './curves-result';
import { CutPart } from './cut-part';
import { StartAnalysis } from './start-analysis';
import { useKeepFigures } from './use-keep';

type HowManyProps = { overview: ProjectOverview; runs: readonly Run[]; run: Run; cut: Cut; verdicts: VerdictColumns };

/** "How many should I keep?": the learning curves of the ranking and what a cut means by them. */
export function HowMany({ overview, runs, run, cut, verdicts }: HowManyProps) {
  const figures = useKeepFigures(overview.id, run, cut);
  const [anew, setAnew] = useState(false);
  const mayRun = overview.role === 'lead';
  const { analyses, analysis, error } = figures;
  if (error !== null) return <ProblemNote error={error} />;
  if (analyses === undefined) return <Skeleton className="h-96" />;
  const unfinished = unfinishedOf(analyses, run.id);
  const pending = unfinished?.state === 'pending';
  const start = (first: boolean) => <StartAnalysis projectId={overview.id} runs={runs} run={run} first={first} onStarted={() => setAnew(false)} />;
  return (
    <Section
      title="How many should I keep?"
      summary="Trains the detector with the best 0, 1, 2 … samples of each ranking and tests it on real samples that it has not seen."
      actions={analysis !== null && mayRun && !pending && <Button size="sm" aria-expanded={anew} onClick={() => setAnew(!anew)}>Compute anew</Button>}
    >
      <div className="flex flex-col gap-4">
        {unfinished && <Unfinished projectId={overview.id} analysis={unfinished} mayAct={mayRun} />}
        {analysis !== null && anew && start(false)}
        {analysis !== null && <CurvesResult figures={{ ...figures, analysis }} run={run} cut={cut} />}
        {analysis === null && !pending && <NoCurves mayRun={mayRun}>{start(true)}</NoCurves>}
        <CutPart overview={overview} run={run} cut={cut} verdicts={verdicts} figures={figures} />
      </div>
    </Section>
  );
}

/** The newest analysis of a run where it has no result: it runs, failed or was cancelled. */
function unfinishedOf(analyses: readonly KeepAnalysis[], runId: string): KeepAnalysis | null {
  const newest = analyses.find(({ runIds }) => runIds.includes(runId));
  return newest === undefined || newest.state === 'ready' ? null : newest;
}

function NoCurves({ mayRun, children }: { mayRun: boolean; children: React.ReactNode }) {
  return (
    <EmptyState icon={ChartSpline} title="No learning curves yet" className="max-w-xl" action={mayRun ? children : null}>
      {mayRun ? 'They show from which number of kept samples on a detector no longer gets better, and whether the ranking beats picking at random.' : 'A lead of this project can compute them. A cut can be set below all the same.'}
    </EmptyState>
  );
}

function Unfinished({ projectId, analysis: { state, jobId, error }, mayAct }: { projectId: string; analysis: KeepAnalysis; mayAct: boolean }) {
  const job = useJob(projectId, jobId);
  if (job !== undefined) {
    return (
      <ul className="max-w-xl rounded-md border border-line">
        <JobRow job={job} projectId={projectId} mayAct={mayAct} />
      </ul>
    );
  }
  if (state === 'pending') return <Skeleton className="h-16 max-w-xl" />;
  return <p className={state === 'failed' ? 'text-danger' : 'text-muted'}>{state === 'failed' ? `The learning curves could not be computed: ${error ?? 'nothing is known of the reason'}` : 'The computation of the learning curves was cancelled.'}</p>;
}
