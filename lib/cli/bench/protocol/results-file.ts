import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { AssayError } from '@/lib/errors';
import { fromLines, header, toLines, type Made, type Row } from './row';

/** A pair of set and seed: all evaluators on one experiment. */
export type Cell = { readonly set: string; readonly seed: number };

export function cellKey({ set, seed }: Cell): string {
  return `${seed} ${set}`;
}

/** What the rows of a results file must agree with. */
export type Expected = { readonly made: Made; readonly evaluators: readonly string[] };

/** The rows of finished cells, on disk after every cell. */
export type ResultsFile = {
  readonly rows: readonly Row[];
  /** Keys of the cells that have all their rows. */
  readonly finished: ReadonlySet<string>;
  /** Adds the rows of one cell in one write and waits until the disk has them. */
  append(rows: readonly Row[]): void;
  /** Replaces the file by all rows in the given order. */
  rewrite(rows: readonly Row[]): void;
};

const names: Readonly<Record<keyof Made, string>> = {
  mode: 'the mode of the evaluators',
  split: 'the split',
  known: 'the choice of known anomalies',
  maxNormals: 'the number of training normals',
  points: 'the points of the learning curves',
  pool: 'the sets below --data',
};

/**
 * Opens a results file or begins one. What a killed run left half-written (a last line without its end, a last cell
 * without all its rows) is dropped and computed again.
 * @throws AssayError `request.conflict` when the file was made with other settings or is no results file
 */
export function openResults(file: string, expected: Expected): ResultsFile {
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  const replace = (rows: readonly Row[]) => {
    writeFileSync(draft, header + toLines(rows), { flush: true });
    renameSync(draft, file);
  };
  const rows: Row[] = existsSync(file) ? wholeCells(readWhole(file), expected, file) : [];
  replace(rows);
  const finished = new Set(rows.map(cellKey));
  return {
    rows,
    finished,
    append: (cell) => {
      const descriptor = openSync(file, 'a');
      writeSync(descriptor, toLines(cell));
      fsyncSync(descriptor);
      closeSync(descriptor);
      rows.push(...cell);
      cell.forEach((row) => finished.add(cellKey(row)));
    },
    rewrite: replace,
  };
}

/** Rows of the lines that have their end. */
function readWhole(file: string): Row[] {
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (whole === '' && header.startsWith(text)) return [];
  if (!whole.startsWith(header)) throw conflict(`${file} is no results file of this program.`);
  try {
    return fromLines(whole.slice(header.length));
  } catch (cause) {
    throw new AssayError('request.conflict', `${file} is damaged: ${cause instanceof Error ? cause.message : String(cause)}.`, { hint, cause });
  }
}

const hint = 'Choose another --out, or remove that file.';

function conflict(message: string): AssayError {
  return new AssayError('request.conflict', message, { hint });
}

function wholeCells(rows: readonly Row[], expected: Expected, file: string): Row[] {
  const last = rows.at(-1);
  const kept: Row[] = [];
  for (const cell of cellsOf(rows)) {
    demandSameSettings(cell[0]!, expected.made, file);
    const found = new Set(cell.map(({ evaluator }) => evaluator));
    const missing = expected.evaluators.filter((name) => !found.has(name));
    const other = [...found].filter((name) => !expected.evaluators.includes(name));
    const isTorn = missing.length > 0 && other.length === 0 && cellKey(cell[0]!) === cellKey(last!);
    if (isTorn) continue;
    if (missing.length + other.length > 0) {
      throw conflict(`${file} was made with other methods: ${other.length > 0 ? `it has ${other.join(', ')}` : `it lacks ${missing.join(', ')}`}.`);
    }
    kept.push(...cell);
  }
  return kept;
}

function cellsOf(rows: readonly Row[]): Iterable<Row[]> {
  const cells = new Map<string, Row[]>();
  for (const row of rows) {
    const cell = cells.get(cellKey(row));
    if (cell === undefined) cells.set(cellKey(row), [row]);
    // two runs at once may both have computed it
    else if (!cell.some(({ evaluator }) => evaluator === row.evaluator)) cell.push(row);
  }
  return cells.values();
}

function demandSameSettings({ made }: Row, expected: Made, file: string): void {
  for (const key of Object.keys(names) as (keyof Made)[]) {
    if (made[key] !== expected[key]) {
      throw conflict(`${file} was made with other settings: ${names[key]} ${key === 'pool' ? 'differ' : `was ${made[key]}, is now ${expected[key]}`}.`);
    }
  }
}
