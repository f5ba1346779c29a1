'use client';

import { Dices, WandSparkles } from 'lucide-react';
import { countOf } from '@/lib/figures/format';
import { describeGenerator } from '@/lib/synthesis/describe';
import { useHotkeys } from '../ui/use-hotkeys';
import { Button } from '../ui/button';
import { Field, InputField } from '../ui/field';
import { IconButton } from '../ui/icon-button';
import { Select } from '../ui/select';
import type { CheckedForm, GenerateForm } from './generate-form';

const qualities = [
  { value: '', label: 'Not known' },
  { value: 'realistic', label: 'Realistic' },
  { value: 'indistinguishable', label: 'Indistinguishable' },
  { value: 'unrealistic', label: 'Unrealistic' },
] as const;

type MakeBarProps = { form: GenerateForm; checked: CheckedForm; onForm: (form: GenerateForm) => void; onMake: () => void; busy: boolean; /** Why nothing can be made now; null when it can. */ blocked: string | null };

/** How many, with which seed, and the button that makes them. */
export function MakeBar({ form, checked, onForm, onMake, busy, blocked }: MakeBarProps) {
  const { problems, input } = checked;
  const { usualQuality, name } = describeGenerator(form.generator);
  const mayMake = input !== null && blocked === null && !busy;
  const another = () => onForm({ ...form, seed: String(crypto.getRandomValues(new Uint32Array(1))[0]! % 100_000) });
  useHotkeys({ n: another, 'mod+enter': () => mayMake && onMake() });
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2 border-t border-line p-3">
      <div className="flex items-end gap-1">
        <InputField label="Seed" inputMode="numeric" value={form.seed} onChange={(event) => onForm({ ...form, seed: event.target.value })} error={problems.seed} fieldClassName="w-28" />
        <IconButton icon={Dices} label="Another seed" shortcut="N" onClick={another} />
      </div>
      <InputField label="Images" inputMode="numeric" value={form.count} onChange={(event) => onForm({ ...form, count: event.target.value })} error={problems.count} fieldClassName="w-28" />
      <Field label="Pseudo-quality" className="max-w-60" hint={usualQuality === null ? undefined : `${name} of an evaluation set are ${usualQuality}.`}>
        {(control) => <Select {...control} value={form.qualityLabel} onChange={(qualityLabel) => onForm({ ...form, qualityLabel })} options={qualities} />}
      </Field>
      <div className="ml-auto flex flex-col items-end gap-1 self-end max-md:w-full max-md:items-stretch">
        <Button variant="primary" icon={WandSparkles} busy={busy} disabled={!mayMake} shortcut="Ctrl+Enter" onClick={onMake}>
          Make {input === null ? '' : countOf(input.count ?? 0, 'image')}
        </Button>
        {blocked !== null && <p className="max-w-80 text-small text-muted md:text-right">{blocked}</p>}
      </div>
    </div>
  );
}
