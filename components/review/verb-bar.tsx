import type { ReactNode } from 'react';

/**
 * One line at the foot of a list, of the same height whether something is selected or not, so that a selection moves
 * nothing. Within it verbs keep their icons and counts and drop words as the room gets less.
 */
export function VerbBar({ children }: { children: ReactNode }) {
  return <div className="@container/verbs relative flex h-10 shrink-0 items-center gap-1.5 border-t border-line bg-surface px-3 max-md:h-14 max-md:gap-1 max-md:px-2">{children}</div>;
}

/** One sentence for those who point with a mouse and have keys, another for those who touch. */
export function ByPointer({ fine, coarse }: { fine: string; coarse: string }) {
  return (
    <>
      <span className="pointer-coarse:hidden">{fine}</span>
      <span className="hidden pointer-coarse:inline">{coarse}</span>
    </>
  );
}

/** What the verbs are about, or how to get some. */
export function VerbHint({ children, touch = children }: { children: string; /** In its place where fingers point, which press no keys. */ touch?: string }) {
  return (
    <p className="min-w-0 shrink-[999] truncate text-small text-muted" title={children}>
      {touch === children ? children : <ByPointer fine={children} coarse={touch} />}
    </p>
  );
}
