'use client';

import { RotateCcw } from 'lucide-react';
import { generatorDescriptions, describeGenerator } from '@/lib/synthesis/describe';
import type { ChoiceParameter, GeneratorParameter, NumberParameter } from '@/lib/synthesis/generator';
import { generatorIdSchema } from '@/lib/api/contracts/generators';
import { Button } from '../ui/button';
import { cn } from '../ui/cn';
import { controlBase, Field } from '../ui/field';
import { Select } from '../ui/select';
import type { FormProblems, GenerateForm } from './generate-form';
import { withGenerator, withValue } from './generate-form';
import { NetworkField } from './network-field';

const options = generatorDescriptions.map(({ id, name }) => ({ value: generatorIdSchema.parse(id), label: name }));

type ParameterPaneProps = { form: GenerateForm; problems: FormProblems; onForm: (form: GenerateForm) => void };

/** Which generator, and what of it can be set. */
export function ParameterPane({ form, problems, onForm }: ParameterPaneProps) {
  const { description, source, parameters, needsNetwork } = describeGenerator(form.generator);
  const changed = Object.keys(form.values).length;
  return (
    <div className="flex flex-col gap-4 p-3">
      <Field label="Generator" hint={description}>
        {(control) => <Select {...control} value={form.generator} onChange={(generator) => onForm(withGenerator(form, generator))} options={options} />}
      </Field>
      {needsNetwork && <NetworkField value={form.diffusionModelId} error={problems.model} onChange={(diffusionModelId) => onForm({ ...form, diffusionModelId })} />}
      {parameters.map((field) => (
        <ParameterField key={field.name} field={field} text={form.values[field.name] ?? String(field.default)} error={problems.values[field.name]} onText={(text) => onForm(withValue(form, field, text))} />
      ))}
      <div className="flex items-start gap-2">
        <p className="min-w-0 flex-1 text-tiny text-muted">{source}</p>
        {parameters.length > 0 && (
          <Button size="sm" variant="ghost" icon={RotateCcw} disabled={changed === 0} onClick={() => onForm({ ...form, values: {} })}>
            Defaults
          </Button>
        )}
      </div>
    </div>
  );
}

type FieldProps<T extends GeneratorParameter> = { field: T; text: string; error: string | undefined; onText: (text: string) => void };

function ParameterField({ field, ...rest }: FieldProps<GeneratorParameter>) {
  return field.kind === 'number' ? <NumberField field={field} {...rest} /> : <ChoiceField field={field} {...rest} />;
}

function ChoiceField({ field, text, error, onText }: FieldProps<ChoiceParameter>) {
  return (
    <Field label={field.label} hint={field.description} error={error}>
      {(control) => <Select {...control} value={text} onChange={onText} options={field.options} />}
    </Field>
  );
}

/** A slider for the range and a field for the exact value. */
function NumberField({ field, text, error, onText }: FieldProps<NumberParameter>) {
  const { label, unit, description, minimum, maximum, step } = field;
  // Sliders count in steps from their lower end; an uneven lower end would make every value uneven.
  const low = Math.floor(minimum / step) * step;
  const slid = (value: number) => onText(String(Math.min(maximum, Math.max(minimum, Number((Math.round(value / step) * step).toPrecision(6))))));
  const changed = text !== String(field.default);
  return (
    <Field label={unit === undefined ? label : `${label}, ${unit}`} hint={description} error={error}>
      {(control) => (
        <div className="flex items-center gap-2">
          <input type="range" min={low} max={maximum} step={step} value={Number(text) || 0} onChange={(event) => slid(Number(event.target.value))} aria-label={`${label}, slider`} className="h-6 min-w-0 flex-1 accent-accent" />
          <input {...control} inputMode="decimal" value={text} onChange={(event) => onText(event.target.value)} className={cn(controlBase, 'h-7 w-20 px-2 text-right text-small max-md:h-9', changed && 'font-medium')} />
        </div>
      )}
    </Field>
  );
}
