'use client';

import { useCallback, useMemo } from 'react';
import { evaluatorName } from '@/lib/figures/evaluator-name';
import { evaluatorMatrix, evaluatorMatrixCsv, type EvaluatorMatrix } from '@/lib/figures/experiments/evaluator-matrix';
import { matrixPlot } from '@/lib/figures/experiments/plots';
import { countOf, formatUnit } from '@/lib/figures/format';
import { FigurePlot } from '../charts/figure-plot';
import type { Tones } from '../charts/use-tones';
import { Section } from '../ui/page';
import type { PartProps } from './experiment-parts';

const side = 44;
const edges = 150;

/** Which evaluators do well on the same cells. */
export function AgreementPart({ results, evaluators, stem }: PartProps) {
  const matrix = useMemo(() => evaluatorMatrix(results, evaluators), [results, evaluators]);
  const draw = useCallback((tones: Tones) => matrixPlot(matrix, tones), [matrix]);
  const extent = evaluators.length * side + edges;
  return (
    <Section
      title="Agreement of the evaluators"
      summary={`Spearman’s correlation between two evaluators’ AUC_QLT over the cells (set and seed) that both have; ${countOf(matrix.experiments, 'cell')} of all evaluators. High: they do well on the same cells, which does not mean that they rank the same samples first.`}
    >
      {matrix.experiments < 3 ? (
        <p className="py-6 text-muted">At least three finished cells are needed; with fewer, a correlation says nothing.</p>
      ) : (
        <div style={{ maxWidth: extent * 1.5 }}>
          <FigurePlot title={`${stem}: agreement by AUC_QLT`} description={describe(matrix)} draw={draw} csv={() => evaluatorMatrixCsv(matrix)} height={extent} minWidth={extent} />
        </div>
      )}
    </Section>
  );
}

function describe({ evaluators, values }: EvaluatorMatrix): string {
  const lines = evaluators.map((name, i) => `${evaluatorName(name)}: ${evaluators.flatMap((other, j) => (j > i ? [`${evaluatorName(other)} ${formatUnit(values[i]![j])}`] : [])).join(', ')}`);
  return `Matrix. ${lines.slice(0, -1).join('. ')}.`;
}
