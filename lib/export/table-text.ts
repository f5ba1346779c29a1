import { stringify } from 'csv-stringify/browser/esm/sync';
import { guarded, type Cell } from './rows';
import type { TableColumn, TableRow } from './table-columns';

type Pages<Row> = AsyncIterable<readonly Row[]>;

/**
 * A CSV file with a header, page by page. Texts that a spreadsheet would run as a formula get an apostrophe in front;
 * numbers stay as they are. JSON is written as text, an absent value as nothing.
 */
export async function* tableCsv<Row>(columns: readonly TableColumn<Row>[], pages: Pages<Row>): AsyncGenerator<string> {
  yield stringify([columns.map(({ name }) => guarded(name))]);
  for await (const rows of pages) yield stringify(rows.map((row) => columns.map((column) => csvCell(column, row))));
}

function csvCell<Row>({ type, value }: TableColumn<Row>, row: Row): Cell {
  const cell = value(row) ?? null;
  if (cell === null) return null;
  if (type === 'json') return JSON.stringify(cell);
  return typeof cell === 'number' ? cell : guarded(String(cell));
}

/** One JSON object a line, page by page; absent values are null, so that every line has every key. */
export async function* tableJsonLines<Row>(columns: readonly TableColumn<Row>[], pages: Pages<Row>): AsyncGenerator<string> {
  for await (const rows of pages) {
    yield rows.map((row) => `${JSON.stringify(Object.fromEntries(columns.map(({ name, value }) => [name, value(row) ?? null])))}\n`).join('');
  }
}

/** One path a line; a line break within a name becomes a blank. */
export async function* pathLines(pages: Pages<TableRow>): AsyncGenerator<string> {
  for await (const rows of pages) yield rows.map(({ file }) => `${file.path.replace(/[\r\n]+/g, ' ')}\n`).join('');
}
