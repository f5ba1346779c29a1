import { Readable } from 'node:stream';
import { manifestHeadSchema } from '@/lib/api/contracts/export-manifest';
import { tableParquet } from '@/lib/export/parquet';
import { tableColumns, type TableHead } from '@/lib/export/table-columns';
import { pathLines, tableCsv, tableJsonLines } from '@/lib/export/table-text';
import type { ExportWriter } from './frozen-export';
import { exportTable } from './table-rows';

/** Samples, scores and decisions as a table for spreadsheets. */
export const csvFile: ExportWriter = async (frozen, context) => {
  const { table, pages } = await exportTable(frozen, context);
  return Readable.from(tableCsv(tableColumns(table), pages));
};

/** The same rows, a JSON object a line. */
export const jsonLinesFile: ExportWriter = async (frozen, context) => {
  const { table, pages } = await exportTable(frozen, context);
  return Readable.from(tableJsonLines(tableColumns(table), pages));
};

/** The same rows in columns with types. */
export const parquetFile: ExportWriter = async (frozen, context) => {
  const { table, pages } = await exportTable(frozen, context);
  return Readable.from(tableParquet(tableColumns(table), pages, provenance(table), table.head.writtenBy), { objectMode: false });
};

/** The paths of the samples as they lie in the folder export, one a line. */
export const listFile: ExportWriter = async (frozen, context) => {
  const { pages } = await exportTable(frozen, context);
  return Readable.from(pathLines(pages));
};

/** Key-value metadata of a Parquet file: the manifest without its files, and the other runs. */
function provenance({ head, others }: TableHead): Record<string, string> {
  return {
    'assay.export': JSON.stringify(manifestHeadSchema.parse(head)),
    'assay.other_runs': JSON.stringify(others),
    'assay.extractor_fingerprint': head.run?.features.fingerprint ?? '',
    'assay.run_id': head.run?.id ?? '',
    'assay.cut_off_at': head.cutOffAt,
  };
}
