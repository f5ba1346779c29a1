import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { CellType, TableColumn, TableRow } from './table-columns';

/** Rows that are encoded together: a reader can skip groups, and no more than one is held in memory. */
const GROUP_ROWS = 10_000;

const elements: Readonly<Record<CellType, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  number: { type: 'DOUBLE' },
  integer: { type: 'INT32' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  json: { type: 'BYTE_ARRAY', converted_type: 'JSON' },
};

/**
 * An Apache Parquet file, group by group: every column typed and nullable, compressed with Snappy, with what all rows have
 * in common as key-value metadata of the file.
 */
export async function* tableParquet(columns: readonly TableColumn[], pages: AsyncIterable<readonly TableRow[]>, metadata: Readonly<Record<string, string>>, createdBy: string): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter(1 << 20);
  const schema: SchemaElement[] = [{ name: 'root', num_children: columns.length }, ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...elements[type] }))];
  const file = new ParquetWriter({ writer, schema, kvMetadata: Object.entries(metadata).map(([key, value]) => ({ key, value })), createdBy });
  for await (const rows of grouped(pages)) {
    await file.write({ columnData: columns.map((column) => ({ name: column.name, data: rows.map((row) => parquetCell(column, row)) })), rowGroupSize: rows.length });
    yield taken(writer);
  }
  await file.finish();
  yield taken(writer);
}

/** What was written since the last time; positions in the file go on counting. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

async function* grouped(pages: AsyncIterable<readonly TableRow[]>): AsyncGenerator<readonly TableRow[]> {
  let held: TableRow[] = [];
  for await (const page of pages) {
    held = held.concat(page);
    if (held.length < GROUP_ROWS) continue;
    yield held;
    held = [];
  }
  if (held.length > 0) yield held;
}

function parquetCell({ type, value }: TableColumn, row: TableRow): unknown {
  const cell = value(row) ?? null;
  return cell !== null && type === 'time' ? new Date(cell as string) : cell;
}
