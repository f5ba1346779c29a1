import type { ReactNode } from 'react';
import { ScoreTabs } from '@/components/score/score-tabs';

/** What the pages of the stage share: the links between them. */
export default async function ScoresLayout({ children, params }: { children: ReactNode; params: Promise<{ projectId: string }> }) {
  const { projectId } = await params;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <ScoreTabs projectId={projectId} />
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
    </div>
  );
}
