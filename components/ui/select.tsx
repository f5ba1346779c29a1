import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { controlBase } from './field';

export type SelectOption<T extends string> = { value: T; label: string; disabled?: boolean };

type SelectProps<T extends string> = Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'size'> & {
  value: T;
  onChange: (value: T) => void;
  options: readonly SelectOption<T>[];
  size?: 'sm' | 'md';
};

/** The browser's own list box: quick on every device. Give it a label through Field or `aria-label`. A value that is longer than the box ends in an ellipsis, and stands in full in its title. */
export function Select<T extends string>({ value, onChange, options, size = 'md', className, ...rest }: SelectProps<T>) {
  return (
    <span className={cn('relative inline-flex', className)}>
      <select
        className={cn(controlBase, 'w-full appearance-none truncate pr-7 pl-2', size === 'sm' ? 'h-7 text-small max-md:h-9' : 'h-8 text-body max-md:h-10')}
        value={value}
        title={options.find((option) => option.value === value)?.label}
        onChange={(event) => onChange(event.target.value as T)}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-muted" />
    </span>
  );
}
