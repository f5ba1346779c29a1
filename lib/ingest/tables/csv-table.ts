import { pipeline, type Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { AssayError } from '@/lib/errors';
import { planColumns, tellsOfFiles } from './column-plan';
import { badTable, type FeatureTable } from './feature-table';
import { TableBuilder } from './table-builder';

/** Bytes that the header is looked for in. */
export const CSV_HEAD_BYTES = 1024 * 1024;
/** A line of 4,096 numbers of 25 characters is a tenth of this. */
const LONGEST_LINE = 1024 * 1024;

/** The names in the first line, and what separates them: comma, semicolon or tab, whichever is most frequent there. */
export type CsvHead = { readonly delimiter: string; readonly header: readonly string[] };

/** Reads the first line of a CSV. @throws AssayError `table.invalid` when it is no text or names no columns */
export function csvHead(file: string, bytes: Uint8Array): CsvHead {
  const text = new TextDecoder().decode(bytes).replace(/^\ufeff/, '');
  const line = /^\s*([^\r\n]*)/.exec(text)?.[1] ?? '';
  if (line === '') throw new AssayError('data.too_few_rows', `${file} is empty.`);
  if (/[\u0000-\u0008\u000e-\u001f]/.test(line)) throw badTable(`${file} is not a text file, and so no CSV.`);
  const delimiter = [',', ';', '\t'].reduce((best, sign) => (line.split(sign).length > line.split(best).length ? sign : best));
  const header = line.split(delimiter).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  return { delimiter, header };
}

/** True where a CSV tells of other files (a column "path"): it is metadata. */
export function isMetadataTable(file: string, head: Uint8Array): boolean {
  return tellsOfFiles(csvHead(file, head).header);
}

/**
 * Reads feature vectors from a CSV with a header, as a stream: only the numbers are held in memory.
 * @param head the first bytes of the file (`CSV_HEAD_BYTES`)
 * @throws AssayError `table.invalid`, `data.ragged`, `data.not_finite`, `data.too_few_rows`, `data.too_large`, `data.one_class`
 */
export async function readCsvTable(file: string, head: Uint8Array, content: Readable): Promise<FeatureTable> {
  const { delimiter } = csvHead(file, head);
  const parser = parse({ delimiter, bom: true, relax_column_count: true, skip_empty_lines: true, max_record_size: LONGEST_LINE });
  pipeline(content, parser, () => undefined); // a failure of either ends the loop below
  let builder: TableBuilder | undefined;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      if (builder === undefined) builder = new TableBuilder(file, planColumns(file, checkedHeader(file, record)), 0, delimiter === ';');
      else builder.addRow(record);
    }
  } catch (error) {
    if (error instanceof CsvError) throw badTable(`${file}: ${error.message}.`, 'Check the quotes around the line that is named.');
    throw error;
  }
  if (builder === undefined) throw new AssayError('data.too_few_rows', `${file} is empty.`);
  return builder.finish();
}

function checkedHeader(file: string, header: readonly string[]): readonly string[] {
  const numbers = header.filter((name) => name.trim() !== '' && Number.isFinite(Number(name)));
  if (numbers.length > 0 && numbers.length === header.filter((name) => name.trim() !== '').length) {
    throw badTable(`${file} has no header: its first line holds only numbers.`, 'The first line names the columns, for example: width,height,label.');
  }
  return header;
}
