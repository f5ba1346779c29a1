'use client';

import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { useId, type ReactNode } from 'react';
import { cn } from './cn';

type CheckboxProps = { checked: boolean | 'indeterminate'; onChange: (checked: boolean) => void; label: ReactNode; hideLabel?: boolean; disabled?: boolean; className?: string };

/** A tick box with its label; the label is part of the target. */
export function Checkbox({ checked, onChange, label, hideLabel = false, disabled = false, className }: CheckboxProps) {
  const id = useId();
  return (
    <span className={cn('inline-flex min-h-6 items-center gap-2', className)}>
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next === true)}
        className="flex size-4 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-surface text-on-accent data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent disabled:opacity-50"
      >
        <Radix.Indicator>{checked === 'indeterminate' ? <Minus aria-hidden className="size-3" /> : <Check aria-hidden className="size-3" strokeWidth={3} />}</Radix.Indicator>
      </Radix.Root>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'select-none'}>
        {label}
      </label>
    </span>
  );
}
