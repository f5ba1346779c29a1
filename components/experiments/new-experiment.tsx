'use client';

import { Play } from 'lucide-react';
import { useId, useState } from 'react';
import { evaluatorIds, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import type { ExperimentCandidate } from '@/lib/api/contracts/experiments';
import { aboutDuration } from '@/lib/figures/estimate';
import { checkForm, emptyForm, fastEvaluators, type CheckedForm, type ExperimentForm } from '@/lib/figures/experiments/form';
import { curveSeconds, evaluatorSetSeconds, valuationSeconds } from '@/lib/figures/experiments/plan';
import { evaluatorName } from '@/lib/figures/evaluator-name';
import { formatCount } from '@/lib/figures/format';
import { EvaluatorList } from '../score/evaluator-list';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { InputField } from '../ui/field';
import { ProblemNote } from '../ui/problem';
import { Segmented } from '../ui/segmented';
import { Sheet } from '../ui/sheet';
import { Skeleton } from '../ui/skeleton';
import { SetChoice } from './set-choice';
import { useExperimentCandidates, useStartExperiment } from './use-experiments';

type NewExperimentProps = { projectId: string; open: boolean; onClose: () => void; onStarted: (experimentId: string) => void };

/** Sets, evaluators and settings of a new experiment, with how long it will take. */
export function NewExperiment({ projectId, open, onClose, onStarted }: NewExperimentProps) {
  const { data: candidates, error, refetch } = useExperimentCandidates(projectId, open);
  const [form, setForm] = useState<ExperimentForm>(emptyForm);
  const [tried, setTried] = useState(false);
  const formId = useId();
  const start = useStartExperiment(projectId);
  const checked = checkForm(form, projectId, candidates ?? []);
  const submit = () => {
    setTried(true);
    if (checked.input === null) return;
    start.mutate(checked.input, { onSuccess: ({ id }) => onStarted(id) });
  };
  return (
    <Sheet
      open={open}
      onOpenChange={(next) => !next && onClose()}
      title="New experiment"
      description="Every set is split once per seed; every evaluator ranks the same auxiliary samples."
      width="lg"
      footer={
        <>
          <Estimate form={form} checked={checked} candidates={candidates ?? []} />
          <Button variant="primary" icon={Play} busy={start.isPending} disabled={candidates === undefined} type="submit" form={formId}>
            Start
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-5 p-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {error !== null && <ProblemNote title="The feature sets could not be read" error={error} onRetry={() => void refetch()} />}
        {candidates === undefined ? error === null && <Skeleton className="h-72" /> : <FormFields form={form} onForm={setForm} checked={checked} tried={tried} candidates={candidates} />}
        {start.error !== null && <ProblemNote title="The experiment could not be started" error={start.error} />}
      </form>
    </Sheet>
  );
}

/** Chosen sets with their sizes and the kind that was chosen for each. */
function plannedSets(form: ExperimentForm, candidates: readonly ExperimentCandidate[]) {
  return candidates.flatMap((candidate) => {
    const kind = form.sets.get(candidate.featureSetId);
    return kind === undefined ? [] : [{ ...candidate, kind }];
  });
}

function Estimate({ form, checked, candidates }: { form: ExperimentForm; checked: CheckedForm; candidates: readonly ExperimentCandidate[] }) {
  const sets = plannedSets(form, candidates);
  const { settings } = checked;
  const text =
    settings === null || sets.length === 0
      ? 'Choose sets and evaluators to see how long it takes.'
      : `${formatCount(sets.length * settings.seeds)} cells, ${aboutDuration(valuationSeconds(sets, settings) + curveSeconds(sets, settings))} of one core`;
  return (
    <p role="status" className="mr-auto text-small text-muted">
      {text}
    </p>
  );
}

type FieldsProps = { form: ExperimentForm; onForm: (form: ExperimentForm) => void; checked: CheckedForm; tried: boolean; candidates: readonly ExperimentCandidate[] };

function FormFields({ form, onForm, checked, tried, candidates }: FieldsProps) {
  const problems = tried ? checked.problems : {};
  const set = (part: Partial<ExperimentForm>) => onForm({ ...form, ...part });
  return (
    <>
      <InputField label="Name" value={form.name} onChange={(event) => set({ name: event.target.value })} error={problems.name} maxLength={120} autoComplete="off" />
      <SetChoice candidates={candidates} chosen={form.sets} split={form.split} error={problems.sets} onChange={(sets) => set({ sets })} />
      <EvaluatorFields form={form} checked={checked} candidates={candidates} error={problems.evaluators} onEvaluators={(evaluators) => set({ evaluators })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <InputField label="Seeds" inputMode="numeric" value={form.seeds} onChange={(event) => set({ seeds: event.target.value })} error={problems.seeds} hint="Splits per set; the paper uses 10." />
        <Choice label="Mode" hint={modeHint()} value={form.mode} onChange={(mode) => set({ mode })} options={[{ value: 'fast', label: 'Fast' }, { value: 'exact', label: 'Exact' }]} />
        <Choice
          label="Split"
          hint={form.split === 'paper' ? 'As the paper states it.' : 'With the bounds of the authors’ released program.'}
          value={form.split}
          onChange={(split) => set({ split })}
          options={[{ value: 'paper', label: 'Paper' }, { value: 'released', label: 'Released program' }]}
        />
        <Choice
          label="Curve points"
          hint={form.curvePoints === 'exact' ? 'A downstream model after every added sample: many times slower.' : 'Points per direction of a learning curve.'}
          value={form.curvePoints}
          onChange={(curvePoints) => set({ curvePoints })}
          options={[{ value: '9', label: '9' }, { value: 'exact', label: 'Exact' }]}
        />
      </div>
      <div>
        <Checkbox checked={form.priorSensitivity} onChange={(priorSensitivity) => set({ priorSensitivity })} label="Prior sensitivity: EAP with six other priors alpha0" />
        {problems.prior !== undefined && (
          <p role="alert" className="text-small text-danger">
            {problems.prior}
          </p>
        )}
      </div>
    </>
  );
}

function modeHint(): string {
  return `Fast: ${fastEvaluators().map(evaluatorName).join(', ')} take short cuts. Exact: all as defined, much slower.`;
}

type ChoiceProps<T extends string> = { label: string; hint: string; value: T; onChange: (value: T) => void; options: readonly { value: T; label: string }[] };

function Choice<T extends string>({ label, hint, ...control }: ChoiceProps<T>) {
  return (
    <div className="flex flex-col items-start gap-1">
      <span className="text-small font-medium">{label}</span>
      <Segmented label={label} {...control} />
      <p className="text-small text-muted">{hint}</p>
    </div>
  );
}

type EvaluatorFieldsProps = { form: ExperimentForm; checked: CheckedForm; candidates: readonly ExperimentCandidate[]; error: string | undefined; onEvaluators: (evaluators: readonly EvaluatorId[]) => void };

function EvaluatorFields({ form, checked, candidates, error, onEvaluators }: EvaluatorFieldsProps) {
  const sets = plannedSets(form, candidates);
  const { settings } = checked;
  const note = (id: EvaluatorId) => (settings === null || sets.length === 0 ? null : aboutDuration(evaluatorSetSeconds(id, sets, settings)));
  return (
    <section aria-label="Evaluators">
      <div className="mb-1 flex items-center gap-2">
        <h3 className="flex-1 text-small font-medium">
          Evaluators <span className="font-normal text-muted">{formatCount(form.evaluators.length)} chosen</span>
        </h3>
        <Button size="sm" variant="ghost" disabled={form.evaluators.length === evaluatorIds.length} onClick={() => onEvaluators(evaluatorIds)}>
          All
        </Button>
        <Button size="sm" variant="ghost" disabled={form.evaluators.length === 0} onClick={() => onEvaluators([])}>
          None
        </Button>
      </div>
      <EvaluatorList brief chosen={form.evaluators} onChange={onEvaluators} note={note} />
      {error !== undefined && (
        <p role="alert" className="mt-1 text-small text-danger">
          {error}
        </p>
      )}
    </section>
  );
}
