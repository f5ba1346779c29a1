'use client';

import Link from 'next/link';
import { useSelectedLayoutSegment } from 'next/navigation';
import type { ReactNode } from 'react';
import { stagePath } from '../frame/stages';
import { cn } from '../ui/cn';
import { Page } from '../ui/page';

const tabs = [
  { segment: null, label: 'Make', summary: 'Makes synthetic anomalies of normal images. They become auxiliary samples: score them, review them, and come back with better settings.' },
  { segment: 'feedback', label: 'Feedback', summary: 'Which settings of a generator make unrealistic or indistinguishable samples, by the scores of a run and the decisions of people.' },
] as const;

/** Address of the tab "Feedback" of the stage "Generate". */
export function feedbackPath(projectId: string): string {
  return `${stagePath(projectId, 'generate')}/feedback`;
}

/** The stage "Generate": its name, and links between its two tabs, each a page of its own. */
export function GenerateShell({ projectId, children }: { projectId: string; children: ReactNode }) {
  const current = useSelectedLayoutSegment();
  const shown = tabs.find(({ segment }) => segment === current) ?? tabs[0];
  return (
    <Page title="Generate" summary={shown.summary}>
      <nav aria-label="Parts of Generate" className="sticky top-0 z-20 -mx-6 flex gap-1 overflow-x-auto border-b border-line bg-page px-6 max-md:-mx-4 max-md:px-4">
        {tabs.map(({ segment, label }) => (
          <Link
            key={label}
            href={segment === null ? stagePath(projectId, 'generate') : feedbackPath(projectId)}
            aria-current={segment === shown.segment ? 'page' : undefined}
            className={cn(
              'flex h-9 shrink-0 items-center border-b-2 px-2 focus-visible:outline-offset-[-2px] max-md:h-11',
              segment === shown.segment ? 'border-accent font-medium text-ink' : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
