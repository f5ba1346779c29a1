'use client';

import { useState, type ReactNode } from 'react';
import { cn } from '../ui/cn';
import { controlBase } from '../ui/field';
import { Select, type SelectOption } from '../ui/select';

/** A sentence with controls in it; lines are far enough apart for them. */
export function Sentence({ children, className }: { children: ReactNode; className?: string }) {
  return <p className={cn('leading-9 max-md:leading-[52px]', className)}>{children}</p>;
}

type InlineNumberProps = { label: string; value: number; onChange: (value: number) => void; minimum: number; maximum: number; disabled?: boolean };

/** A whole number within a sentence. What is typed counts once it lies within the range; left otherwise, the last good value returns. */
export function InlineNumber({ label, value, onChange, minimum, maximum, disabled = false }: InlineNumberProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? String(value);
  const parsed = Number(shown);
  const valid = shown.trim() !== '' && Number.isSafeInteger(parsed) && parsed >= minimum && parsed <= maximum;
  return (
    <input
      aria-label={label}
      aria-invalid={valid ? undefined : true}
      title={valid ? label : `${label}: a whole number from ${minimum} to ${maximum}`}
      inputMode="numeric"
      disabled={disabled}
      value={shown}
      onChange={(event) => {
        const next = Number(event.target.value);
        setDraft(event.target.value);
        if (event.target.value.trim() !== '' && Number.isSafeInteger(next) && next >= minimum && next <= maximum) onChange(next);
      }}
      onBlur={() => setDraft(null)}
      style={{ width: `${Math.max(3, shown.length) + 2}ch` }}
      className={cn(controlBase, 'h-7 px-1.5 text-center align-baseline leading-5 max-md:h-10')}
    />
  );
}

type InlineChoiceProps<T extends string> = { label: string; value: T; onChange: (value: T) => void; options: readonly SelectOption<T>[]; disabled?: boolean };

/** One of a few things within a sentence. */
export function InlineChoice<T extends string>({ label, value, onChange, options, disabled = false }: InlineChoiceProps<T>) {
  return <Select size="sm" aria-label={label} value={value} onChange={onChange} options={options} disabled={disabled} className="max-w-full align-baseline" />;
}
