import { NumericsError } from '../errors';
import { kendallTau, type KendallTau } from './kendall';
import type { StrategyOutcome } from './select-candidate';

/** One strategy over several tasks (a row of SWSA's Table 1). */
export type StrategySummary = {
  readonly name: string;
  /** Tasks in which it was as good as the best candidate; null for what is no candidate. */
  readonly hits: number | null;
  readonly tasks: number;
  /** Mean real AUROC; null where it is not known for every task. */
  readonly meanAuroc: number | null;
};

/** Pick rate and mean AUROC of one strategy over its outcomes, one per task. Throws `data.too_few_rows` without any. */
export function summariseStrategy(outcomes: readonly StrategyOutcome[]): StrategySummary {
  const [first] = outcomes;
  if (first === undefined) throw new NumericsError('data.too_few_rows', 'There is no task to summarise.');
  const aurocs = outcomes.flatMap(({ auroc }) => (auroc === null ? [] : [auroc]));
  const hits = outcomes.flatMap(({ hit }) => (hit === null ? [] : [hit]));
  return {
    name: first.name,
    hits: hits.length < outcomes.length ? null : hits.filter(Boolean).length,
    tasks: outcomes.length,
    meanAuroc: aurocs.length < outcomes.length ? null : aurocs.reduce((sum, value) => sum + value, 0) / aurocs.length,
  };
}

/**
 * Kendall's tau between synthetic and real AUROC of the candidates after each was averaged over the tasks (SWSA paper, Section 4.2
 * and Table 2). Both are tasks x candidates.
 */
export function kendallOfMeans(synthetic: readonly (readonly number[])[], real: readonly (readonly number[])[]): KendallTau {
  if (synthetic.length !== real.length || synthetic.length === 0) throw new NumericsError('data.shape', `There are ${synthetic.length} tasks with synthetic AUROCs and ${real.length} with real ones.`);
  return kendallTau(columnMeansOf(synthetic), columnMeansOf(real));
}

function columnMeansOf(rows: readonly (readonly number[])[]): number[] {
  return rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + (row[i] ?? Number.NaN), 0) / rows.length);
}
