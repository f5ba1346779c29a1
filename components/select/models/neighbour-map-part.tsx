'use client';

import { useCallback } from 'react';
import { countOf } from '@/lib/figures/format';
import { neighbourMapPlot, type MapGroup } from '@/lib/figures/selection/selection-plots';
import { FigurePlot } from '../../charts/figure-plot';
import type { Tones } from '../../charts/use-tones';
import { ProblemNote } from '../../ui/problem';
import { Skeleton } from '../../ui/skeleton';
import { useSelectionMap } from './use-selections';

/** Whether synthetic anomalies lie where real ones do, in the vectors of the pick (SWSA paper, Figure 4). */
export function NeighbourMapPart({ projectId, selectionId, pickName }: { projectId: string; selectionId: string; pickName: string }) {
  const { data, error, refetch, isFetching } = useSelectionMap(projectId, selectionId);
  if (data === undefined) return error === null ? <Skeleton className="h-[372px]" /> : <ProblemNote error={error} title="The map could not be read" onRetry={() => void refetch()} busy={isFetching} />;
  return <NeighbourMap groups={data} pickName={pickName} />;
}

function NeighbourMap({ groups, pickName }: { groups: readonly MapGroup[]; pickName: string }) {
  const draw = useCallback((tones: Tones) => neighbourMapPlot(groups, tones), [groups]);
  if (groups.length === 0) return <p className="text-muted">There were too few samples for a map.</p>;
  const words = groups.map(({ name, x }) => countOf(x.length, name.replace(/s$/, ''), name)).join(', ');
  const csv = () => ({ header: ['kind', 'x', 'y'], rows: groups.flatMap(({ kind, x, y }) => x.map((value, i) => [kind, value, y[i]!])) });
  return <FigurePlot title={`Neighbours in the vectors of ${pickName}`} description={`Map (t-SNE) of ${words}: near points have similar vectors.`} draw={draw} csv={csv} height={340} />;
}
