import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { Tooltip } from './tooltip';

export type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  icon: LucideIcon;
  /** Accessible name, shown as the tooltip too. */
  label: string;
  shortcut?: string;
  size?: 'sm' | 'md';
  pressed?: boolean;
};

/** A square button with an icon only; the label is its name and its tooltip. */
export function IconButton({ icon: Icon, label, shortcut, size = 'md', pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={cn(
          'inline-flex shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink active:bg-pressed',
          'disabled:pointer-events-none disabled:opacity-50 aria-pressed:bg-pressed aria-pressed:text-ink data-[state=open]:bg-pressed',
          size === 'sm' ? 'size-6' : 'size-8 max-md:size-10',
          className,
        )}
        {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': shortcut })}
        {...rest}
      >
        <Icon aria-hidden className="size-4" />
      </button>
    </Tooltip>
  );
}
