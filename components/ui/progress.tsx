'use client';

import { cn } from './cn';

/** A thin progress line. `value` in [0, 1]; null when the end is not known. */
export function Progress({ value, label, className, tone = 'accent' }: { value: number | null; label: string; className?: string; tone?: 'accent' | 'danger' | 'muted' }) {
  const percent = value === null ? null : Math.min(100, Math.max(0, value * 100));
  const fill = tone === 'accent' ? 'bg-accent' : tone === 'danger' ? 'bg-danger' : 'bg-line-strong';
  const known = percent === null ? {} : { 'aria-valuenow': percent, 'aria-valuetext': `${Math.round(percent)}%` };
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} {...known} className={cn('h-1 w-full overflow-hidden rounded-full bg-pressed', className)}>
      {percent === null ? (
        <div className={cn('block h-full w-2/5 animate-[slide_1.4s_ease-in-out_infinite]', fill)} />
      ) : (
        <div className={cn('block h-full origin-left transition-transform duration-300', fill)} style={{ transform: `scaleX(${percent / 100})` }} />
      )}
    </div>
  );
}
