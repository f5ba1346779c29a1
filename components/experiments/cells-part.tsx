'use client';

import { Check, CircleDashed, CircleSlash, OctagonAlert, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import { paperAlpha0s } from '@/lib/anomaly/protocol/result';
import { cellLines, resultsCsv, type CellLine, type CellState } from '@/lib/figures/experiments/cells';
import { countOf, formatDuration, formatUnit } from '@/lib/figures/format';
import { FigureExport } from '../charts/figure-export';
import { cn } from '../ui/cn';
import { Section } from '../ui/page';
import { VirtualList } from '../ui/virtual-list';
import type { PartProps } from './experiment-parts';

const rowHeight = 32;
const rowsShown = 16;
const template = 'grid grid-cols-[minmax(72px,1fr)_36px_124px_64px_56px] items-center gap-2 px-2';

const states: Record<CellState, { label: string; icon: LucideIcon; tone: string }> = {
  ready: { label: 'Ready', icon: Check, tone: 'text-muted' },
  failed: { label: 'Failed', icon: OctagonAlert, tone: 'text-danger' },
  waiting: { label: 'Waiting', icon: CircleDashed, tone: 'text-muted' },
  cancelled: { label: 'Cancelled', icon: CircleSlash, tone: 'text-muted' },
};

/** Every cell, as it finishes. */
export function CellsPart({ experiment, results, stem }: PartProps) {
  const lines = useMemo(() => cellLines(experiment, results), [experiment, results]);
  const expected = experiment.settings.evaluators.length + (experiment.settings.priorSensitivity ? paperAlpha0s.length : 0);
  return (
    <Section title="Cells" summary={`${countOf(lines.length, 'cell')}: one split of one set. Seconds are those of the valuations.`} actions={<FigureExport name={`${stem} results`} csv={() => resultsCsv(results, experiment.sets)} />}>
      <div aria-hidden className={cn(template, 'h-8 border-b border-line-strong text-small text-muted')}>
        <span>Set</span>
        <span className="text-right">Seed</span>
        <span>State</span>
        <span className="text-right">EAP AUC</span>
        <span className="text-right">Time</span>
      </div>
      {/* The list lays out nothing by its content, so it is given its height. */}
      <div style={{ height: Math.min(lines.length, rowsShown) * rowHeight }}>
        <VirtualList count={lines.length} rowHeight={rowHeight} label="Cells" className="h-full">
          {(index) => <CellRow line={lines[index]!} expected={expected} />}
        </VirtualList>
      </div>
    </Section>
  );
}

function CellRow({ line, expected }: { line: CellLine; expected: number }) {
  const { label, icon: Icon, tone } = states[line.state];
  return (
    <div className={cn(template, 'h-8 border-b border-line')} title={line.message ?? undefined}>
      <span className="truncate">{line.setName}</span>
      <span className="text-right">
        <span className="sr-only">seed </span>
        {line.seed}
      </span>
      <span className={cn('inline-flex items-center gap-1.5', tone)}>
        <Icon aria-hidden className="size-4 shrink-0" />
        {line.state === 'ready' && line.evaluators < expected ? `${label}, ${line.evaluators} of ${expected}` : label}
      </span>
      <span className="text-right">
        <span className="sr-only">AUC of EAP </span>
        {formatUnit(line.aucEap, 3)}
      </span>
      <span className="text-right text-muted">{formatDuration(line.seconds)}</span>
    </div>
  );
}
