import { parse, type Info } from 'csv-parse/sync';
import { qualityLabelSchema, sampleRoleSchema } from '@/lib/api/contracts/common';
import { fileMetadataSchema, type FileMetadata } from '@/lib/api/contracts/uploads';
import { AssayError } from '@/lib/errors';
import { MAX_METADATA_BYTES } from './limits';
import { safePath } from './safe-path';

/** What a metadata file says, by path; lines that could not be used are told, not fatal. */
export type MetadataTable = {
  readonly rows: ReadonlyMap<string, FileMetadata>;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
};

const COLUMNS: Readonly<Record<string, keyof FileMetadata | 'path'>> = {
  path: 'path', file: 'path', filename: 'path', file_name: 'path', image: 'path', image_path: 'path', file_path: 'path',
  role: 'role', quality_label: 'qualityLabel', qualitylabel: 'qualityLabel', defect_type: 'defectType', defecttype: 'defectType',
  generator: 'generator', prompt: 'prompt', parameters: 'parameters', severity: 'severity',
};
const ROLE_WORDS: Readonly<Record<string, string>> = { synthetic: 'auxiliary', aux: 'auxiliary', good: 'normal', anomalous: 'anomaly', defect: 'anomaly' };

/** After so many quotes that are never closed, the rest of a CSV is given up. */
const MAX_OPEN_QUOTES = 20;

type Line = { readonly line: number; readonly values: Readonly<Record<string, unknown>> } | { readonly line: number; readonly message: string };

/**
 * Reads a CSV (comma, semicolon or tab; header in the first line) or a JSONL file with a column `path` (or `file`,
 * `file_name`, `image`) and any of role, quality_label, defect_type, generator, prompt, parameters (JSON), severity. Other
 * columns are ignored. The same path twice: the last line counts.
 * @param name decides the kind: `.jsonl`, `.ndjson` and `.json` are JSON lines, anything else CSV
 * @throws AssayError `metadata.invalid` when no line can be used, or `request.too_large`
 */
export function readMetadata(content: Buffer, name: string): MetadataTable {
  if (content.length > MAX_METADATA_BYTES) throw new AssayError('request.too_large', `The metadata file is larger than ${MAX_METADATA_BYTES / 1024 / 1024} MiB.`);
  const text = content.toString('utf8').replace(/^\ufeff/, '');
  const lines = /\.(jsonl|ndjson|json)$/i.test(name) ? jsonLines(text) : csvLines(text);
  const rows = new Map<string, FileMetadata>();
  const problems: { line: number; message: string }[] = [];
  for (const line of lines) {
    const message = 'message' in line ? line.message : addRow(rows, line.values);
    if (message !== null) problems.push({ line: line.line, message });
  }
  if (rows.size > 0) return { rows, problems };
  const details = problems.slice(0, 50).map(({ line, message }) => ({ path: `line ${line}`, message }));
  const first = problems[0];
  throw new AssayError('metadata.invalid', `No line of ${name} can be used${first === undefined ? '' : `; line ${first.line}: ${first.message}`}.`, {
    hint: 'The first line names the columns; one of them must be "path".',
    details,
  });
}

/**
 * The metadata that holds for a file: the entry whose path is the longest tail of the file's path, so that a CSV may name
 * files from any folder above them or by their bare name.
 */
export function metadataKeys(path: string): string[] {
  const names = path.split('/');
  return names.map((_, from) => names.slice(from).join('/'));
}

function csvLines(text: string): Line[] {
  const source = text.split(/\r?\n/);
  const delimiter = [',', ';', '\t'].reduce((best, sign) => (partsOf(source[0], sign) > partsOf(source[0], best) ? sign : best));
  const [first, ...records] = csvRecords(source, delimiter);
  const header = first === undefined || 'message' in first ? [] : first.record.map((column) => column.toLowerCase().replace(/[\s-]+/g, '_'));
  if (!header.some((column) => COLUMNS[column] === 'path')) {
    throw new AssayError('metadata.invalid', 'The metadata file has no column "path".', { hint: 'The first line names the columns, for example: path,role,quality_label,generator,prompt.' });
  }
  return records.map((entry): Line => {
    if ('message' in entry) return entry;
    const { line, record } = entry;
    if (record.length !== header.length) return { line, message: `has ${record.length} values where the header has ${header.length} columns` };
    return { line, values: Object.fromEntries(header.map((column, i) => [column, record[i]])) };
  });
}

type CsvRecord = { readonly line: number; readonly record: readonly string[] } | { readonly line: number; readonly message: string };

/** Records with their line numbers. A quote that is never closed would swallow the rest: only its own line is given up. */
function csvRecords(source: readonly string[], delimiter: string): CsvRecord[] {
  const found: CsvRecord[] = [];
  for (let from = 0, attempts = 0; from < source.length && attempts < MAX_OPEN_QUOTES; attempts++) {
    let open = false;
    const parsed = parse(source.slice(from).join('\n'), {
      delimiter, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, skip_records_with_error: true,
      on_skip: () => { open = true; return undefined; },
    }) as unknown as { record: string[]; info: Info }[];
    found.push(...parsed.map(({ record, info }) => ({ line: from + info.lines, record: record.map((value) => value.trim()) })));
    if (!open) return found;
    from += (parsed.at(-1)?.info.lines ?? 0) + 1;
    found.push({ line: from, message: 'has a quote that is never closed' });
  }
  return found;
}

function partsOf(line: string | undefined, sign: string): number {
  return (line ?? '').split(sign).length;
}

function jsonLines(text: string): Line[] {
  return text.split(/\r?\n/).flatMap((source, i): Line[] => {
    if (source.trim() === '') return [];
    const line = i + 1;
    try {
      const values: unknown = JSON.parse(source);
      if (typeof values === 'object' && values !== null && !Array.isArray(values)) {
        return [{ line, values: Object.fromEntries(Object.entries(values).map(([key, value]) => [key.toLowerCase(), value])) }];
      }
      return [{ line, message: 'is not a JSON object' }];
    } catch {
      return [{ line, message: 'is not valid JSON' }];
    }
  });
}

/** Adds one line; answers what is wrong with it, or null. */
function addRow(rows: Map<string, FileMetadata>, values: Readonly<Record<string, unknown>>): string | null {
  const given: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(values)) {
    const field = COLUMNS[column];
    if (field !== undefined && value !== '' && value !== null && value !== undefined) given[field] = value;
  }
  if (typeof given['path'] !== 'string') return 'has no path';
  const parsed = fileMetadataSchema.safeParse({ ...given, ...converted(given) });
  if (!parsed.success) return problemOf(parsed.error.issues[0]?.path.join('.') ?? '', given);
  try {
    rows.set(safePath(given['path']), parsed.data);
    return null;
  } catch (error) {
    return error instanceof AssayError ? error.message : String(error);
  }
}

/** Texts of a CSV as what the fields hold; what cannot be converted stays a text and fails the schema. */
function converted(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { role, qualityLabel, severity, parameters } = given;
  const word = (value: unknown) => (typeof value === 'string' ? value.trim().toLowerCase() : value);
  const roleWord = word(role);
  return {
    ...(role === undefined ? {} : { role: ROLE_WORDS[String(roleWord)] ?? roleWord }),
    ...(qualityLabel === undefined ? {} : { qualityLabel: word(qualityLabel) }),
    ...(typeof severity === 'string' && Number.isFinite(Number(severity)) ? { severity: Number(severity) } : {}),
    ...(typeof parameters === 'string' ? { parameters: jsonOr(parameters) } : {}),
  };
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function problemOf(field: string, given: Readonly<Record<string, unknown>>): string {
  const shown = JSON.stringify(given[field])?.slice(0, 80);
  if (field === 'role') return `role ${shown} is none of ${sampleRoleSchema.options.join(', ')}`;
  if (field === 'qualityLabel') return `quality_label ${shown} is none of ${qualityLabelSchema.options.join(', ')}`;
  if (field === 'severity') return `severity ${shown} is not a number`;
  if (field === 'parameters') return `parameters ${shown} is not a JSON object`;
  return `${field} is not usable`;
}
