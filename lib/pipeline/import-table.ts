import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { SampleRole } from '@/lib/api/contracts/common';
import { AssayError } from '@/lib/errors';
import { splitPath } from '@/lib/ingest/safe-path';
import { readNpyTable, readNpzTable } from '@/lib/ingest/tables/array-table';
import { CSV_HEAD_BYTES, isMetadataTable, readCsvTable } from '@/lib/ingest/tables/csv-table';
import type { FeatureTable } from '@/lib/ingest/tables/feature-table';
import { readParquetTable } from '@/lib/ingest/tables/parquet-table';
import { countRoles } from '@/lib/ingest/tables/table-files';
import type { Transaction } from '@/lib/store/client';
import type { UploadFile } from '@/lib/store/generated/client';
import { columnsOfFiles, type SampleColumns } from '@/lib/store/uploads/sample-roles';
import { insertTableRows, type TableRow } from '@/lib/store/vectors/insert-rows';
import { claimKind } from '@/lib/store/vectors/project-kind';
import type { PipelineContext } from './context';
import { importMetadata } from './import-metadata';
import { refuseOrThrow, type FileOutcome } from './import-sample';

const ROWS_PER_INSERT = 5_000;
/** Half a million rows have to be written. */
const bulk = { timeout: 900_000, maxWait: 60_000 };

/** Thrown to undo a transaction whose file is no longer ours. */
class NotOurs extends Error {}

/**
 * Makes samples of the rows of a table file: .npz, .npy, CSV or Parquet. A CSV that names other files is metadata instead.
 * All rows are stored, or none. A row's hash is that of the file's hash and the row's number, so that equal rows stay
 * separate samples and the same file brings nothing twice.
 */
export async function importTable(file: UploadFile, projectId: string, context: PipelineContext): Promise<FileOutcome> {
  const { sha256 } = file;
  if (sha256 === null) return 'untouched';
  try {
    const head = /\.csv$/i.test(file.path) ? await headOf(sha256, context) : null;
    if (head !== null && isMetadataTable(splitPath(file.path).fileName, head)) return await importMetadata(file, context);
    context.progress({ step: `reading ${file.path}` });
    const table = await readTable(file.path, sha256, head, context);
    const { values } = table;
    const valuesSha256 = await context.blobs.put(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return await storeTable({ ...file, sha256 }, projectId, { table, valuesSha256 }, context);
  } catch (error) {
    if (error instanceof NotOurs) return 'untouched';
    context.signal.throwIfAborted();
    return refuseOrThrow(file, error, context);
  }
}

async function headOf(sha256: string, { blobs }: PipelineContext): Promise<Buffer> {
  const size = (await blobs.size(sha256)) ?? 0;
  return size === 0 ? Buffer.alloc(0) : buffer(await blobs.stream(sha256, { start: 0, end: Math.min(size, CSV_HEAD_BYTES) - 1 }));
}

async function readTable(path: string, sha256: string, head: Buffer | null, { blobs, signal }: PipelineContext): Promise<FeatureTable> {
  const { fileName } = splitPath(path);
  if (head !== null) return readCsvTable(fileName, head, await blobs.stream(sha256));
  if (/\.npz$/i.test(path)) return readNpzTable(fileName, await blobs.read(sha256));
  if (/\.npy$/i.test(path)) return readNpyTable(fileName, await blobs.read(sha256));
  const byteLength = (await blobs.size(sha256)) ?? 0;
  const slice = async (start: number, end = byteLength) => {
    const bytes = end <= start ? Buffer.alloc(0) : await buffer(await blobs.stream(sha256, { start, end: end - 1 }));
    return new Uint8Array(bytes).buffer;
  };
  return readParquetTable(fileName, { byteLength, slice }, signal);
}

type Read = { readonly table: FeatureTable; readonly valuesSha256: string };

async function storeTable(file: UploadFile & { sha256: string }, projectId: string, { table, valuesSha256 }: Read, context: PipelineContext): Promise<FileOutcome> {
  const { columns, rows } = table;
  const labelled = table.fields.role !== undefined;
  return context.store.$transaction(async (transaction) => {
    const said = (await columnsOfFiles(transaction, file.uploadId, [file.path])).get(file.path);
    if (said === undefined) throw new NotOurs();
    await claimKind(transaction, projectId, 'vector');
    await checkColumns(transaction, projectId, splitPath(file.path).fileName, columns);
    const row = { projectId, path: file.path, sha256: file.sha256, columns: [...columns], rows, labelled, valuesSha256 };
    const { id: vectorTableId } = await transaction.vectorTable.upsert({ where: { projectId_sha256: { projectId, sha256: file.sha256 } }, create: row, update: { path: file.path, labelled } });
    const { prompt, parameters, severity } = said;
    // The file stands where an image has its folder, so that rows are found by the file that they came in.
    const shared = { projectId, vectorTableId, uploadId: file.uploadId, folder: file.path, bytes: columns.length * Float64Array.BYTES_PER_ELEMENT, prompt, parameters, severity };
    let added = 0;
    for (let from = 0; from < rows; from += ROWS_PER_INSERT) {
      context.signal.throwIfAborted();
      added += await insertTableRows(transaction, shared, rowsOf(file, table, said, from, Math.min(from + ROWS_PER_INSERT, rows)));
      context.progress({ step: `storing ${file.path}: row ${Math.min(from + ROWS_PER_INSERT, rows)} of ${rows}` });
    }
    const state = added === 0 ? ('duplicate' as const) : ('stored' as const);
    const end = { state, errorCode: null, errorMessage: added === 0 ? 'The project has all rows of this file already.' : noteOf(table, added, said.role) };
    const { count } = await transaction.uploadFile.updateMany({ where: { id: file.id, state: 'received' }, data: end });
    if (count === 0) throw new NotOurs();
    return state;
  }, bulk);
}

/** @throws AssayError `data.shape` */
async function checkColumns(transaction: Transaction, projectId: string, fileName: string, columns: readonly string[]): Promise<void> {
  const other = await transaction.vectorTable.findFirst({ where: { projectId, samples: { some: {} } }, select: { path: true, columns: true } });
  if (other === null) return;
  const before = splitPath(other.path).fileName;
  if (other.columns.length !== columns.length) {
    throw new AssayError('data.shape', `${fileName} has ${columns.length} features, ${before} of this project ${other.columns.length}; they must be the same.`, { hint: 'Make another project for it.' });
  }
  const at = columns.findIndex((name, i) => name !== other.columns[i]);
  if (at < 0) return;
  throw new AssayError('data.shape', `Feature ${at + 1} of ${fileName} is "${columns[at]}", of ${before} in this project "${other.columns[at]}"; all files must have the same columns in the same order.`);
}

function rowsOf(file: { path: string; sha256: string }, table: FeatureTable, said: SampleColumns, from: number, to: number): TableRow[] {
  const { fileName } = splitPath(file.path);
  return Array.from({ length: to - from }, (_, i) => {
    const vectorRow = from + i;
    const name = table.fields.name?.[vectorRow] ?? null;
    return {
      ...fieldsOf(table, vectorRow, said),
      sha256: createHash('sha256').update(`${file.sha256} ${vectorRow}`).digest('hex'),
      fileName: `${fileName}#${vectorRow + 1}${name === null ? '' : ` ${name}`}`,
      vectorRow,
    };
  });
}

/** What the file says of a row goes before what its upload says. */
function fieldsOf({ fields }: FeatureTable, row: number, said: SampleColumns) {
  const role = fields.role?.[row] ?? said.role;
  // Split and quality that were proposed for the file as a whole hold only where its role does.
  const proposed = fields.role === undefined ? said : { split: null, qualityLabel: null };
  return {
    role,
    split: role === 'auxiliary' ? null : first(fields.split, row, proposed.split),
    defectType: role === 'normal' ? null : first(fields.defectType, row, said.defectType),
    qualityLabel: role === 'auxiliary' ? first(fields.qualityLabel, row, proposed.qualityLabel) : null,
    generator: first(fields.generator, row, said.generator),
  };
}

function first<T>(told: readonly (T | null)[] | undefined, row: number, otherwise: T | null): T | null {
  return told?.[row] ?? otherwise;
}

function noteOf(table: FeatureTable, added: number, role: SampleRole): string {
  const count = (value: number) => value.toLocaleString('en-US');
  const counts = countRoles(table);
  const rest = added === table.rows ? '' : `${count(table.rows - added)} rows were in the project already. `;
  if (counts === null) return `${rest}${count(table.rows)} rows without labels, taken as ${role}.`;
  const parts = (['normal', 'anomaly', 'auxiliary'] as const).filter((each) => counts[each] > 0).map((each) => `${count(counts[each])} ${each}`);
  return `${rest}Labels in the file: ${parts.join(', ')}.`;
}
