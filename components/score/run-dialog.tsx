'use client';

import { Play } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { EvaluationSize } from '@/lib/anomaly/evaluators/evaluator';
import type { EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import type { FeatureSet } from '@/lib/api/contracts/features';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { aboutDuration, evaluatorSeconds } from '@/lib/figures/estimate';
import { countOf, formatCount } from '@/lib/figures/format';
import { chosenRuns, parametersOfRun, proposedEvaluators, type ChosenRuns, type RunChoice } from '@/lib/figures/run-choice';
import { stagePath } from '../frame/stages';
import { useStartRuns } from '../jobs/use-start';
import { Button, buttonClass } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { ProblemNote } from '../ui/problem';
import { Select } from '../ui/select';
import { EvaluatorList } from './evaluator-list';
import { RunOptions } from './run-options';
import { useFeatureSets } from './use-runs';

type RunDialogProps = { projectId: string; overview: ProjectOverview | undefined; open: boolean; onOpenChange: (open: boolean) => void };

/** Why a run cannot start, or what to know before it does. */
function obstacle(overview: ProjectOverview | undefined, sets: readonly FeatureSet[] | undefined): { blocks: boolean; text: string } | null {
  if (!overview || !sets) return null;
  if (!sets.some((set) => set.state === 'ready')) return { blocks: true, text: 'There is no feature set yet. Scores are computed from features: extract them first.' };
  if (overview.samples.normal < 2) return { blocks: true, text: 'Scores need at least two normals to measure by.' };
  if (overview.samples.auxiliary === 0) return { blocks: true, text: 'There is no auxiliary sample to score.' };
  if (overview.samples.anomaly === 0) return { blocks: false, text: 'There is no real anomaly. EAP runs, but its detector knows no defect: probabilities come from the normals alone. Evaluators that need one, such as CAP, will fail.' };
  return null;
}

const atFirst: Omit<RunChoice, 'evaluators'> = { preset: 'paper', mode: 'default', asReleased: false, advanced: {}, seed: '0' };

/** What the dialog holds until it is run. */
function useRunForm(projectId: string, overview: ProjectOverview | undefined) {
  const { data: sets, error } = useFeatureSets(projectId);
  const [changed, setChanged] = useState<Partial<RunChoice>>({});
  const [chosenSet, setChosenSet] = useState<string | null>(null);
  const proposed = proposedEvaluators({ images: overview?.kind === 'image', anomalies: overview?.samples.anomaly ?? 0 });
  const choice: RunChoice = { ...atFirst, evaluators: proposed, ...changed };
  const ready = (sets ?? []).filter((set) => set.state === 'ready');
  const featureSet = ready.find((set) => set.id === chosenSet) ?? ready.find((set) => set.id === overview?.latestFeatureSetId) ?? ready[0];
  const note = obstacle(overview, sets);
  const chosen = chosenRuns(choice);
  return {
    choice,
    change: (part: Partial<RunChoice>) => setChanged((last) => ({ ...last, ...part })),
    setChosenSet,
    ready,
    featureSet,
    note,
    chosen,
    error,
    startable: featureSet !== undefined && note?.blocks !== true && chosen.invalid === null,
  };
}

/** Size of the runs by what the project holds; null while it is not known. */
function sizeOf(overview: ProjectOverview | undefined, featureSet: FeatureSet | undefined): EvaluationSize | null {
  if (overview === undefined || featureSet === undefined) return null;
  const { normal, anomaly, auxiliary } = overview.samples;
  return { rows: normal + anomaly, anomalies: anomaly, auxiliary, columns: featureSet.dim };
}

/** Evaluators, feature set, and how they run; everything else is folded away. One press runs the defaults. */
export function RunDialog({ projectId, overview, open, onOpenChange }: RunDialogProps) {
  const form = useRunForm(projectId, overview);
  const { choice, change, featureSet, note, chosen } = form;
  const start = useStartRuns(projectId);
  const size = sizeOf(overview, featureSet);
  const run = () => {
    if (featureSet) start.mutate({ featureSetId: featureSet.id, seed: chosen.seed, runs: chosen.runs }, { onSuccess: () => onOpenChange(false) });
  };
  const secondsOf = (id: EvaluatorId) => (size === null ? null : aboutDuration(evaluatorSeconds(id, size, parametersOfRun(id, choice))));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="lg"
      title="New score run"
      description="Runs never overwrite one another: each keeps its parameters, seed and features."
      footer={
        <>
          <TotalTime chosen={chosen} choice={choice} size={size} />
          {form.ready.length === 0 && (
            <Link href={stagePath(projectId, 'features')} className={buttonClass()}>
              Go to features
            </Link>
          )}
          <Button variant="primary" icon={Play} busy={start.isPending} disabled={!form.startable} onClick={run}>
            Run
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {note && (
          <p role="status" className="rounded-md bg-warning-surface px-3 py-2">
            {note.text}
          </p>
        )}
        <Field label="Feature set" hint={featureSet && featureSet.missing > 0 ? `${countOf(featureSet.missing, 'sample')} of the project are not in it and get no score.` : undefined}>
          {(control) => (
            <Select
              {...control}
              value={featureSet?.id ?? ''}
              onChange={form.setChosenSet}
              options={form.ready.map((set) => ({ value: set.id, label: `${set.modelName} · ${formatCount(set.count)} samples · ${set.dim} dimensions` }))}
            />
          )}
        </Field>
        <section aria-label="Evaluators">
          <h3 className="mb-1 text-small font-medium">Evaluators</h3>
          <EvaluatorList chosen={choice.evaluators} onChange={(evaluators) => change({ evaluators })} note={secondsOf} />
        </section>
        <RunOptions choice={choice} onChange={change} invalid={chosen.invalid} />
        {overview?.isPrivate === true && <p className="text-small text-muted">This browser computes the runs, one after another; keep the tab open until they are done. You may go on working in it.</p>}
        {form.error && <ProblemNote error={form.error} />}
        {start.error && <ProblemNote error={start.error} />}
      </div>
    </Dialog>
  );
}

function TotalTime({ chosen, choice, size }: { chosen: ChosenRuns; choice: RunChoice; size: EvaluationSize | null }) {
  if (size === null || chosen.runs.length === 0) return null;
  const seconds = choice.evaluators.reduce((sum, id) => sum + evaluatorSeconds(id, size, parametersOfRun(id, choice)), 0);
  return (
    <p role="status" className="mr-auto self-center text-small text-muted">
      {countOf(chosen.runs.length, 'run')}, {aboutDuration(seconds)} of one core
    </p>
  );
}
