'use client';

import { describeEvaluator } from '@/lib/anomaly/evaluators/registry';
import { hasParameter } from '@/lib/figures/evaluator-groups';
import { fieldsOf, modesOf, type RunChoice, type RunPreset } from '@/lib/figures/run-choice';
import { Checkbox } from '../ui/checkbox';
import { Field, InputField } from '../ui/field';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';

type OptionsProps = { choice: RunChoice; onChange: (part: Partial<RunChoice>) => void; invalid: string | null };

const presetHints: Record<RunPreset, string> = {
  paper: 'As the article states it: one pass, all training samples are centres.',
  released: 'As the authors’ program runs: mean over 100 training subsets, normals as centres. Slower; gives a spread.',
};

/** How the chosen evaluators run, where they leave a choice. */
export function RunOptions({ choice, onChange, invalid }: OptionsProps) {
  const { evaluators, preset, mode, asReleased } = choice;
  const modes = modesOf(evaluators, mode);
  const released = evaluators.filter((id) => hasParameter(id, 'asReleased'));
  const names = (ids: RunChoice['evaluators']) => ids.map((id) => describeEvaluator(id).name).join(', ');
  return (
    <>
      {evaluators.includes('EAP') && (
        <div className="flex flex-col items-start gap-1">
          <span className="text-small font-medium">Preset of EAP</span>
          <Segmented label="Preset of EAP" value={preset} onChange={(next) => onChange({ preset: next })} options={[{ value: 'paper', label: 'Paper' }, { value: 'released', label: 'Released program' }]} />
          <p className="text-small text-muted">{presetHints[preset]}</p>
        </div>
      )}
      {modes.fast.length + modes.exact.length > 0 && (
        <div className="flex flex-col items-start gap-1">
          <span className="text-small font-medium">Mode</span>
          <Segmented label="Mode" value={mode} onChange={(next) => onChange({ mode: next })} options={[{ value: 'default', label: 'Default' }, { value: 'fast', label: 'Fast' }, { value: 'exact', label: 'Exact' }]} />
          <p className="text-small text-muted">
            {modes.fast.length > 0 && `With short cuts: ${names(modes.fast)}. `}
            {modes.exact.length > 0 && `Exactly as defined: ${names(modes.exact)}.`}
          </p>
        </div>
      )}
      {released.length > 0 && (
        <div>
          <Checkbox checked={asReleased} onChange={(next) => onChange({ asReleased: next })} label="As released" />
          <p className="pl-6 text-small text-muted">Reproduces the authors’ program where it differs from the definition: {names(released)}.</p>
        </div>
      )}
      <Advanced choice={choice} onChange={onChange} invalid={invalid} />
    </>
  );
}

function Advanced({ choice, onChange, invalid }: OptionsProps) {
  const { advanced, evaluators, seed } = choice;
  return (
    <details className="border-t border-line pt-3">
      <summary className="text-small font-medium text-muted hover:text-ink">Advanced</summary>
      <div className="mt-3 grid grid-cols-2 gap-3 sm:grid-cols-3">
        <InputField label="Seed" inputMode="numeric" value={seed} onChange={(event) => onChange({ seed: event.target.value })} />
        {fieldsOf(evaluators).map(({ key, label, hint, options }) => {
          const set = (value: string) => onChange({ advanced: { ...advanced, [key]: value } });
          const value = advanced[key] ?? '';
          if (options === undefined) return <InputField key={key} label={label} hint={hint} inputMode="decimal" placeholder="default" value={value} onChange={(event) => set(event.target.value)} />;
          return (
            <Field key={key} label={label}>
              {(control) => <Select {...control} value={value} onChange={set} options={[{ value: '', label: 'default' }, ...Object.entries(options).map(([option, text]) => ({ value: option, label: text }))]} />}
            </Field>
          );
        })}
      </div>
      {invalid && (
        <p role="alert" className="mt-2 text-small text-danger">
          {invalid}
        </p>
      )}
    </details>
  );
}
