'use client';

import { useMemo, useState } from 'react';
import { rankTable } from '@/lib/anomaly/protocol/summary';
import { rankCsv, rankFigure, type SpreadKind } from '@/lib/figures/experiments/rank-figure';
import { countOf } from '@/lib/figures/format';
import { FigureExport } from '../charts/figure-export';
import { Segmented } from '../ui/segmented';
import { Section } from '../ui/page';
import type { PartProps } from './experiment-parts';
import { RankTable } from './rank-table';

const spreadOptions = [
  { value: 'none', label: 'Mean' },
  { value: 'deviation', label: '± std' },
  { value: 'interval', label: '± 95 %' },
] as const satisfies readonly { value: SpreadKind; label: string }[];

const spreadMeanings: Record<SpreadKind, string> = {
  none: 'Means over cells (set and seed).',
  deviation: 'Mean ± standard deviation over cells (set and seed).',
  interval: 'Mean ± half the width of the 95 % interval by Student’s t, taking cells for independent; seeds of one set are not quite.',
};

/** The table of evaluators by figures and ranks. */
export function RankPart({ results, stem }: PartProps) {
  const [spread, setSpread] = useState<SpreadKind>('none');
  const table = useMemo(() => rankTable(results), [results]);
  const figure = useMemo(() => rankFigure(table, spread), [table, spread]);
  const incomplete = figure.incomplete > 0 ? ` ${countOf(figure.incomplete, 'cell')} without a result of every ranked evaluator ${figure.incomplete === 1 ? 'gives' : 'give'} no ranks.` : '';
  return (
    <Section
      title="Evaluators by figures and ranks"
      summary={`${spreadMeanings[spread]} Ranks 1 (best) to ${figure.ranked.length} within each of ${countOf(figure.experiments, 'cell')}, ties shared.${incomplete} Best in bold.`}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Segmented label="Beside the mean" size="sm" value={spread} onChange={setSpread} options={spreadOptions} />
          <FigureExport name={`${stem} ranks`} csv={() => rankCsv(table)} />
        </div>
      }
    >
      <RankTable figure={figure} caption="Evaluators by figures and ranks" />
    </Section>
  );
}
