import type { ReactNode } from 'react';
import { cn } from '../ui/cn';

/** A figure with its title, what it shows in words for those who do not see it, and the space it fills. */
export function ChartFrame({ title, aside, description, children, className }: { title: string; aside?: ReactNode; description: string; children: ReactNode; className?: string }) {
  return (
    <figure className={cn('@container/chart flex min-h-0 min-w-0 flex-1 flex-col', className)} aria-label={title}>
      <figcaption className="flex min-h-7 shrink-0 flex-wrap items-center justify-between gap-x-3 px-3 text-small">
        <span className="max-w-full truncate font-medium">{title}</span>
        <span className="flex max-w-full min-w-0 flex-wrap items-center gap-x-2 text-muted">{aside}</span>
      </figcaption>
      <p className="sr-only">{description}</p>
      <div className="relative min-h-0 flex-1">{children}</div>
    </figure>
  );
}
