'use client';

import { OctagonAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { ProblemError } from '@/lib/api/client';
import { AssayError } from '@/lib/errors';
import { Button } from './button';
import { cn } from './cn';

export type Explained = { code: string | null; detail: string; hint: string | null };

/** What went wrong, in words, from anything thrown by the fetch layer. */
export function explain(error: unknown): Explained {
  if (error instanceof ProblemError) {
    const { code, detail, hint } = error.problem;
    return { code, detail, hint: hint ?? null };
  }
  if (error instanceof AssayError) return { code: error.code, detail: error.message, hint: error.hint ?? null };
  return { code: null, detail: error instanceof Error ? error.message : String(error), hint: null };
}

/** The message that belongs to one field of a form, from a problem's details. */
export function fieldError(error: unknown, path: string): string | undefined {
  if (!(error instanceof ProblemError)) return undefined;
  return error.problem.details?.find((detail) => detail.path === path)?.message;
}

type ProblemNoteProps = { error: unknown; onRetry?: (() => void) | undefined; busy?: boolean; title?: string; action?: ReactNode; className?: string };

/** An error where it happened: what, why, what to do, and the button to try again. */
export function ProblemNote({ error, onRetry, busy = false, title, action, className }: ProblemNoteProps) {
  const { code, detail, hint } = explain(error);
  return (
    <div role="alert" className={cn('flex items-start gap-3 rounded-md border border-danger-line bg-danger-surface px-3 py-2', className)}>
      <OctagonAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className="font-medium">{title}</p>}
        <p className="break-words">{detail}</p>
        {hint !== null && <p className="break-words text-muted">{hint}</p>}
        {code !== null && <p className="mt-0.5 font-mono text-tiny text-muted">{code}</p>}
      </div>
      {action}
      {onRetry !== undefined && (
        <Button size="sm" icon={RotateCw} busy={busy} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
