import { averageRanks } from '../metrics/ranks';
import { alpha0Of, isPaperEvaluator, metricDirections, protocolMetrics, type RankedResult, type ProtocolMetric, type SetKind } from './result';

/** Mean and standard deviation (divisor N - 1; NaN for a single value) over experiments. */
export type MeanAndDeviation = { readonly mean: number; readonly deviation: number };

/** One evaluator in the layout of the paper's Tables 1, 3 and 4. */
export type RankRow = {
  readonly evaluator: string;
  /** Experiments that the figures are taken over. */
  readonly experiments: number;
  readonly figures: Readonly<Record<ProtocolMetric, MeanAndDeviation>>;
  /** Ranks within each experiment; undefined for an evaluator that stands outside the ranks. */
  readonly ranks: Readonly<Record<ProtocolMetric, MeanAndDeviation>> | undefined;
  /** Mean of the ranks of an experiment: its mean over experiments is the mean of the rank means. */
  readonly averageRank: MeanAndDeviation | undefined;
};

/** Evaluators in order of their average rank, followed by those outside the ranks. */
export type RankTable = {
  readonly rows: readonly RankRow[];
  /** Experiments in which every ranked evaluator has a result; only these give ranks. */
  readonly experiments: number;
  /** Experiments left out of the ranks because some ranked evaluator has no result there (yet). */
  readonly incomplete: number;
};

export type RankOptions = {
  /** Figures whose ranks are averaged; default: all four. Table 3 takes aucQlt and accGood. */
  readonly metrics?: readonly ProtocolMetric[];
  /** Which evaluators take part in the ranks; default: those of the paper, without variants of alpha0. */
  readonly ranked?: (evaluator: string) => boolean;
};

/**
 * Figures and ranks over experiments (EAP paper, Table 1 and 4): in each experiment the ranked evaluators get the ranks
 * 1 (best) to as many as there are, ties the average of theirs; of AULC_P the lowest is best. Variants of EAP with an alpha0
 * of their own are left out unless `ranked` takes them in.
 */
export function rankTable(results: readonly RankedResult[], options: RankOptions = {}): RankTable {
  const { metrics = protocolMetrics, ranked: takesPart = isPaperEvaluator } = options;
  const ranked = ({ evaluator }: RankedResult) => takesPart(evaluator);
  const taken = results.filter((result) => alpha0Of(result.evaluator) === undefined || ranked(result));
  const names = [...new Set(taken.map(({ evaluator }) => evaluator))];
  const rankedNames = new Set(taken.filter(ranked).map(({ evaluator }) => evaluator));
  const experiments = [...groupBy(taken, experimentKey).values()];
  const complete = experiments.filter((rows) => rows.filter(ranked).length === rankedNames.size);
  const ranksOf = new Map<string, ExperimentRanks[]>(names.map((name) => [name, []]));
  for (const rows of complete) {
    for (const [name, ranks] of ranksWithin(rows.filter(ranked), metrics)) ranksOf.get(name)!.push(ranks);
  }
  const rows = names.map((name) => rowOf(name, taken.filter(({ evaluator }) => evaluator === name), ranksOf.get(name)!, metrics));
  return { rows: rows.sort(byAverageRank), experiments: complete.length, incomplete: experiments.length - complete.length };
}

/** One rank table per kind of set and one over all; a kind without results has none. */
export function rankTables(results: readonly RankedResult[], options: RankOptions = {}): { readonly [kind in SetKind | 'all']: RankTable | undefined } {
  const of = (rows: readonly RankedResult[]) => (rows.length > 0 ? rankTable(rows, options) : undefined);
  return { image: of(results.filter(({ kind }) => kind === 'image')), tabular: of(results.filter(({ kind }) => kind === 'tabular')), all: of(results) };
}

/** EAP with alpha0 = m / n against its variants, ranked among themselves by AUC_QLT and ACC_G (EAP paper, Table 3). */
export function alpha0Table(results: readonly RankedResult[]): RankTable {
  const variants = results.filter(({ evaluator }) => alpha0Of(evaluator) !== undefined || evaluator === 'EAP');
  return rankTable(variants, { metrics: ['aucQlt', 'accGood'], ranked: () => true });
}

/** Mean AUC_QLT over the seeds of a set by evaluator (EAP paper, Figure 1), sets in the order of their first result. */
export type SetRow = { readonly set: string; readonly kind: SetKind; readonly aucQlt: ReadonlyMap<string, MeanAndDeviation> };

export function setTable(results: readonly RankedResult[]): SetRow[] {
  const plain = results.filter(({ evaluator }) => alpha0Of(evaluator) === undefined);
  return [...groupBy(plain, ({ set }) => set)].map(([set, rows]) => ({
    set,
    kind: rows[0]!.kind,
    aucQlt: new Map([...groupBy(rows, ({ evaluator }) => evaluator)].map(([name, of]) => [name, meanAndDeviation(of.map(({ aucQlt }) => aucQlt))])),
  }));
}

/** Mean and standard deviation with divisor N - 1. */
export function meanAndDeviation(values: readonly number[]): MeanAndDeviation {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Number.NaN };
}

type ExperimentRanks = Readonly<Partial<Record<ProtocolMetric, number>>>;

function experimentKey({ set, kind, seed }: RankedResult): string {
  return `${kind} ${seed} ${set}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

function ranksWithin(rows: readonly RankedResult[], metrics: readonly ProtocolMetric[]): Map<string, ExperimentRanks> {
  const columns = metrics.map((metric) => averageRanks(rows.map((row) => row[metric]), metricDirections[metric]));
  return new Map(rows.map(({ evaluator }, i) => [evaluator, Object.fromEntries(metrics.map((metric, j) => [metric, columns[j]![i]!]))]));
}

function rowOf(evaluator: string, results: readonly RankedResult[], ranks: readonly ExperimentRanks[], metrics: readonly ProtocolMetric[]): RankRow {
  const perMetric = (valuesOf: (metric: ProtocolMetric) => number[]) =>
    Object.fromEntries(protocolMetrics.map((metric) => [metric, meanAndDeviation(valuesOf(metric))])) as Record<ProtocolMetric, MeanAndDeviation>;
  const figures = perMetric((metric) => results.map((result) => result[metric]));
  if (ranks.length === 0) return { evaluator, experiments: results.length, figures, ranks: undefined, averageRank: undefined };
  const averages = ranks.map((of) => metrics.reduce((sum, metric) => sum + of[metric]!, 0) / metrics.length);
  return {
    evaluator,
    experiments: results.length,
    figures,
    ranks: perMetric((metric) => ranks.map((of) => of[metric] ?? Number.NaN)),
    averageRank: meanAndDeviation(averages),
  };
}

function byAverageRank(a: RankRow, b: RankRow): number {
  return (a.averageRank?.mean ?? Infinity) - (b.averageRank?.mean ?? Infinity) || a.evaluator.localeCompare(b.evaluator);
}
