'use client';

import { useMemo } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import type { Run } from '@/lib/api/contracts/runs';
import { extent } from '@/lib/figures/axis';
import { evaluatorName } from '@/lib/figures/evaluator-name';
import { histogram } from '@/lib/figures/histogram';
import { quadrant } from '@/lib/figures/quadrant';
import { qualityRoc } from '@/lib/figures/roc';
import { qualityLabelNames, zoneNames, type ScoreTable } from '@/lib/figures/score-table';
import { knownParts } from '@/lib/figures/table-columns';
import { withoutAbsent } from '@/lib/figures/view-state';
import { HistogramChart } from '../charts/histogram-chart';
import { QuadrantChart } from '../charts/quadrant-chart';
import { RocChart } from '../charts/roc-chart';
import { HistogramCut } from './cut/histogram-cut';
import type { Cut } from './cut/use-cut';
import { KeepChart } from './keep/keep-chart';

type ScoreChartsProps = {
  projectId: string;
  cut: Cut;
  table: ScoreTable;
  run: Run;
  order: Uint32Array;
  selectedRow: number | null;
  filter: RankingFilter;
  onFilter: (filter: RankingFilter) => void;
  onSelectRow: (row: number) => void;
};

/** What the whole ranking looks like: parts against each other, quality by zone, and how well it finds the known good ones. */
export function ScoreCharts({ projectId, cut, table, run, order, selectedRow, filter, onFilter, onSelectRow }: ScoreChartsProps) {
  const parts = useMemo(() => quadrant(table, order), [table, order]);
  const domain = useMemo(() => qualityDomain(table), [table]);
  const bars = useMemo(() => qualityBars(table, order, domain), [table, order, domain]);
  const roc = useMemo(() => qualityRoc(table), [table]);
  const mark = selectedRow === null ? null : table.quality[selectedRow]!;
  return (
    <div className="flex h-full min-h-0 divide-x divide-line overflow-hidden pt-1 max-md:flex-col max-md:divide-x-0 max-md:divide-y max-md:overflow-y-auto">
      {parts && (
        <div className="flex min-h-0 min-w-0 flex-[1.3] flex-col max-md:h-60 max-md:flex-none">
          <QuadrantChart figure={parts} selectedRow={selectedRow} onSelect={onSelectRow} />
        </div>
      )}
      {!parts && order.length > 0 && (
        <p className="w-60 shrink-0 p-4 text-small text-pretty text-muted max-md:w-auto">{evaluatorName(run.evaluator)} gives a value alone. Zones, density and probability are parts of EAP: choose an EAP run to see them.</p>
      )}
      {bars && (
        <div className="flex min-h-0 min-w-0 flex-[1.3] flex-col max-md:h-60 max-md:flex-none">
          <HistogramChart
            title={bars.title}
            figure={bars.figure}
            axis={run.evaluator === 'EAP' ? 'quality' : `value of ${evaluatorName(run.evaluator)}`}
            mark={mark}
            range={filter.quality}
            onRange={(range) => onFilter(withoutAbsent({ ...filter, quality: range }))}
            overlay={(x, y) => <HistogramCut cut={cut} x={x} y={y} />}
          />
        </div>
      )}
      {roc && (
        <div className="flex min-h-0 min-w-0 flex-1 flex-col max-md:h-60 max-md:flex-none">
          <RocChart figure={roc} interval={run.summary?.aucQlt ?? null} />
        </div>
      )}
      <KeepChart projectId={projectId} run={run} cut={cut} />
      {!parts && !bars && !roc && <p className="m-auto p-4 text-muted">Nothing to draw: no sample matches the filter.</p>}
    </div>
  );
}

/** The axis holds every sample of the run, whatever is filtered: bars keep their places. */
function qualityDomain(table: ScoreTable): { domain?: readonly [number, number] } {
  const range = extent(table.quality, Uint32Array.from({ length: table.rows }, (_, row) => row));
  if (range === null || range[0] === range[1]) return {};
  return { domain: range[0] >= 0 ? [0, range[1]] : range };
}

/** Quality by known label where labels exist, else by zone where the run knows zones. */
function qualityBars(table: ScoreTable, order: Uint32Array, domain: { domain?: readonly [number, number] }) {
  const labelled = order.some((row) => table.qualityLabel[row] !== 0);
  const zoned = knownParts(table).zone;
  const names = labelled ? qualityLabelNames.map((name) => name ?? 'unlabelled') : zoneNames.map((name) => name ?? (zoned ? 'no zone' : 'all'));
  const figure = histogram(table.quality, order, { codes: labelled ? table.qualityLabel : table.zone, names }, domain);
  const title = labelled ? 'Quality by known label' : zoned ? 'Quality by zone' : 'Quality';
  return figure && { figure, title };
}
