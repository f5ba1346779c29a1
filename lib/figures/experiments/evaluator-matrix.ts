import type { CsvCell } from '../csv';
import { spearman } from '../correlation';
import type { JudgedResult } from './results';

/** Rank correlation of two evaluators over the experiments (set and seed) that both have; NaN where it says nothing. */
export type EvaluatorMatrix = { readonly evaluators: readonly string[]; readonly values: readonly (readonly number[])[]; /** Experiments that all of them share. */ readonly experiments: number };

/** Spearman's correlation between the evaluators' AUC_QLT per experiment. */
export function evaluatorMatrix(results: readonly JudgedResult[], evaluators: readonly string[]): EvaluatorMatrix {
  const keys = [...new Set(results.map(({ set, seed }) => `${seed} ${set}`))];
  const places = new Map(keys.map((key, i) => [key, i]));
  const columns = evaluators.map((name) => {
    const column = new Float64Array(keys.length).fill(Number.NaN);
    for (const result of results) if (result.evaluator === name) column[places.get(`${result.seed} ${result.set}`)!] = result.aucQlt;
    return column;
  });
  return {
    evaluators,
    values: columns.map((a) => columns.map((b) => spearman(a, b))),
    experiments: keys.filter((_, i) => columns.every((column) => Number.isFinite(column[i]!))).length,
  };
}

export function evaluatorMatrixCsv({ evaluators, values }: EvaluatorMatrix): { header: string[]; rows: CsvCell[][] } {
  return { header: ['evaluator', ...evaluators], rows: evaluators.map((name, i) => [name, ...values[i]!]) };
}
