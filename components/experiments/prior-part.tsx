'use client';

import { useMemo } from 'react';
import type { ProtocolMetric } from '@/lib/anomaly/protocol/result';
import { alpha0Table } from '@/lib/anomaly/protocol/summary';
import { rankCsv, rankFigure } from '@/lib/figures/experiments/rank-figure';
import { countOf } from '@/lib/figures/format';
import { FigureExport } from '../charts/figure-export';
import { Section } from '../ui/page';
import type { PartProps } from './experiment-parts';
import { RankTable } from './rank-table';

const metrics: readonly ProtocolMetric[] = ['aucQlt', 'accGood'];

/** How much the prior share of anomalies changes EAP (the paper's Table 3). */
export function PriorPart({ experiment, results, stem }: PartProps) {
  const table = useMemo(() => alpha0Table(results), [results]);
  const figure = useMemo(() => rankFigure(table, 'none', metrics), [table]);
  if (!experiment.settings.priorSensitivity) {
    return <p className="py-6 text-muted">This experiment did not try other priors. Start one with “Prior sensitivity” ticked.</p>;
  }
  return (
    <Section
      title="EAP by its prior alpha0"
      summary={`EAP takes m / n, the share of known anomalies; EAP_w takes w. Ranked among themselves in ${countOf(figure.experiments, 'cell')}; 1 is best.`}
      actions={<FigureExport name={`${stem} prior`} csv={() => rankCsv(table, metrics)} />}
    >
      <RankTable figure={figure} caption="EAP by its prior alpha0" metrics={metrics} head="Prior" />
    </Section>
  );
}
