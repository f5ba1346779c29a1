'use client';

import { useCallback, useMemo } from 'react';
import { agreementMatrix, type AlignedRuns } from '@/lib/figures/evaluators/agreement';
import { pairCsv, pairPlot } from '@/lib/figures/evaluators/pair-plot';
import { countOf, formatUnit } from '@/lib/figures/format';
import { FigurePlot } from '../../charts/figure-plot';
import type { Tones } from '../../charts/use-tones';
import { PairPoints } from './pair-points';

type PairFigureProps = { projectId: string; /** Of the first run. */ runId: string; aligned: AlignedRuns; names: readonly [string, string]; stem: string };

/** Percentile by the one run against percentile by the other, and how well they agree. */
export function PairFigure({ projectId, runId, aligned, names, stem }: PairFigureProps) {
  const draw = useCallback((tones: Tones) => pairPlot(aligned, names, tones), [aligned, names]);
  const spearman = useMemo(() => agreementMatrix(aligned)[0]![1]!, [aligned]);
  const words = `Spearman ${formatUnit(spearman)} over ${countOf(aligned.rows, 'sample')}.`;
  return (
    <div>
      <FigurePlot
        title={`${stem}: percentiles by two runs`}
        description={`Each sample by its percentile by ${names[0]} and by ${names[1]}. ${words} A click on a point opens its sample; the list of largest disagreements opens samples by keyboard.`}
        draw={draw}
        csv={() => pairCsv(aligned, names)}
        height={320}
        overlay={(frame) => <PairPoints projectId={projectId} runId={runId} aligned={aligned} frame={frame} />}
      />
      <p className="text-small text-muted">{words} On the dotted line the two agree. A click on a point opens its sample.</p>
    </div>
  );
}
