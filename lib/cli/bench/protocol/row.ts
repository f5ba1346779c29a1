import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { CurveBranch } from '@/lib/anomaly/curves/curve';
import { evaluatorIdOf, isEvaluatorId, describeEvaluator } from '@/lib/anomaly/evaluators/registry';
import { alpha0Of, type ExperimentResult, type SetKind } from '@/lib/anomaly/protocol/result';

/** Columns of the results file, in their order. */
const columns = [
  'set', 'kind', 'evaluator', 'seed', 'n', 'd', 'm', 'l', 'mode',
  'aucQlt', 'aulcG', 'accG', 'aulcP', 'secondsEvaluator', 'secondsCurves', 'curveG', 'curveP',
  'split', 'known', 'maxNormals', 'points', 'foreign', 'pool', 'error',
] as const;
type Column = (typeof columns)[number];

/** One set, evaluator and seed. `result` is undefined where the evaluator refused the data, `error` then says why. */
export type Row = {
  readonly set: string;
  readonly kind: SetKind;
  /** Id of the registry or name of a variant of alpha0; in the file the printed name. */
  readonly evaluator: string;
  readonly seed: number;
  /** Training rows, columns, known anomalies, auxiliary rows. */
  readonly n: number;
  readonly d: number;
  readonly m: number;
  readonly l: number;
  /** How it was made; the same for all rows of a file. */
  readonly made: Made;
  /** Seconds of this ranking's share of the cell's learning curves. */
  readonly curveSeconds: number;
  readonly foreignSets: readonly string[];
  readonly result: ExperimentResult | undefined;
  readonly error: string;
};

/** Settings by the name of their column. */
export type Made = Readonly<Record<'mode' | 'split' | 'known' | 'maxNormals' | 'points' | 'pool', string>>;

export const header = `${columns.join(',')}\n`;

/** The name of an evaluator as the paper prints it. */
export function printedName(evaluator: string): string {
  return isEvaluatorId(evaluator) ? describeEvaluator(evaluator).name : evaluator;
}

/** Lines of a file; no field holds a line break, so that a line is a row. */
export function toLines(rows: readonly Row[]): string {
  return stringify(rows.map((row) => columns.map((column) => fields(row)[column].replace(/\s+/g, ' '))));
}

/** Rows of whole lines without the header. */
export function fromLines(text: string): Row[] {
  const records: Record<Column, string>[] = parse(text, { columns: [...columns] });
  return records.map(rowOf);
}

function fields({ made, result, ...row }: Row): Record<Column, string> {
  const number = (value: number | undefined) => (value === undefined ? '' : String(value));
  return {
    ...made,
    set: row.set,
    kind: row.kind,
    evaluator: printedName(row.evaluator),
    seed: String(row.seed),
    n: String(row.n),
    d: String(row.d),
    m: String(row.m),
    l: String(row.l),
    aucQlt: number(result?.aucQlt),
    aulcG: number(result?.aulcGood),
    accG: number(result?.accGood),
    aulcP: number(result?.aulcPoor),
    secondsEvaluator: result?.seconds.toFixed(4) ?? '',
    secondsCurves: row.curveSeconds.toFixed(4),
    curveG: result === undefined ? '' : encodeBranch(result.good),
    curveP: result === undefined ? '' : encodeBranch(result.poor),
    foreign: row.foreignSets.join(';'),
    error: row.error,
  };
}

function rowOf(record: Record<Column, string>): Row {
  const { set, mode, split, known, maxNormals, points, pool, error } = record;
  const row = {
    set,
    evaluator: evaluatorIdOf(record.evaluator) ?? record.evaluator,
    kind: record.kind === 'image' ? ('image' as const) : ('tabular' as const),
    seed: Number(record.seed),
    n: Number(record.n),
    d: Number(record.d),
    m: Number(record.m),
    l: Number(record.l),
    made: { mode, split, known, maxNormals, points, pool },
    curveSeconds: Number(record.secondsCurves),
    foreignSets: record.foreign.split(';'),
    error,
  };
  return { ...row, result: error === '' ? resultOf(record, row) : undefined };
}

function resultOf(record: Record<Column, string>, { set, kind, seed, evaluator, l }: Omit<Row, 'result'>): ExperimentResult {
  return {
    set,
    kind,
    seed,
    evaluator,
    aucQlt: Number(record.aucQlt),
    aulcGood: Number(record.aulcG),
    accGood: Number(record.accG),
    aulcPoor: Number(record.aulcP),
    seconds: Number(record.secondsEvaluator),
    good: decodeBranch(record.curveG),
    poor: decodeBranch(record.curveP),
    auxiliary: l,
    alpha0: alpha0Of(evaluator),
  };
}

/** Points as `added:accuracy`, separated by spaces. */
function encodeBranch({ added, accuracy }: CurveBranch): string {
  return added.map((count, i) => `${count}:${Number(accuracy[i]!.toFixed(6))}`).join(' ');
}

function decodeBranch(text: string): CurveBranch {
  const points = text.split(' ').map((point) => point.split(':').map(Number));
  return { added: points.map(([added]) => added!), accuracy: points.map(([, accuracy]) => accuracy!) };
}
