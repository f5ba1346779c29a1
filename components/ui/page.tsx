import type { ReactNode } from 'react';
import { cn } from './cn';

/** The body of a working page: a heading with its one sentence and buttons, then the content. */
export function Page({ title, summary, actions, children, width = 'full' }: { title: string; summary?: ReactNode; actions?: ReactNode; children: ReactNode; width?: 'full' | 'text' }) {
  return (
    <div className={cn('flex flex-col gap-4 px-6 py-5 max-md:px-4', width === 'text' && 'mx-auto w-full max-w-3xl')}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h1 className="text-title font-semibold">{title}</h1>
          {summary !== undefined && <div className="text-muted">{summary}</div>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** A part of a page under a line. */
export function Section({ title, summary, actions, children }: { title: string; summary?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-t border-line pt-4 [[role=tabpanel]>&]:border-t-0">
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-lead font-semibold">{title}</h2>
          {summary !== undefined && <div className="text-muted">{summary}</div>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}

/** Pairs of term and value in two columns. */
export function Facts({ facts, className }: { facts: readonly (readonly [term: string, value: ReactNode])[]; className?: string }) {
  return (
    <dl className={cn('grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1', className)}>
      {facts.map(([term, value]) => (
        <div key={term} className="contents">
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
