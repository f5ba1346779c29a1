import { metricDirections, protocolMetrics, type ProtocolMetric } from '@/lib/anomaly/protocol/result';
import type { MeanAndDeviation, RankRow, RankTable } from '@/lib/anomaly/protocol/summary';
import type { CsvCell } from '../csv';
import { evaluatorName } from '../evaluator-name';
import { intervalHalfWidth } from './interval';

/** As the paper's tables head them. */
export const metricLabels: Readonly<Record<ProtocolMetric, string>> = { aucQlt: 'AUC_QLT', aulcGood: 'AULC_G', accGood: 'ACC_G', aulcPoor: 'AULC_P' };

/** What each figure means, in a sentence. */
export const metricMeanings: Readonly<Record<ProtocolMetric, string>> = {
  aucQlt: 'How often a realistic auxiliary sample is ranked above one that is not.',
  aulcGood: 'Area under the learning curve while the best third is added.',
  accGood: 'Test accuracy with the best third added.',
  aulcPoor: 'Area under the learning curve while the worst two thirds are added; lower is better.',
};

/** What stands beside a mean. */
export type SpreadKind = 'none' | 'deviation' | 'interval';

/** One number of a table: its mean, half the width of what stands beside it (null: nothing), and whether it is the best of its column. */
export type RankCell = { readonly mean: number; readonly spread: number | null; readonly best: boolean };

export type RankLine = {
  readonly evaluator: string;
  readonly name: string;
  /** Experiments, i.e. pairs of set and seed, behind the numbers. */
  readonly experiments: number;
  readonly figures: Readonly<Record<ProtocolMetric, RankCell>>;
  /** Null outside the ranks. */
  readonly ranks: Readonly<Record<ProtocolMetric, RankCell>> | null;
  readonly averageRank: RankCell | null;
};

/** The table of evaluators in the paper's layout; `outside` holds the evaluators that take no part in the ranks. */
export type RankFigure = { readonly ranked: readonly RankLine[]; readonly outside: readonly RankLine[]; readonly experiments: number; readonly incomplete: number };

/**
 * Lines of a table with the best of each column marked. The best is taken over the ranked lines alone, so that what stands
 * outside the ranks takes no mark from them; equal means are all best.
 */
export function rankFigure(table: RankTable, spread: SpreadKind = 'none', metrics: readonly ProtocolMetric[] = protocolMetrics): RankFigure {
  const inside = table.rows.filter(({ ranks }) => ranks !== undefined);
  const best = bestOf(inside.length > 0 ? inside : table.rows, metrics);
  const lines = table.rows.map((row) => lineOf(row, best, spread));
  return {
    ranked: lines.filter(({ ranks }) => ranks !== null),
    outside: lines.filter(({ ranks }) => ranks === null),
    experiments: table.experiments,
    incomplete: table.incomplete,
  };
}

type Best = { readonly figures: Partial<Record<ProtocolMetric, number>>; readonly ranks: Partial<Record<ProtocolMetric, number>>; readonly average: number };

function bestOf(rows: readonly RankRow[], metrics: readonly ProtocolMetric[]): Best {
  const least = (values: readonly number[]) => Math.min(...values.filter(Number.isFinite));
  const bestFigure = (metric: ProtocolMetric) => {
    const means = rows.map(({ figures }) => figures[metric].mean).filter(Number.isFinite);
    return metricDirections[metric] === 'lower_is_better' ? Math.min(...means) : Math.max(...means);
  };
  return {
    figures: Object.fromEntries(metrics.map((metric) => [metric, bestFigure(metric)])),
    ranks: Object.fromEntries(metrics.map((metric) => [metric, least(rows.flatMap(({ ranks }) => (ranks ? [ranks[metric].mean] : [])))])),
    average: least(rows.flatMap(({ averageRank }) => (averageRank ? [averageRank.mean] : []))),
  };
}

function lineOf({ evaluator, experiments, figures, ranks, averageRank }: RankRow, best: Best, spread: SpreadKind): RankLine {
  const cell = (value: MeanAndDeviation, bestMean: number | undefined, mayBeBest: boolean): RankCell => ({
    mean: value.mean,
    spread: spreadOf(value, spread, experiments),
    best: mayBeBest && value.mean === bestMean,
  });
  const isRanked = ranks !== undefined;
  const perMetric = (values: Readonly<Record<ProtocolMetric, MeanAndDeviation>>, bests: Best['figures']) =>
    Object.fromEntries(protocolMetrics.map((metric) => [metric, cell(values[metric], bests[metric], isRanked)])) as Record<ProtocolMetric, RankCell>;
  return {
    evaluator,
    name: evaluatorName(evaluator),
    experiments,
    figures: perMetric(figures, best.figures),
    ranks: ranks ? perMetric(ranks, best.ranks) : null,
    averageRank: averageRank ? cell(averageRank, best.average, true) : null,
  };
}

function spreadOf({ deviation }: MeanAndDeviation, kind: SpreadKind, count: number): number | null {
  if (kind === 'none') return null;
  const value = kind === 'deviation' ? deviation : intervalHalfWidth(deviation, count);
  return Number.isFinite(value) ? value : null;
}

/** The table as CSV: mean and standard deviation of every figure and rank, whatever the screen shows. */
export function rankCsv(table: RankTable, metrics: readonly ProtocolMetric[] = protocolMetrics): { header: string[]; rows: CsvCell[][] } {
  const pair = (value: MeanAndDeviation | undefined): CsvCell[] => [value?.mean ?? null, value?.deviation ?? null];
  const heads = (prefix: string) => metrics.flatMap((metric) => [`${prefix}${metricLabels[metric]}`, `${prefix}${metricLabels[metric]}_std`]);
  return {
    header: ['evaluator', 'experiments', ...heads(''), ...heads('r'), 'avg_rank', 'avg_rank_std'],
    rows: table.rows.map((row) => [
      row.evaluator,
      row.experiments,
      ...metrics.flatMap((metric) => pair(row.figures[metric])),
      ...metrics.flatMap((metric) => pair(row.ranks?.[metric])),
      ...pair(row.averageRank),
    ]),
  };
}
