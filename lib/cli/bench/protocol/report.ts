import { paperAlpha0Table, paperImageTable, paperOverallDeviations, paperOverallTable, paperTabularTable, type PaperRow, type PaperTable } from '@/lib/anomaly/protocol/paper-figures';
import { isPaperEvaluator, paperAlpha0s, protocolMetrics, type ExperimentResult, type ProtocolMetric } from '@/lib/anomaly/protocol/result';
import { alpha0Table, meanAndDeviation, rankTables, setTable, type MeanAndDeviation, type RankRow, type RankTable } from '@/lib/anomaly/protocol/summary';
import { cells } from '../table';
import { printedName as plainName, type Row } from './row';

/** What stands above the tables. */
export type ReportHead = {
  /** The command as it would be typed again. */
  readonly command: string;
  readonly machine: string;
  readonly date: string;
  /** A sentence on the wall clock of this run and on what it found ready. */
  readonly duration: string;
  /** Settings as sentences. */
  readonly settings: readonly string[];
  /** Sets and cells that could not be run. */
  readonly refused: readonly { readonly what: string; readonly why: string }[];
};

const metricNames: Readonly<Record<ProtocolMetric, string>> = { aucQlt: 'AUC_QLT', aulcGood: 'AULC_G', accGood: 'ACC_G', aulcPoor: 'AULC_P (↓)' };
const rankNames: Readonly<Record<ProtocolMetric, string>> = { aucQlt: 'rAUC_QLT', aulcGood: 'rAULC_G', accGood: 'rACC_G', aulcPoor: 'rAULC_P' };

/** The Markdown file of a run: the paper's Tables 1, 4 and 3, AUC_QLT per set, times, and what could not be run. */
export function reportOf(rows: readonly Row[], head: ReportHead): string {
  const results = rows.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const tables = rankTables(results);
  return [
    '# The experimental protocol of the EAP paper',
    `    ${head.command}`,
    [`${head.machine}, ${head.date}. ${head.duration}`, ...head.settings].join('\n'),
    '"Paper" columns are the figures of the article, which used other sets and, for images, other features. Ranks are taken within each experiment (1 is best, ties share the mean of theirs) among the evaluators of the paper; an evaluator with dashes stands outside the ranks.',
    ...ranked('Image sets (Table 1, upper half)', tables.image, paperImageTable),
    ...ranked('Tabular sets (Table 1, lower half)', tables.tabular, paperTabularTable),
    ...overall(tables.all),
    ...alpha0(results),
    ...perSet(results),
    ...times(rows),
    ...refusals(rows, head.refused),
  ].join('\n\n').concat('\n');
}

/** The name in a cell of a table, where a bare | would end it. */
function printedName(evaluator: string): string {
  return plainName(evaluator).replaceAll('|', '\\|');
}

function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  return [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...body].map((line) => cells(line)).join('\n');
}

const figure = (value: number | undefined, digits: number) => (value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits));

function paperRow(of: PaperTable, evaluator: string): PaperRow | undefined {
  return isPaperEvaluator(evaluator) ? of[evaluator] : undefined;
}

function basis({ experiments, incomplete }: RankTable): string {
  const left = incomplete === 0 ? '' : ` ${incomplete} experiment(s) in which an evaluator has no result give no ranks.`;
  return `Ranks over ${experiments} experiments (sets x seeds).${left}`;
}

function ranked(title: string, of: RankTable | undefined, paper: PaperTable): string[] {
  if (of === undefined) return [];
  const head = ['evaluator', ...protocolMetrics.map((m) => metricNames[m]), ...protocolMetrics.map((m) => rankNames[m]), 'AVG. RANK', ...protocolMetrics.map((m) => `paper ${metricNames[m]}`), 'paper AVG. RANK'];
  const body = of.rows.map((row) => {
    const published = paperRow(paper, row.evaluator);
    return [
      printedName(row.evaluator),
      ...protocolMetrics.map((m) => figure(row.figures[m].mean, 3)),
      ...protocolMetrics.map((m) => figure(row.ranks?.[m].mean, 2)),
      figure(row.averageRank?.mean, 2),
      ...protocolMetrics.map((_, i) => figure(published?.[i], 3)),
      figure(published?.[8], 2),
    ];
  });
  return [`## ${title}`, basis(of), table(head, body)];
}

const withDeviation = (value: MeanAndDeviation | undefined, digits = 2) => (value === undefined || Number.isNaN(value.mean) ? '–' : `${value.mean.toFixed(digits)} ± ${figure(value.deviation, digits)}`);

function overall(of: RankTable | undefined): string[] {
  if (of === undefined) return [];
  const head = ['evaluator', ...protocolMetrics.map((m) => metricNames[m]), ...protocolMetrics.map((m) => rankNames[m]), 'AVG. RANK', 'paper AUC_QLT', 'paper AVG. RANK'];
  const published = (evaluator: string, column: 0 | 8) => {
    const mean = paperRow(paperOverallTable, evaluator)?.[column];
    return withDeviation(mean === undefined ? undefined : { mean, deviation: paperRow(paperOverallDeviations, evaluator)![column] });
  };
  const body = of.rows.map((row: RankRow) => [
    printedName(row.evaluator),
    ...protocolMetrics.map((m) => withDeviation(row.figures[m])),
    ...protocolMetrics.map((m) => withDeviation(row.ranks?.[m])),
    withDeviation(row.averageRank),
    published(row.evaluator, 0),
    published(row.evaluator, 8),
  ]);
  return ['## All sets (Table 4): mean ± standard deviation over experiments', basis(of), table(head, body)];
}

function alpha0(results: readonly ExperimentResult[]): string[] {
  const of = alpha0Table(results);
  if (of.rows.length < paperAlpha0s.length + 1) return [];
  const body = of.rows.map(({ evaluator, figures, ranks, averageRank }) => [
    evaluator,
    figure(figures.aucQlt.mean, 3),
    figure(figures.accGood.mean, 3),
    figure(ranks?.aucQlt.mean, 2),
    figure(ranks?.accGood.mean, 2),
    figure(averageRank?.mean, 2),
    ...(paperAlpha0Table[evaluator] ?? []).map((value) => figure(value, 2)),
  ]);
  const head = ['evaluator', 'AUC_QLT', 'ACC_G', 'rAUC_QLT', 'rACC_G', 'AVG. RANK', 'paper rAUC_QLT', 'paper rACC_G', 'paper AVG. RANK'];
  return ['## EAP with other priors (Table 3)', `EAP_w sets alpha0 = w, beta0 = 1 - w; ranks 1..7 among the seven. ${basis(of)}`, table(head, body)];
}

function perSet(results: readonly ExperimentResult[]): string[] {
  const sets = setTable(results);
  const evaluators = [...new Set(sets.flatMap(({ aucQlt }) => [...aucQlt.keys()]))];
  const order = rankTables(results).all?.rows.map(({ evaluator }) => evaluator).filter((name) => evaluators.includes(name)) ?? [];
  const body = sets
    .toSorted((a, b) => a.kind.localeCompare(b.kind) || a.set.localeCompare(b.set, 'en', { numeric: true }))
    .map(({ set, kind, aucQlt }) => [set, kind, ...order.map((name) => figure(aucQlt.get(name)?.mean, 3))]);
  return body.length === 0 ? [] : ['## Mean AUC_QLT of each set (Figure 1)', table(['set', 'kind', ...order.map(printedName)], body)];
}

function times(rows: readonly Row[]): string[] {
  const done = rows.filter(({ result }) => result !== undefined);
  if (done.length === 0) return [];
  const names = [...new Set(done.map(({ evaluator }) => evaluator))];
  const body = names.map((name) => {
    const of = done.filter(({ evaluator }) => evaluator === name);
    const seconds = of.map(({ result }) => result!.seconds);
    const curves = of.map(({ curveSeconds }) => curveSeconds);
    return [printedName(name), figure(meanAndDeviation(seconds).mean, 2), figure(Math.max(...seconds), 2), figure(meanAndDeviation(curves).mean, 2), figure(Math.max(...curves), 2)];
  });
  const note = 'Wall clock of one thread, the others at work beside it. Evaluators that share the EAP pass are each told the whole of it; the learning curves of an experiment are computed together and their time is split evenly.';
  return ['## Seconds', note, table(['evaluator', 'valuation, mean', 'valuation, most', 'curves, mean', 'curves, most'], body)];
}

function refusals(rows: readonly Row[], whole: ReportHead['refused']): string[] {
  const single = rows.filter(({ error }) => error !== '').map(({ set, seed, evaluator, error }) => ({ what: `${set}, seed ${seed}, ${printedName(evaluator)}`, why: error }));
  const all = [...whole, ...single];
  if (all.length === 0) return ['## Not run', 'Nothing: every set, seed and evaluator has its result.'];
  return ['## Not run', all.map(({ what, why }) => `- ${what}: ${why}`).join('\n')];
}
