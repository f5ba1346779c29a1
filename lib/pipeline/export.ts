import { PassThrough, pipeline, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { ListedFile, ManifestFile, ManifestHead } from '@/lib/api/contracts/export-manifest';
import { AssayError } from '@/lib/errors';
import { isVector, manifestText } from '@/lib/export/manifest';
import { csvText } from '@/lib/export/rows';
import { HashingStream } from '@/lib/store/blobs/hashing';
import { exportFiles } from '@/lib/store/exports/files';
import { exportHead } from '@/lib/store/exports/head';
import { writesInBrowsers, writtenInBrowsers } from '@/lib/store/exports/written-in-browsers';
import type { PipelineContext } from './context';
import { vectorLines } from './export-vectors';

const KEPT_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What an export became. */
export type ExportResult = { count: number; bytes: number; sha256: string };

/**
 * Writes a frozen export as a zip into the blob store: the images and masks in the layout of lib/export/layout.ts (or
 * `vectors.csv` with the values as they were given), then
 * `samples.csv` and `manifest.json`. Every file's SHA-256 is checked while it is written. The same export gives the same
 * bytes: order and times are fixed by it. Run again after a kill it begins anew; a finished one is answered as it is.
 */
export async function writeExport({ exportId }: { exportId: string }, context: PipelineContext): Promise<ExportResult> {
  const { store, blobs, progress } = context;
  const frozen = await store.export.findUnique({ where: { id: exportId }, include: { project: true } });
  if (frozen === null) throw new AssayError('request.not_found', 'The export is no longer there.');
  if (writesInBrowsers(frozen.project)) throw writtenInBrowsers();
  if (frozen.state === 'ready' && frozen.sha256 !== null) return { count: frozen.count, bytes: Number(frozen.bytes), sha256: frozen.sha256 };
  await removeExpired(context);
  progress({ step: 'reading scores and decisions', done: 0, total: frozen.count, unit: 'samples' });
  const files = await withMaskSizes(await exportFiles(frozen, frozen.project.objectName, context), context);
  const head = await exportHead(frozen, store);
  const { sha256, bytes } = await blobs.putStream(zipOf(head, files, frozen.cutOffAt, context));
  const expiresAt = new Date(Date.now() + KEPT_DAYS * DAY_MS);
  await store.export.update({ where: { id: exportId }, data: { state: 'ready', sha256, bytes, expiresAt } });
  progress({ step: 'done', done: files.length });
  return { count: files.length, bytes, sha256 };
}

/** Bytes of exports that have expired go; their rows stay and say what they were. Those that browsers wrote have no expiry here. */
async function removeExpired({ store, blobs }: PipelineContext): Promise<void> {
  const expired = await store.export.findMany({ where: { expiresAt: { lt: new Date() }, sha256: { not: null } }, select: { sha256: true } });
  for (const { sha256 } of expired) if (sha256 !== null) await blobs.remove(sha256);
}

/** Masks that the store no longer has are left out. */
async function withMaskSizes(files: readonly ListedFile[], { blobs }: PipelineContext): Promise<ManifestFile[]> {
  const sized: ManifestFile[] = [];
  for (const file of files) {
    const bytes = file.mask === null ? null : await blobs.size(file.mask.sha256);
    sized.push({ ...file, mask: file.mask === null || bytes === null ? null : { ...file.mask, bytes } });
  }
  return sized;
}

/** The archive as a stream; a file is opened when its turn comes. Any failure destroys the stream. */
function zipOf(head: ManifestHead, files: readonly ManifestFile[], mtime: Date, context: PipelineContext): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  const fail = (error: Error) => void out.destroy(damaged(error));
  zip.on('error', fail);
  const stop = () => out.destroy(context.signal.reason instanceof Error ? context.signal.reason : new Error('stopped'));
  context.signal.addEventListener('abort', stop, { once: true });
  out.on('close', () => context.signal.removeEventListener('abort', stop));
  const started = performance.now();
  let written = 0;
  const opened = () => {
    written++;
    const seconds = (performance.now() - started) / 1000;
    context.progress({ step: 'writing', done: written, rate: seconds > 0 ? written / seconds : null });
  };
  for (const file of files.filter((each) => !isVector(each))) {
    add(zip, file, mtime, context, { opened, fail });
    if (file.mask !== null) add(zip, file.mask, mtime, context, { opened: () => undefined, fail });
  }
  const vectors = files.filter(isVector);
  if (vectors.length > 0) zip.addReadStream(Readable.from(vectorLines(vectors, context)).on('error', fail), 'vectors.csv', { mtime });
  zip.addReadStream(Readable.from(csvText(files)).on('error', fail), 'samples.csv', { mtime });
  zip.addReadStream(Readable.from(manifestText(head, files)).on('error', fail), 'manifest.json', { mtime });
  zip.end();
  (zip.outputStream as Readable).pipe(out);
  return out;
}

function damaged(error: Error): Error {
  if (!(error instanceof AssayError) || error.code !== 'upload.hash_mismatch') return error;
  return new AssayError('storage.failed', 'A stored file is damaged: its content no longer has the SHA-256 it was stored under.', {
    hint: 'Restore the blob folder or bucket from a backup; no export was made.',
  });
}

/** Images are compressed already: they are stored as they are. */
function add(zip: ZipFile, { path, sha256, bytes }: { path: string; sha256: string; bytes: number }, mtime: Date, { blobs }: PipelineContext, on: { opened: () => void; fail: (error: Error) => void }): void {
  zip.addReadStreamLazy(path, { mtime, compress: false, size: bytes }, (deliver) => {
    blobs.stream(sha256).then(
      (source) => {
        on.opened();
        // The archive does not listen for failures of what it reads: it would wait for ever.
        const checked = new HashingStream({ expected: sha256 }).on('error', on.fail);
        pipeline(source, checked, () => undefined); // a failure of the source destroys `checked` with it
        deliver(null, checked);
      },
      (error: Error) => deliver(error, Readable.from([])),
    );
  });
}
