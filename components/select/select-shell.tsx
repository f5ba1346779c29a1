'use client';

import Link from 'next/link';
import { useSelectedLayoutSegment } from 'next/navigation';
import type { ReactNode } from 'react';
import { stagePath } from '../frame/stages';
import { cn } from '../ui/cn';
import { Page } from '../ui/page';

const tabs = [
  { id: 'models', label: 'Models', summary: 'Which network fits this product, tried on synthetic anomalies: no real defect is needed.' },
  { id: 'prompts', label: 'Prompts', summary: 'Which wording of an image-text model fits this product, tried on synthetic anomalies.' },
  { id: 'normals', label: 'Normals', summary: 'Which normals stand for all of them, and which are unlike the rest.' },
] as const;

/** Address of a tab of the stage "Select". */
export function selectPath(projectId: string, tab: (typeof tabs)[number]['id']): string {
  return `${stagePath(projectId, 'select')}/${tab}`;
}

/** The stage "Select": its name, and links between its tabs, each a page of its own. */
export function SelectShell({ projectId, children }: { projectId: string; children: ReactNode }) {
  const current = useSelectedLayoutSegment();
  return (
    <Page title="Select" summary={tabs.find(({ id }) => id === current)?.summary}>
      <nav aria-label="Parts of Select" className="sticky top-0 z-20 -mx-6 flex gap-1 overflow-x-auto border-b border-line bg-page px-6 max-md:-mx-4 max-md:px-4">
        {tabs.map(({ id, label }) => (
          <Link
            key={id}
            href={selectPath(projectId, id)}
            aria-current={id === current ? 'page' : undefined}
            className={cn(
              'flex h-9 shrink-0 items-center border-b-2 px-2 focus-visible:outline-offset-[-2px] max-md:h-11',
              id === current ? 'border-accent font-medium text-ink' : 'border-transparent text-muted hover:text-ink',
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
