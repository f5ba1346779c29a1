import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn';

/** Why there is nothing here and what to do next, with the button that does it. */
export function EmptyState({ icon: Icon, title, children, action, className }: { icon?: LucideIcon; title: string; children?: ReactNode; /** The next step, as a button or link; null only while something is under way. */ action: ReactNode; className?: string }) {
  return (
    <div className={cn('mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-12 text-center', className)}>
      {Icon !== undefined && <Icon aria-hidden className="mb-1 size-6 text-faint" strokeWidth={1.5} />}
      <h2 className="text-lead font-medium">{title}</h2>
      {children !== undefined && <div className="text-muted">{children}</div>}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
