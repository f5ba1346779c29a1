import { NumericsError } from '../errors';

/** One field and how it ends: quoted (quotes doubled within) or bare. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * Records of comma-separated text (RFC 4180), empty lines left out. Throws `data.ragged` for a quote that stands open or in the
 * middle of a field.
 */
export function csvRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  FIELD.lastIndex = 0;
  for (let at = 0; at < text.length || record.length > 0; ) {
    FIELD.lastIndex = at;
    const match = FIELD.exec(text);
    if (match === null) throw new NumericsError('data.ragged', `Line ${lineOf(text, at)} has a quotation mark that is not closed, or within a field.`);
    const [whole, quoted, bare = '', end] = match;
    record.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (end === ',') continue;
    if (record.length > 1 || record[0]!.trim() !== '') records.push(record);
    record = [];
  }
  return records;
}

function lineOf(text: string, at: number): number {
  return text.slice(0, at).split(/\r\n|\n|\r/).length;
}
