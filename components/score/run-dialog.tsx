'use client';

import { Play } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { describeEvaluator, evaluatorIds, isEvaluatorId, type EvaluatorId } from '@/lib/anomaly/evaluators/registry';
import type { FeatureSet } from '@/lib/api/contracts/features';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { runParametersSchema, type RunParameters } from '@/lib/api/contracts/runs';
import { countOf, formatCount } from '@/lib/figures/format';
import { stagePath } from '../frame/stages';
import { useStartRuns } from '../jobs/use-start';
import { Button, buttonClass } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field, InputField } from '../ui/field';
import { ProblemNote } from '../ui/problem';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';
import { useFeatureSets } from './use-runs';

type Preset = 'paper' | 'released';

type RunDialogProps = { projectId: string; overview: ProjectOverview | undefined; open: boolean; onOpenChange: (open: boolean) => void };

/** Why a run cannot start, or what to know before it does. */
function obstacle(overview: ProjectOverview | undefined, sets: readonly FeatureSet[] | undefined): { blocks: boolean; text: string } | null {
  if (!overview || !sets) return null;
  if (!sets.some((set) => set.state === 'ready')) return { blocks: true, text: 'There is no feature set yet. Scores are computed from features: extract them first.' };
  if (overview.samples.normal < 2) return { blocks: true, text: 'EAP needs at least two normals to measure density by.' };
  if (overview.samples.auxiliary === 0) return { blocks: true, text: 'There is no auxiliary sample to score.' };
  if (overview.samples.anomaly === 0) return { blocks: false, text: 'There is no real anomaly. EAP runs, but its detector knows no defect: probabilities come from the normals alone.' };
  return null;
}

/** What the dialog holds until it is run. */
function useRunForm(projectId: string, overview: ProjectOverview | undefined) {
  const { data: sets, error } = useFeatureSets(projectId);
  const [evaluator, setEvaluator] = useState<EvaluatorId>('EAP');
  const [preset, setPreset] = useState<Preset>('paper');
  const [chosenSet, setChosenSet] = useState<string | null>(null);
  const [advanced, setAdvanced] = useState<AdvancedText>({});
  const ready = (sets ?? []).filter((set) => set.state === 'ready');
  const featureSet = ready.find((set) => set.id === chosenSet) ?? ready.find((set) => set.id === overview?.latestFeatureSetId) ?? ready[0];
  const note = obstacle(overview, sets);
  const parsed = parametersOf(evaluator === 'EAP' ? advanced : { seed: advanced.seed ?? '' });
  return { evaluator, setEvaluator, preset, setPreset, setChosenSet, advanced, setAdvanced, ready, featureSet, note, parsed, error, startable: featureSet !== undefined && note?.blocks !== true && parsed.invalid === null };
}

/** Evaluator, feature set, preset; everything else is folded away. One press runs the defaults. */
export function RunDialog({ projectId, overview, open, onOpenChange }: RunDialogProps) {
  const form = useRunForm(projectId, overview);
  const { evaluator, featureSet, note, parsed } = form;
  const start = useStartRuns(projectId);
  const run = () => {
    if (featureSet) start.mutate({ featureSetId: featureSet.id, seed: parsed.seed, runs: [{ evaluator, preset: form.preset, parameters: parsed.parameters }] }, { onSuccess: () => onOpenChange(false) });
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New score run"
      description="Runs never overwrite one another: each keeps its parameters, seed and features."
      footer={
        <>
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
        <Field label="Evaluator" hint={describeEvaluator(evaluator).description}>
          {(control) => (
            <Select {...control} value={evaluator} onChange={(id) => isEvaluatorId(id) && form.setEvaluator(id)} options={evaluatorIds.map((id) => ({ value: id, label: describeEvaluator(id).name }))} />
          )}
        </Field>
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
        {evaluator === 'EAP' && <PresetChoice preset={form.preset} onPreset={form.setPreset} />}
        <Advanced evaluator={evaluator} text={form.advanced} onText={form.setAdvanced} invalid={parsed.invalid} />
        {form.error && <ProblemNote error={form.error} />}
        {start.error && <ProblemNote error={start.error} />}
      </div>
    </Dialog>
  );
}

const presetHints: Record<Preset, string> = {
  paper: 'As the article states it: one pass, all training samples are centres.',
  released: 'As the authors’ program runs: mean over 100 training subsets, normals as centres. Slower; gives a spread.',
};

function PresetChoice({ preset, onPreset }: { preset: Preset; onPreset: (preset: Preset) => void }) {
  return (
    <div className="flex flex-col items-start gap-1">
      <span className="text-small font-medium">Preset</span>
      <Segmented label="Preset" value={preset} onChange={onPreset} options={[{ value: 'paper', label: 'Paper' }, { value: 'released', label: 'Released program' }]} />
      <p className="text-small text-muted">{presetHints[preset]}</p>
    </div>
  );
}

const numberFields = [
  { key: 'kFloor', label: 'Floor of k', hint: 'Smallest k that the search for k-hat may give.' },
  { key: 'ssdoK', label: 'Detector neighbours', hint: 'k of SSDO.' },
  { key: 'subsets', label: 'Subsets', hint: '0: one pass. Otherwise the mean over so many.' },
  { key: 'trees', label: 'Trees', hint: 'Trees of the isolation forest.' },
] as const;
const choiceFields = [
  { key: 'centres', label: 'Centres', values: ['all', 'normals'] },
  { key: 'boundary', label: 'Sphere boundary', values: ['closed', 'open'] },
  { key: 'lambdaPercentile', label: 'Percentile of lambda', values: ['exact', 'integer'] },
] as const;

type AdvancedKey = (typeof numberFields)[number]['key'] | (typeof choiceFields)[number]['key'] | 'seed';
type AdvancedText = Readonly<Partial<Record<AdvancedKey, string>>>;

/** What was typed, as parameters; what is empty comes from the preset. */
function parametersOf({ seed, ...text }: AdvancedText): { parameters: RunParameters; seed: number; invalid: string | null } {
  const filled = Object.entries(text).filter(([, value]) => value !== '');
  const raw = Object.fromEntries(filled.map(([key, value]) => [key, numberFields.some((field) => field.key === key) ? Number(value) : value]));
  const parsed = runParametersSchema.safeParse(raw);
  const seedNumber = Number(seed ?? '');
  if (!Number.isSafeInteger(seedNumber) || seedNumber < 0) return { parameters: {}, seed: 0, invalid: 'The seed must be a whole number from 0 on.' };
  if (parsed.success) return { parameters: parsed.data, seed: seedNumber, invalid: null };
  const issue = parsed.error.issues[0];
  return { parameters: {}, seed: seedNumber, invalid: `${String(issue?.path[0] ?? 'A parameter')}: ${issue?.message ?? 'not valid'}` };
}

function Advanced({ evaluator, text, onText, invalid }: { evaluator: EvaluatorId; text: AdvancedText; onText: (text: AdvancedText) => void; invalid: string | null }) {
  const set = (key: AdvancedKey) => (value: string) => onText({ ...text, [key]: value });
  return (
    <details className="border-t border-line pt-3">
      <summary className="text-small font-medium text-muted hover:text-ink">Advanced</summary>
      <div className="mt-3 grid grid-cols-2 gap-3">
        <InputField label="Seed" inputMode="numeric" placeholder="0" value={text.seed ?? ''} onChange={(event) => set('seed')(event.target.value)} />
        {evaluator === 'EAP' && (
          <>
            {numberFields.map(({ key, label, hint }) => (
              <InputField key={key} label={label} hint={hint} inputMode="numeric" placeholder="preset" value={text[key] ?? ''} onChange={(event) => set(key)(event.target.value)} />
            ))}
            {choiceFields.map(({ key, label, values }) => (
              <Field key={key} label={label}>
                {(control) => <Select {...control} value={text[key] ?? ''} onChange={set(key)} options={[{ value: '', label: 'preset' }, ...values.map((value) => ({ value, label: value }))]} />}
              </Field>
            ))}
          </>
        )}
      </div>
      {invalid && (
        <p role="alert" className="mt-2 text-small text-danger">
          {invalid}
        </p>
      )}
    </details>
  );
}
