import { parquetMetadataAsync, parquetRead, parquetSchema, type AsyncBuffer, type ColumnData, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { AssayError } from '@/lib/errors';
import { planColumns, type ColumnPlan } from './column-plan';
import { badTable, checkExtent, type FeatureTable } from './feature-table';
import { TableBuilder } from './table-builder';

/**
 * Reads feature vectors from a Parquet file, one row group at a time; its columns mean what those of a CSV mean.
 * @param source reads ranges of the file
 * @throws AssayError `table.invalid` (damaged, nested or of other types than numbers), and as `readCsvTable`
 */
export async function readParquetTable(file: string, source: AsyncBuffer, signal: AbortSignal): Promise<FeatureTable> {
  try {
    const metadata = await parquetMetadataAsync(source);
    const plan = planOf(file, metadata);
    const rows = Number(metadata.num_rows);
    checkExtent(file, rows, plan.features.length);
    const builder = new TableBuilder(file, plan, rows);
    let from = 0;
    for (const group of metadata.row_groups) {
      signal.throwIfAborted();
      const to = from + Number(group.num_rows);
      // Kept and looked at afterwards: what is thrown inside onChunk reaches nobody.
      const chunks: ColumnData[] = [];
      await parquetRead({ file: source, metadata, compressors, rowStart: from, rowEnd: to, onChunk: (chunk) => chunks.push(chunk) });
      for (const chunk of chunks) add(builder, chunk, from, to);
      from = to;
    }
    if (from !== rows) throw badTable(`${file} announces ${rows} rows, but its parts hold ${from}.`);
    return builder.finish();
  } catch (error) {
    if (error instanceof AssayError || signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AssayError('table.invalid', `${file} cannot be read as Parquet (${reason}).`, { hint: 'The file may be truncated; write it again.', cause: error });
  }
}

/** Chunks may reach beyond the row group that was asked for. */
function add(builder: TableBuilder, { columnName, columnData, rowStart, rowEnd }: ColumnData, from: number, to: number): void {
  const start = Math.max(from, rowStart);
  const end = Math.min(to, rowEnd);
  if (end > start) builder.addCells(columnName, start, Array.prototype.slice.call(columnData, start - rowStart, end - rowStart));
}

const NUMBERS = new Set(['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE']);
const NOT_NUMBERS = /^(DATE|TIME|TIMESTAMP|UTF8|JSON|BSON|ENUM|STRING|INTERVAL)/;

function planOf(file: string, metadata: FileMetaData): ColumnPlan {
  const { children } = parquetSchema(metadata);
  const plan = planColumns(file, children.map(({ element }) => element.name));
  for (const [i, { element, children: below }] of children.entries()) {
    const use = plan.uses[i];
    if (below.length > 0) throw badTable(`${file}: the column "${element.name}" is nested; plain columns are needed.`);
    if (use?.kind !== 'feature') continue;
    const kind = element.converted_type ?? element.logical_type?.type ?? '';
    const numeric = NUMBERS.has(element.type ?? '') || kind === 'DECIMAL' || element.logical_type?.type === 'FLOAT16';
    if (!numeric || NOT_NUMBERS.test(kind)) throw badTable(`${file}: the column "${element.name}" holds ${kind || element.type}, not numbers.`, 'Leave the column out, or name it id, defect_type or generator.');
  }
  return plan;
}
