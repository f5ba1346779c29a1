import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

type ChipProps = Omit<ComponentProps<'button'>, 'children'> & { pressed: boolean; count?: string; children: ReactNode };

/** A filter that is on or off, with how many it matches. */
export function Chip({ pressed, count, children, className, ...rest }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      className={cn(
        'inline-flex h-7 shrink-0 items-center gap-1.5 rounded-full border px-2.5 text-small whitespace-nowrap max-md:h-9',
        pressed ? 'border-accent bg-selected text-ink' : 'border-line bg-surface text-muted hover:border-line-strong hover:text-ink',
        className,
      )}
      {...rest}
    >
      {children}
      {count !== undefined && <span className={pressed ? 'text-ink' : 'text-faint'}>{count}</span>}
    </button>
  );
}
