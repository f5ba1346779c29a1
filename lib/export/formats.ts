import type { DecisionLogFormat, ExportFormat } from '@/lib/api/contracts/exports';
import { exportBaseName } from './layout';

type FileKind = { readonly extension: string; readonly contentType: string };

const zip: FileKind = { extension: 'zip', contentType: 'application/zip' };

/** What an export of each format is as a file. */
const fileKinds: Readonly<Record<ExportFormat, FileKind>> = {
  folder: zip,
  csv: { extension: 'csv', contentType: 'text/csv; charset=utf-8' },
  jsonl: { extension: 'jsonl', contentType: 'application/x-ndjson' },
  parquet: { extension: 'parquet', contentType: 'application/vnd.apache.parquet' },
  coco: { ...zip, extension: 'coco.zip' },
  fiftyone: { ...zip, extension: 'fiftyone.zip' },
  list: { extension: 'txt', contentType: 'text/plain; charset=utf-8' },
  report: { extension: 'html', contentType: 'text/html; charset=utf-8' },
};

/** Name and content type of the file of an export. */
export function exportFile(of: { exportId: string; projectName: string; createdAt: string; format: ExportFormat }): { fileName: string; contentType: string } {
  const { extension, contentType } = fileKinds[of.format];
  return { fileName: `${exportBaseName(of)}.${extension}`, contentType };
}

/** The same for a table of all decisions up to a moment. */
export function decisionLogFile({ projectName, until, format }: { projectName: string; until: string; format: DecisionLogFormat }): { fileName: string; contentType: string } {
  const { extension, contentType } = fileKinds[format];
  return { fileName: `${projectName} decisions ${until.slice(0, 19).replaceAll(':', '-')}.${extension}`, contentType };
}
