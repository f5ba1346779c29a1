'use client';

import { useState } from 'react';
import type { GeneratorParameters as Values } from '@/lib/api/contracts/generators';
import { describeGenerator } from '@/lib/synthesis/describe';
import type { GeneratorParameter, NumberParameter } from '@/lib/synthesis/generator';
import { Field, InputField } from '../ui/field';
import { Select } from '../ui/select';

type GeneratorParametersProps = { generator: string; parameters: Values; onChange: (parameters: Values) => void };

/** Parameters of a generator, folded; an empty field takes the default. */
export function GeneratorParameters({ generator, parameters, onChange }: GeneratorParametersProps) {
  const { name, description, parameters: fields } = describeGenerator(generator);
  if (fields.length === 0) return <p className="text-small text-muted">{description}</p>;
  const set = (field: string, value: number | string | null) => {
    const others = Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== field));
    onChange(value === null ? others : { ...others, [field]: value });
  };
  return (
    <details>
      <summary className="text-small text-muted hover:text-ink">Parameters of {name}</summary>
      <p className="mt-1 text-small text-muted">{description}</p>
      <div className="mt-2 grid grid-cols-2 gap-3">
        {fields.map((field) => (
          <ParameterField key={field.name} field={field} value={parameters[field.name]} onChange={(value) => set(field.name, value)} />
        ))}
      </div>
    </details>
  );
}

type ParameterFieldProps<T> = { field: T; value: number | string | undefined; onChange: (value: number | string | null) => void };

function ParameterField({ field, value, onChange }: ParameterFieldProps<GeneratorParameter>) {
  if (field.kind === 'number') return <NumberField field={field} value={value} onChange={onChange} />;
  return (
    <Field label={field.label}>{(control) => <Select {...control} size="sm" value={String(value ?? field.default)} onChange={(next) => onChange(next === field.default ? null : next)} options={field.options} />}</Field>
  );
}

function NumberField({ field, value, onChange }: ParameterFieldProps<NumberParameter>) {
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const { label, unit, minimum, maximum, whole } = field;
  const fits = (typed: string) => typed.trim() !== '' && Number(typed) >= minimum && Number(typed) <= maximum && (whole !== true || Number.isInteger(Number(typed)));
  const invalid = text.trim() !== '' && !fits(text);
  return (
    <InputField
      label={unit === undefined ? label : `${label}, ${unit}`}
      inputMode="decimal"
      title={field.description}
      placeholder={String(field.default)}
      error={invalid ? `${minimum} to ${maximum}${whole === true ? ', whole' : ''}` : undefined}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        onChange(fits(event.target.value) ? Number(event.target.value) : null);
      }}
    />
  );
}
