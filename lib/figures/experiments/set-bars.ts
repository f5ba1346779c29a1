import type { ProtocolMetric } from '@/lib/anomaly/protocol/result';
import { meanAndDeviation, type MeanAndDeviation } from '@/lib/anomaly/protocol/summary';
import type { ExperimentSet } from '@/lib/api/contracts/experiments';
import type { CsvCell } from '../csv';
import { metricLabels } from './rank-figure';
import type { JudgedResult } from './results';

/** A figure per set and evaluator as grouped bars (EAP paper, Figure 1): means over seeds; null where nothing is known yet. */
export type SetBars = {
  readonly metric: ProtocolMetric;
  readonly sets: readonly { readonly id: string; readonly name: string }[];
  readonly series: readonly { readonly evaluator: string; readonly values: readonly (MeanAndDeviation | null)[] }[];
};

export function setBars(results: readonly JudgedResult[], sets: readonly ExperimentSet[], evaluators: readonly string[], metric: ProtocolMetric): SetBars {
  const values = new Map<string, number[]>();
  for (const result of results) {
    const key = `${result.set} ${result.evaluator}`;
    const known = values.get(key);
    if (known === undefined) values.set(key, [result[metric]]);
    else known.push(result[metric]);
  }
  const shown = sets.filter(({ id }) => results.some(({ set }) => set === id));
  return {
    metric,
    sets: shown.map(({ id, name }) => ({ id, name })),
    series: evaluators.map((evaluator) => ({
      evaluator,
      values: shown.map(({ id }) => {
        const of = values.get(`${id} ${evaluator}`);
        return of === undefined ? null : meanAndDeviation(of);
      }),
    })),
  };
}

export function setBarsCsv({ metric, sets, series }: SetBars): { header: string[]; rows: CsvCell[][] } {
  const label = metricLabels[metric];
  return {
    header: ['set', ...series.flatMap(({ evaluator }) => [`${evaluator} ${label}`, `${evaluator} ${label}_std`])],
    rows: sets.map(({ name }, i) => [name, ...series.flatMap(({ values }) => [values[i]?.mean ?? null, values[i]?.deviation ?? null])]),
  };
}
