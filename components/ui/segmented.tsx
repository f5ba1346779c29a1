'use client';

import type { LucideIcon } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { cn } from './cn';

export type Segment<T extends string> = { value: T; label: string; icon?: LucideIcon; disabled?: boolean };

type SegmentedProps<T extends string> = { value: T; onChange: (value: T) => void; options: readonly Segment<T>[]; label: string; iconsOnly?: boolean; size?: 'sm' | 'md' };

/** One of a few choices, side by side. Arrow keys move between them. */
export function Segmented<T extends string>({ value, onChange, options, label, iconsOnly = false, size = 'md' }: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        if (next !== '') onChange(next as T);
      }}
      className="inline-flex w-fit shrink-0 rounded-md border border-line-strong/60 bg-surface p-0.5"
    >
      {options.map(({ value: option, label: text, icon: Icon, disabled }) => (
        <ToggleGroup.Item
          key={option}
          value={option}
          disabled={disabled ?? false}
          aria-label={iconsOnly ? text : undefined}
          title={iconsOnly ? text : undefined}
          className={cn(
            'inline-flex items-center justify-center gap-1 rounded-sm px-2 text-small font-medium text-muted hover:text-ink disabled:opacity-50',
            'data-[state=on]:bg-pressed data-[state=on]:text-ink',
            size === 'sm' ? 'h-6' : 'h-[26px] max-md:h-9',
          )}
        >
          {Icon !== undefined && <Icon aria-hidden className="size-4" />}
          {!iconsOnly && text}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
