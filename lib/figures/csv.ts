export type CsvCell = string | number | null;

/** Texts that begin so are run as formulas by spreadsheets. */
const formulaStart = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/**
 * A CSV document (RFC 4180): lines end with CRLF, texts with a comma, a quote or a line break are quoted. Null and
 * numbers that are not finite are empty cells. Texts that a spreadsheet would run as a formula get an apostrophe in front.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const safe = formulaStart.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A name that every file system takes: letters, digits, dots and dashes. */
export function fileStem(text: string): string {
  const stem = text.normalize('NFKD').replaceAll(/[^A-Za-z0-9._-]+/g, '-').replaceAll(/^[-.]+|[-.]+$/g, '');
  return stem === '' ? 'figure' : stem.slice(0, 80);
}
