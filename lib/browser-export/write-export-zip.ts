import type { ExportListing } from '@/lib/api/contracts/export-manifest';
import { AssayError, toAssayError } from '@/lib/errors';
import { callsOf, type WorkerCalls } from '@/lib/inference/web/worker-call';
import type { Looked, WrittenZip, ZipRequest, ZipResult } from './zip-messages';

/** `looking`: whether all images are here. Counted in samples. */
export type ZipProgress = { readonly step: 'looking' | 'writing'; readonly done: number; readonly total: number; readonly samplesPerSecond: number | null };

type Options = { readonly signal: AbortSignal; readonly onProgress: (progress: ZipProgress) => void };

/** Samples a call: progress and cancelling come between calls. */
const LOOKED = 100;
const ADDED = 16;
const NAMED = 5;

/**
 * Writes the zip of an export from the images that this browser keeps, in a worker, and leaves it in the browser's file
 * system (`keptZip`). No image leaves the browser.
 * @returns SHA-256 and size of the zip; the same for the same listing
 * @throws AssayError `private.image_missing` with the first names, `storage.failed` (damaged file), `private.no_storage`,
 *   `job.cancelled`
 */
export async function writeExportZip(projectId: string, listing: ExportListing, options: Options): Promise<WrittenZip> {
  const worker = callsOf<ZipRequest, ZipResult>(new Worker(new URL('./zip-worker.ts', import.meta.url), { type: 'module' }));
  try {
    await worker.call({ kind: 'open', projectId, listing });
    await look(worker, listing, options);
    return await write(worker, listing, options);
  } catch (error) {
    // A worker that stopped by itself holds nothing and answers nothing.
    if (toAssayError(error).code !== 'job.failed') await worker.call({ kind: 'drop' });
    throw error;
  } finally {
    worker.end();
  }
}

type Zipper = WorkerCalls<ZipRequest, ZipResult>;

async function look(worker: Zipper, { files: { length: total } }: ExportListing, { signal, onProgress }: Options): Promise<void> {
  const missing: string[] = [];
  for (let from = 0; from < total; from += LOOKED) {
    stopWhenCancelled(signal);
    onProgress({ step: 'looking', done: from, total, samplesPerSecond: null });
    missing.push(...((await worker.call({ kind: 'look', from, to: from + LOOKED })) as Looked).missing);
  }
  if (missing.length > 0) throw notHere(missing);
}

async function write(worker: Zipper, { files: { length: total } }: ExportListing, { signal, onProgress }: Options): Promise<WrittenZip> {
  const started = performance.now();
  for (let from = 0; from < total; from += ADDED) {
    stopWhenCancelled(signal);
    onProgress({ step: 'writing', done: from, total, samplesPerSecond: from === 0 ? null : from / ((performance.now() - started) / 1000) });
    await worker.call({ kind: 'add', from, to: from + ADDED });
  }
  stopWhenCancelled(signal);
  onProgress({ step: 'writing', done: total, total, samplesPerSecond: total / ((performance.now() - started) / 1000) });
  return (await worker.call({ kind: 'finish' })) as WrittenZip;
}

function stopWhenCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AssayError('job.cancelled', 'The export was cancelled.');
}

function notHere(names: readonly string[]): AssayError {
  const more = names.length - NAMED;
  const count = names.length === 1 ? '1 file of this export is' : `${names.length.toLocaleString('en')} files of this export are`;
  return new AssayError('private.image_missing', `${count} not in this browser: ${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}.`, {
    hint: 'Drop their folder into the upload of this project in this browser, or write the zip in the browser that holds them.',
  });
}
