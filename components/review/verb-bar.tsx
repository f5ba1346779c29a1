import type { ReactNode } from 'react';

/**
 * One line at the foot of a list, of the same height whether something is selected or not, so that a selection moves
 * nothing. Within it verbs keep their icons and counts and drop words as the room gets less.
 */
export function VerbBar({ children }: { children: ReactNode }) {
  return <div className="@container/verbs relative flex h-11 shrink-0 items-center gap-1.5 border-t border-line bg-surface px-3 max-md:h-14 max-md:gap-1 max-md:px-2">{children}</div>;
}

/** What the verbs are about, or how to get some. */
export function VerbHint({ children }: { children: string }) {
  return (
    <p className="min-w-0 truncate text-small text-muted" title={children}>
      {children}
    </p>
  );
}
