'use client';

import type { LucideIcon } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { cn } from './cn';

export type Segment<T extends string> = { value: T; label: string; icon?: LucideIcon; disabled?: boolean };

type SegmentedProps<T extends string> = { value: T; onChange: (value: T) => void; options: readonly Segment<T>[]; label: string; iconsOnly?: boolean; size?: 'sm' | 'md' };

/** One of a few choices, side by side. Arrow keys move between them, Space and Enter choose. */
export function Segmented<T extends string>({ value, onChange, options, label, iconsOnly = false, size = 'md' }: SegmentedProps<T>) {
  // Tab reaches one of them: the chosen one, or the first while none is.
  const tabStop = options.find((option) => option.value === value && option.disabled !== true) ?? options.find((option) => option.disabled !== true);
  return (
    <div role="radiogroup" aria-label={label} onKeyDown={moveFocus} className="inline-flex w-fit shrink-0 rounded-md border border-line-strong/60 bg-surface p-0.5">
      {options.map((option) => {
        const { label: text, icon: Icon, disabled = false } = option;
        return (
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={option.value === value}
            data-state={option.value === value ? 'on' : 'off'}
            disabled={disabled}
            tabIndex={option === tabStop ? 0 : -1}
            aria-label={iconsOnly ? text : undefined}
            title={iconsOnly ? text : undefined}
            onClick={() => option.value !== value && onChange(option.value)}
            className={cn(
              'inline-flex items-center justify-center gap-1 rounded-sm px-2 text-small font-medium text-muted hover:text-ink disabled:opacity-50',
              'data-[state=on]:bg-pressed data-[state=on]:text-ink',
              size === 'sm' ? 'h-6' : 'h-[26px] max-md:h-9',
            )}
          >
            {Icon !== undefined && <Icon aria-hidden className="size-4" />}
            {!iconsOnly && text}
          </button>
        );
      })}
    </div>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

/** Round and round with the arrows, to the ends with Home and End. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  const radios = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=radio]:not(:disabled)')];
  const from = radios.findIndex((radio) => radio === document.activeElement);
  const to = Number.isFinite(step) ? (from + step + radios.length) % radios.length : step < 0 ? 0 : radios.length - 1;
  radios[to]?.focus();
}
