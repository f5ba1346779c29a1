'use client';

import Link from 'next/link';
import { useSearchParams, useSelectedLayoutSegment } from 'next/navigation';
import { stagePath } from '../frame/stages';
import { cn } from '../ui/cn';
import { withChange } from '../ui/use-url-state';

/** Pages of the stage "Scores"; the first is the stage's own address. */
const tabs = [
  { id: null, label: 'Ranking' },
  { id: 'evaluators', label: 'Evaluators' },
  { id: 'keep', label: 'Keep' },
] as const;

export type ScoreTab = (typeof tabs)[number]['id'];

/** Address of a page of the stage "Scores", showing `runId` where one is given. */
export function scoresPath(projectId: string, tab: ScoreTab, runId: string | null = null): string {
  const path = stagePath(projectId, tab === null ? 'scores' : `scores/${tab}`);
  return `${path}${withChange('', { run: runId })}`;
}

/** Links between the pages of the stage; the shown run stays the shown run, and the cut where it is. */
export function ScoreTabs({ projectId }: { projectId: string }) {
  const current = useSelectedLayoutSegment();
  const params = useSearchParams();
  const kept = withChange('', { run: params.get('run'), keep: params.get('keep') });
  return (
    <nav aria-label="Parts of Scores" className="flex shrink-0 gap-1 overflow-x-auto border-b border-line bg-surface px-3 max-md:px-2">
      {tabs.map(({ id, label }) => (
        <Link
          key={label}
          href={`${scoresPath(projectId, id)}${kept}`}
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
  );
}
