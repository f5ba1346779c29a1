import { createHash } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { NumericsError } from '@/lib/anomaly/errors';
import { alpha0Variant } from '@/lib/anomaly/protocol/result';
import { splitCounts } from '@/lib/anomaly/protocol/split-counts';
import { AssayError, toAssayError } from '@/lib/errors';
import { makeFolder } from '@/lib/make-folder';
import { userPath } from '../../user-path';
import { readOptions, type ProtocolOptions, type ProtocolSettings } from './options';
import { runOnThreads } from './pool';
import { durationOf, TimeLeft } from './progress';
import { reportOf, type ReportHead } from './report';
import { cellKey, openResults, type Cell, type ResultsFile } from './results-file';
import type { Made, Row } from './row';
import { factsOf, findSetFiles, readSet, type SetFacts } from './sets';
import type { ThreadAnswer, ThreadStart } from './thread-messages';

/** Computes cells in the given order and tells every answer; threads in the program, something simpler in tests. */
export type Compute = (cells: readonly Cell[], start: ThreadStart, onAnswer: (cell: Cell, answer: ThreadAnswer) => void) => Promise<void>;

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

type Refused = ReportHead['refused'][number];

/** `npm run bench -- protocol`: prints how to use it when the arguments are wrong. */
export async function benchProtocol(args: readonly string[], defaultData: string): Promise<void> {
  try {
    const options = readOptions(args);
    const program = new URL('./protocol-thread.mjs', import.meta.url);
    await runProtocol(options, { command: commandOf(args), data: options.data === undefined ? defaultData : userPath(options.data) }, (cells, start, onAnswer) =>
      runOnThreads(cells, { program, threads: options.threads, workerData: start, onAnswer }),
    );
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    tell(`${error.message}${error.hint === undefined ? '' : `\n${error.hint}`}`);
    process.exitCode = 2;
  }
}

function commandOf(args: readonly string[]): string {
  return ['npm run bench -- protocol', ...args].join(' ');
}

/**
 * Runs every set with every seed and leaves protocol.csv and protocol.md in the output folder. Cells that an earlier run with the
 * same settings finished there are kept.
 * @throws AssayError for unusable arguments, an unreadable folder, or results of other settings in the output folder
 */
export async function runProtocol(options: ProtocolOptions, { command, data }: { command: string; data: string }, compute: Compute): Promise<void> {
  const started = performance.now();
  const { settings } = options;
  const pool = await readPool(data);
  const targets = chooseTargets(pool.sets, options.sets);
  const refused: Refused[] = [...pool.refused];
  const runnable = targets.filter((set) => canRun(set, settings, refused));
  const made = madeOf(settings, pool.sets);
  const out = userPath(options.out);
  makeFolder(out);
  // of a run that was killed while it wrote
  rmSync(path.join(out, 'protocol.md.new'), { force: true });
  const evaluators = [...settings.evaluators, ...settings.alpha0s.map(alpha0Variant)];
  const results = openResults(path.join(out, 'protocol.csv'), { made, evaluators });
  const cells = cellsOf(runnable, options.seeds);
  const open = cells.filter((cell) => !results.finished.has(cellKey(cell)));
  tell(`${cells.length} cells (${runnable.length} sets x ${options.seeds} seeds), ${cells.length - open.length} of them ready, on ${options.threads} thread(s)`);
  refused.push(...(await computeAll(open, cells.length, options.threads, runnable, results, (onAnswer) => compute(open, { settings, made, sets: pool.sets }, onAnswer))));
  const ready = cells.length - open.length;
  const head: ReportHead = {
    command,
    machine: `${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.version.slice(1)}`,
    date: new Date().toISOString().slice(0, 10),
    duration: `${open.length} cells in ${durationOf((performance.now() - started) / 1000)} on ${options.threads} thread(s)${ready === 0 ? '' : `; ${ready} cells were ready from an earlier run`}.`,
    settings: settingSentences(settings, runnable, options.seeds),
    refused,
  };
  const rows = inOrder(results.rows, pool.sets, evaluators);
  finish(out, results, reportOf(rows, head), rows);
}

async function readPool(folder: string): Promise<{ sets: SetFacts[]; refused: Refused[] }> {
  const sets: SetFacts[] = [];
  const refused: Refused[] = [];
  for (const file of await findSetFiles(folder)) {
    try {
      const set = await readSet(file);
      if (set === undefined) tell(`${file.file} holds no X and y: passed over`);
      else sets.push(factsOf(file, set));
    } catch (error) {
      refused.push({ what: file.name, why: toAssayError(error).message });
    }
  }
  if (sets.length < 2) throw new AssayError('data.too_few_rows', `${folder} holds ${sets.length} usable set(s) (.npz with X and y); at least 2 are needed, because unrealistic rows come from other sets.`);
  return { sets, refused };
}

function chooseTargets(sets: readonly SetFacts[], wanted: readonly string[] | undefined): SetFacts[] {
  if (wanted === undefined) return [...sets];
  return wanted.map((name) => {
    const found = sets.find((set) => set.name === name);
    if (found === undefined) throw new AssayError('request.not_found', `There is no set "${name}".`, { hint: `There are: ${sets.map((set) => set.name).join(', ')}.` });
    return found;
  });
}

function canRun({ name, rows, anomalies }: SetFacts, { preset, trainingNormals }: ProtocolSettings, refused: Refused[]): boolean {
  try {
    splitCounts(anomalies, rows - anomalies, preset, trainingNormals);
    return true;
  } catch (error) {
    if (!(error instanceof NumericsError)) throw error;
    refused.push({ what: `${name}, all seeds`, why: error.message });
    return false;
  }
}

/** Seed by seed, within a seed the largest sets first: every set is measured early, and the threads end together. */
function cellsOf(sets: readonly SetFacts[], seeds: number): Cell[] {
  const order = sets.toSorted((a, b) => weightOf(b) - weightOf(a));
  return Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) => order.map(({ name }) => ({ set: name, seed })));
}

/** Roughly in proportion to the time of a cell: pairs of training and auxiliary rows. */
function weightOf({ rows, anomalies, columns }: SetFacts): number {
  const auxiliary = 1.2 * anomalies;
  return (Math.min(rows, 1000) + auxiliary) * auxiliary * (1 + columns / 200);
}

async function computeAll(open: readonly Cell[], total: number, threads: number, sets: readonly SetFacts[], results: ResultsFile, run: (onAnswer: (cell: Cell, answer: ThreadAnswer) => void) => Promise<void>): Promise<Refused[]> {
  if (open.length === 0) return [];
  const refused: Refused[] = [];
  const left = new TimeLeft(open, new Map(sets.map((set) => [set.name, weightOf(set)])), Math.min(threads, open.length));
  let done = total - open.length;
  await run((cell, answer) => {
    done += 1;
    const name = `cell ${done} of ${total}: ${cell.set}, seed ${cell.seed}`;
    if ('refusal' in answer) {
      left.skipped(cell.set);
      refused.push({ what: `${cell.set}, seed ${cell.seed}`, why: answer.refusal });
      return tell(`${name}: not run. ${answer.refusal}`);
    }
    results.append(answer.rows);
    left.finished(cell.set, answer.seconds);
    const rest = left.seconds();
    tell(`${name}: ${answer.seconds.toFixed(1)} s${rest === undefined || done === total ? '' : `; about ${durationOf(rest)} left`}`);
  });
  return refused;
}

function madeOf({ mode, preset, knownAnomalies, trainingNormals, points }: ProtocolSettings, sets: readonly SetFacts[]): Made {
  const content = JSON.stringify(sets.map(({ name, rows, columns, anomalies }) => [name, rows, columns, anomalies]));
  return {
    mode,
    split: preset,
    known: knownAnomalies,
    maxNormals: String(trainingNormals),
    points: String(points),
    pool: createHash('sha256').update(content).digest('hex').slice(0, 8),
  };
}

function settingSentences({ mode, preset, knownAnomalies, trainingNormals, points }: ProtocolSettings, sets: readonly SetFacts[], seeds: number): string[] {
  const images = sets.filter(({ kind }) => kind === 'image').length;
  return [
    `${images} image sets (features of images: folders named features_..., or at least 256 columns; SVM downstream, columns as they are) and ${sets.length - images} tabular sets (random forest downstream, columns standardised by the training set), ${seeds} seed(s).`,
    `Split: ${preset}; known anomalies: ${knownAnomalies}; at most ${trainingNormals} training normals; unrealistic rows: Gaussian random projections of rows of up to five other sets.`,
    `${mode === 'exact' ? 'Evaluators in exact mode where they have two' : 'Evaluators with two modes as they are by default: LOO exact, the others fast'}; learning curves ${points === 'exact' ? 'after every added row' : `at ${points} points in each direction`}.`,
  ];
}

function inOrder(rows: readonly Row[], sets: readonly SetFacts[], evaluators: readonly string[]): Row[] {
  const setOrder = new Map(sets.map(({ name }, i) => [name, i]));
  return rows.toSorted((a, b) => setOrder.get(a.set)! - setOrder.get(b.set)! || a.seed - b.seed || evaluators.indexOf(a.evaluator) - evaluators.indexOf(b.evaluator));
}

function finish(out: string, results: ResultsFile, report: string, rows: readonly Row[]): void {
  results.rewrite(rows);
  const file = path.join(out, 'protocol.md');
  writeFileSync(`${file}.new`, report);
  renameSync(`${file}.new`, file);
  tell(`wrote ${path.join(out, 'protocol.csv')} and ${file}`);
}
