'use client';

import { useCallback, type ReactNode } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import { barsCsv, rocCsv, type EvaluatorMultiple, type EvaluatorMultiples } from '@/lib/figures/evaluators/multiples';
import { barsGridPlot, gridSize, rocGridPlot } from '@/lib/figures/evaluators/multiples-plots';
import { formatUnit } from '@/lib/figures/format';
import { aucText } from '../../charts/roc-chart';
import { FigureExport } from '../../charts/figure-export';
import type { Tones } from '../../charts/use-tones';
import { Section } from '../../ui/page';
import { Skeleton } from '../../ui/skeleton';
import { SmallBars, SmallRoc } from './small-figures';

type MultiplesProps = { multiples: EvaluatorMultiples; /** How many there will be when all runs are here. */ awaited: number; stem: string };

/** The ROC curve of each evaluator, that of the shown run in grey behind it. */
export function RocMultiples({ multiples, awaited, run, stem }: MultiplesProps & { run: Run }) {
  const draw = useCallback((tones: Tones) => rocGridPlot(multiples, run.id, tones), [multiples, run.id]);
  const drawn = multiples.filter(({ roc }) => roc !== null);
  const reference = drawn.find((one) => one.run.id === run.id)?.roc ?? null;
  if (multiples.length === awaited && drawn.length === 0) {
    return (
      <Section title="ROC curves">
        <p className="text-muted">Curves need samples whose quality is known to be realistic, and others that are known not to be. Give labels (quality_label) with the upload’s metadata, then run the evaluators again.</p>
      </Section>
    );
  }
  return (
    <Section
      title="ROC curves"
      summary="Realistic samples against the others with a known quality; the shown run in grey."
      actions={<FigureExport name={`${stem}: ROC curves`} csv={() => rocCsv(multiples)} draw={draw} size={gridSize(drawn.length)} />}
    >
      <Grid drawn={drawn} awaited={awaited - (multiples.length - drawn.length)}>
        {(one) => <SmallRoc figure={one.roc!} behind={one.run.id === run.id ? null : reference} title={one.title} auc={one.run.summary?.aucQlt ? aucText(one.run.summary.aucQlt) : formatUnit(one.roc!.auc)} />}
      </Grid>
    </Section>
  );
}

const groupWords: Readonly<Record<string, string>> = { realistic: 'bg-zone-realistic', unrealistic: 'bg-zone-unrealistic', indistinguishable: 'bg-zone-indistinguishable', unlabelled: 'bg-accent', all: 'bg-accent' };

/** How each evaluator's values lie, by pseudo-quality where it is known. */
export function BarMultiples({ multiples, awaited, stem }: MultiplesProps) {
  const draw = useCallback((tones: Tones) => barsGridPlot(multiples, tones), [multiples]);
  const drawn = multiples.filter(({ bars }) => bars !== null);
  const labelled = multiples.some(({ roc }) => roc !== null);
  const names = [...new Set(drawn.flatMap(({ bars }) => bars!.series.map(({ name }) => name)))];
  return (
    <Section
      title="Values"
      summary={
        <span className="flex flex-wrap items-center gap-x-3">
          {labelled ? 'By known quality; each evaluator has a scale of its own.' : 'By zone where an evaluator knows zones; each has a scale of its own.'}
          {names.map((name) => (
            <span key={name} className="inline-flex items-center gap-1">
              <span aria-hidden className={`size-2 rounded-[1px] ${groupWords[name] ?? 'bg-accent'}`} />
              {name}
            </span>
          ))}
        </span>
      }
      actions={<FigureExport name={`${stem}: values by evaluator`} csv={() => barsCsv(multiples)} draw={draw} size={gridSize(drawn.length)} />}
    >
      <Grid drawn={drawn} awaited={awaited}>
        {(one) => <SmallBars figure={one.bars!} title={one.title} />}
      </Grid>
    </Section>
  );
}

/** The small figures that are here, and an empty place for each that is still to come. */
function Grid({ drawn, awaited, children }: { drawn: EvaluatorMultiples; awaited: number; children: (one: EvaluatorMultiple) => ReactNode }) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(156px,1fr))] gap-3">
      {drawn.map((one) => (
        <li key={one.run.id}>{children(one)}</li>
      ))}
      {Array.from({ length: Math.max(0, awaited - drawn.length) }, (_, i) => (
        <li key={`to come ${i}`}>
          <Skeleton className="h-44" />
        </li>
      ))}
    </ul>
  );
}
