import type { ExportFormat } from '@/lib/api/contracts/exports';
import { exportFormatSchema } from '@/lib/api/contracts/exports';
import { AssayError } from '@/lib/errors';
import { writesInBrowsers, writtenInBrowsers } from '@/lib/store/exports/written-in-browsers';
import type { PipelineContext } from './context';
import { folderZip } from './exports/folder-zip';
import type { ExportWriter } from './exports/frozen-export';
import { cocoZip, fiftyOneZip } from './exports/labelled-zips';
import { reportFile } from './exports/report-file';
import { csvFile, jsonLinesFile, listFile, parquetFile } from './exports/table-files';

const KEPT_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

const writers: Readonly<Record<ExportFormat, ExportWriter>> = {
  folder: folderZip,
  csv: csvFile,
  jsonl: jsonLinesFile,
  parquet: parquetFile,
  list: listFile,
  coco: cocoZip,
  fiftyone: fiftyOneZip,
  report: reportFile,
};

/** What an export became. */
export type ExportResult = { count: number; bytes: number; sha256: string };

/**
 * Writes a frozen export in its format into the blob store, as a stream. Every stored file's SHA-256 is checked while it is
 * written. The same export gives the same bytes: order and times are fixed by it. Run again after a kill it begins anew; a
 * finished one is answered as it is.
 */
export async function writeExport({ exportId }: { exportId: string }, context: PipelineContext): Promise<ExportResult> {
  const { store, blobs, progress } = context;
  const frozen = await store.export.findUnique({ where: { id: exportId }, include: { project: true } });
  if (frozen === null) throw new AssayError('request.not_found', 'The export is no longer there.');
  const format = exportFormatSchema.parse(frozen.format);
  if (writesInBrowsers(frozen.project, format)) throw writtenInBrowsers();
  if (frozen.state === 'ready' && frozen.sha256 !== null) return { count: frozen.count, bytes: Number(frozen.bytes), sha256: frozen.sha256 };
  await removeExpired(context);
  progress({ step: 'reading scores and decisions', done: 0, total: frozen.count, unit: 'samples' });
  const { sha256, bytes } = await blobs.putStream(await writers[format](frozen, context));
  const expiresAt = new Date(Date.now() + KEPT_DAYS * DAY_MS);
  await store.export.update({ where: { id: exportId }, data: { state: 'ready', sha256, bytes, expiresAt } });
  progress({ step: 'done', done: frozen.count });
  return { count: frozen.count, bytes, sha256 };
}

/** Bytes of exports that have expired go; their rows stay and say what they were. Those that browsers wrote have no expiry here. */
async function removeExpired({ store, blobs }: PipelineContext): Promise<void> {
  const expired = await store.export.findMany({ where: { expiresAt: { lt: new Date() }, sha256: { not: null } }, select: { sha256: true } });
  for (const { sha256 } of expired) if (sha256 !== null) await blobs.remove(sha256);
}
