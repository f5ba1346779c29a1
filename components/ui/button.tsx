import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { Kbd } from './kbd';

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger';

const variants: Record<ButtonVariant, string> = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border-line-strong/60 bg-surface text-ink hover:bg-hover active:bg-pressed',
  ghost: 'border-transparent text-ink hover:bg-hover active:bg-pressed',
  danger: 'border-danger bg-surface text-danger hover:bg-danger hover:text-on-danger',
};

const sizes = {
  sm: 'h-7 px-2 gap-1 text-small',
  md: 'h-8 px-3 gap-2 text-body max-md:h-10',
  lg: 'h-11 px-4 gap-2 text-body',
} as const;

/** Class names of a button, for links that look like one. */
export function buttonClass(variant: ButtonVariant = 'secondary', size: keyof typeof sizes = 'md'): string {
  return cn(
    'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap select-none',
    'disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-50',
    variants[variant],
    sizes[size],
  );
}

export type ButtonProps = ComponentProps<'button'> & {
  variant?: ButtonVariant;
  size?: keyof typeof sizes;
  icon?: LucideIcon;
  /** Key that does the same; drawn as a cap on the button. */
  shortcut?: string;
  /** Shows a spinner in place of the icon and refuses clicks; the width stays. */
  busy?: boolean;
};

export function Button({ variant = 'secondary', size = 'md', icon: Icon, shortcut, busy = false, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={cn(buttonClass(variant, size), className)}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': shortcut })}
      {...rest}
    >
      {busy ? <LoaderCircle aria-hidden className="size-4 animate-spin" /> : Icon !== undefined ? <Icon aria-hidden className="size-4" /> : null}
      {children}
      {shortcut !== undefined && (
        <Kbd inverse={variant === 'primary'} className="max-md:hidden pointer-coarse:hidden">
          {shortcut}
        </Kbd>
      )}
    </button>
  );
}
