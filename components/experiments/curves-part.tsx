'use client';

import { useCallback, useMemo } from 'react';
import type { ExperimentCurves } from '@/lib/api/contracts/experiments';
import { evaluatorName } from '@/lib/figures/evaluator-name';
import { curveBands, curveBandsCsv, type CurveBand, type CurveDirection } from '@/lib/figures/experiments/curve-bands';
import { curvesPlot } from '@/lib/figures/experiments/plots';
import { formatUnit } from '@/lib/figures/format';
import { FigurePlot } from '../charts/figure-plot';
import type { Tones } from '../charts/use-tones';
import { Section } from '../ui/page';
import { ProblemNote } from '../ui/problem';
import { Select } from '../ui/select';
import { Skeleton } from '../ui/skeleton';
import { EvaluatorLegend, useShownEvaluators } from './evaluator-legend';
import type { PartProps } from './experiment-parts';
import { useExperimentCurves } from './use-experiments';

const directions: Record<CurveDirection, string> = { good: 'best first, LC_G', poor: 'worst first, LC_P' };

/** Learning curves of one set in both directions (the paper's Figure 2). */
export function CurvesPart({ projectId, experiment, results, evaluators, setId, onSet }: PartProps & { projectId: string; setId: string | null; onSet: (setId: string) => void }) {
  const withResults = experiment.sets.filter(({ id }) => results.some((result) => result.set === id));
  const chosen = withResults.find(({ id }) => id === setId) ?? withResults[0];
  const { data: curves, error, refetch, isFetching } = useExperimentCurves(projectId, experiment, chosen?.id ?? null);
  const [shown, onShown] = useShownEvaluators(evaluators);
  if (chosen === undefined) return <p className="py-6 text-muted">No set has a finished cell yet.</p>;
  const model = chosen.kind === 'tabular' ? 'random forest' : 'SVM';
  return (
    <Section
      title="Learning curves"
      summary={`Test accuracy of a ${model} while ranked auxiliary samples are added to its training: mean over seeds, band of one standard deviation.`}
      actions={
        <label className="inline-flex items-center gap-2 text-small">
          Set
          <Select size="sm" className="max-w-60" value={chosen.id} onChange={onSet} options={withResults.map(({ id, name }) => ({ value: id, label: name }))} />
        </label>
      }
    >
      <EvaluatorLegend evaluators={evaluators} shown={shown} onShown={onShown} />
      {error !== null && <ProblemNote title="The curves could not be read" error={error} onRetry={() => void refetch()} busy={isFetching} />}
      <div className="grid gap-6 lg:grid-cols-2">
        {(['good', 'poor'] as const).map((direction) =>
          curves === undefined ? error === null && <Skeleton key={direction} className="h-[364px]" /> : <Curves key={direction} curves={curves} shown={shown} direction={direction} setName={chosen.name} />,
        )}
      </div>
    </Section>
  );
}

function Curves({ curves, shown, direction, setName }: { curves: ExperimentCurves['curves']; shown: readonly string[]; direction: CurveDirection; setName: string }) {
  const shownKey = shown.join('\n');
  const bands = useMemo(() => curveBands(curves, shownKey === '' ? [] : shownKey.split('\n'), direction), [curves, shownKey, direction]);
  const draw = useCallback((tones: Tones) => curvesPlot(bands, tones), [bands]);
  if (bands.length === 0) return <p className="py-6 text-muted">No curve to show. Choose an evaluator above.</p>;
  return <FigurePlot title={`${setName}: ${directions[direction]}`} description={describe(bands)} draw={draw} csv={() => curveBandsCsv(bands, direction)} height={336} />;
}

function describe(bands: readonly CurveBand[]): string {
  return `Lines. ${bands.map(({ evaluator, added, mean }) => `${evaluatorName(evaluator)}: accuracy ${formatUnit(mean[0], 3)} with none added, ${formatUnit(mean.at(-1), 3)} with ${added.at(-1) ?? 0}`).join('. ')}.`;
}
