'use client';

import { useMemo } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { Run, Score } from '@/lib/api/contracts/runs';
import { quantile } from '@/lib/figures/axis';
import type { ScoreTable } from '@/lib/figures/score-table';
import { qualityFormat } from '@/lib/figures/table-columns';
import type { Flip } from '../review/use-flip';
import { ProblemNote } from '../ui/problem';
import { Skeleton } from '../ui/skeleton';
import { useSample } from './use-why';
import { WhyCard } from './why-card';

type WhyPaneProps = { projectId: string; sampleId: string | null; run: Run; table: ScoreTable; why: UseQueryResult<Score>; scored: boolean; /** Where the sample is shown large: which neighbour it is compared with there. */ flip?: Flip | undefined };

/** Right end of the density bar: what all but the densest samples stay below. */
export function useDensityMax(table: ScoreTable): number {
  return useMemo(() => {
    const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
    const high = quantile(table.density, rows, 0.995);
    return high > 0 ? high : 1;
  }, [table]);
}

export function WhyPane({ projectId, sampleId, run, table, why, scored, flip }: WhyPaneProps) {
  const densityMax = useDensityMax(table);
  const formatQuality = useMemo(() => qualityFormat(table), [table]);
  const { data: sample } = useSample(projectId, sampleId);
  if (!scored) return <p className="m-auto max-w-60 p-6 text-center text-muted">Only auxiliary samples get a score; this one belongs to the training data.</p>;
  if (why.error) return <ProblemNote className="m-4" error={why.error} onRetry={() => void why.refetch()} />;
  if (!why.data) {
    return (
      <div className="flex flex-col gap-3 p-4" aria-busy="true">
        <Skeleton className="h-10 w-24" />
        <Skeleton className="h-16" />
        <Skeleton className="h-32" />
      </div>
    );
  }
  return (
    // Scrolled with the arrow keys by those who use no mouse, so it takes the focus.
    <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto focus-visible:outline-offset-[-2px]">
      <WhyCard projectId={projectId} score={why.data} run={run} sample={sample?.id === why.data.sampleId ? sample : undefined} densityMax={densityMax} formatQuality={formatQuality} stale={why.data.sampleId !== sampleId} flip={flip} />
    </div>
  );
}
