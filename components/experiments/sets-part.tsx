'use client';

import { useCallback, useMemo } from 'react';
import { protocolMetrics, type ProtocolMetric } from '@/lib/anomaly/protocol/result';
import { evaluatorName } from '@/lib/figures/evaluator-name';
import { setBarsPlot } from '@/lib/figures/experiments/plots';
import { metricLabels, metricMeanings } from '@/lib/figures/experiments/rank-figure';
import { setBars, setBarsCsv, type SetBars } from '@/lib/figures/experiments/set-bars';
import { formatUnit } from '@/lib/figures/format';
import { FigurePlot } from '../charts/figure-plot';
import type { Tones } from '../charts/use-tones';
import { Section } from '../ui/page';
import { Segmented } from '../ui/segmented';
import { EvaluatorLegend, useShownEvaluators } from './evaluator-legend';
import type { PartProps } from './experiment-parts';

const metricOptions = protocolMetrics.map((metric) => ({ value: metric, label: metricLabels[metric] }));
const widthOfSet = 64;

/** Bars per set and evaluator (the paper's Figure 1). */
export function SetsPart({ experiment, results, evaluators, stem, metric, onMetric }: PartProps & { metric: ProtocolMetric; onMetric: (metric: ProtocolMetric) => void }) {
  const [shown, onShown] = useShownEvaluators(evaluators);
  const shownKey = shown.join('\n');
  const bars = useMemo(() => setBars(results, experiment.sets, shownKey === '' ? [] : shownKey.split('\n'), metric), [results, experiment.sets, shownKey, metric]);
  const draw = useCallback((tones: Tones) => setBarsPlot(bars, tones), [bars]);
  const title = `${stem}: ${metricLabels[metric]} per set`;
  return (
    <Section title="Sets" summary={`${metricMeanings[metric]} Means over seeds; whiskers are one standard deviation.`} actions={<Segmented label="Figure" size="sm" value={metric} onChange={onMetric} options={metricOptions} />}>
      <EvaluatorLegend evaluators={evaluators} shown={shown} onShown={onShown} />
      {shown.length === 0 ? <p className="py-6 text-muted">No evaluator is shown. Choose one above.</p> : <FigurePlot title={title} description={describe(bars)} draw={draw} csv={() => setBarsCsv(bars)} height={400} minWidth={Math.max(0, bars.sets.length * widthOfSet)} />}
    </Section>
  );
}

function describe({ sets, series }: SetBars): string {
  const lines = sets.map(({ name }, i) => `${name}: ${series.map(({ evaluator, values }) => `${evaluatorName(evaluator)} ${formatUnit(values[i]?.mean, 3)}`).join(', ')}`);
  return `Grouped bars. ${lines.join('. ')}.`;
}
