'use client';

import { useMemo } from 'react';
import { agreementMatrix, alignRuns, type Agreement } from '@/lib/figures/evaluators/agreement';
import { labelledRoc, valueBars, type EvaluatorMultiple } from '@/lib/figures/evaluators/multiples';
import type { RunValues } from '@/lib/figures/evaluators/run-values';
import type { ComparedRun } from '@/lib/figures/run-comparison';
import { useRunValues } from './use-run-values';

export type Comparison = {
  /** Of the runs that are here. */
  readonly multiples: readonly EvaluatorMultiple[];
  readonly agreement: Agreement;
  readonly loaded: number;
  readonly error: Error | null;
};

type Figures = Pick<EvaluatorMultiple, 'roc' | 'bars'>;
const drawn = new WeakMap<RunValues, Figures>();

/** A tenth of a second at 100,000 samples: done once for a run, however many others come in after it. */
function figuresOf(values: RunValues): Figures {
  const figures = drawn.get(values) ?? { roc: labelledRoc(values), bars: valueBars(values) };
  drawn.set(values, figures);
  return figures;
}

/** What is computed of the newest run of each evaluator; it grows as the runs come in. */
export function useComparison(projectId: string, lines: readonly ComparedRun[]): Comparison {
  const { values, loaded, error } = useRunValues(projectId, lines.map(({ run }) => run.id));
  const multiples = useMemo(
    () =>
      lines.flatMap(({ run, title }, i): EvaluatorMultiple[] => {
        const own = values[i];
        return own === undefined ? [] : [{ run, title, ...figuresOf(own) }];
      }),
    [lines, values],
  );
  // Every run that comes in may take samples away from what all have in common: counted once, when all are here.
  const agreement = useMemo((): Agreement => {
    const present = values.filter((one) => one !== undefined);
    if (present.length < lines.length) return { lines: [], matrix: [], rows: 0 };
    const aligned = alignRuns(present);
    return { lines, matrix: agreementMatrix(aligned), rows: aligned.rows };
  }, [lines, values]);
  return { multiples, agreement, loaded, error };
}
