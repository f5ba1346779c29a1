import { cn } from './cn';

/** A key cap. `inverse` is for coloured buttons. */
export function Kbd({ children, inverse = false, className }: { children: string; inverse?: boolean; className?: string }) {
  return (
    <kbd
      className={cn(
        'inline-flex h-4 min-w-4 items-center justify-center rounded-sm border px-1 font-sans text-tiny leading-none',
        inverse ? 'border-current/40' : 'border-line-strong/60 text-muted',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
