import { toAssayError, type AssayError } from '@/lib/errors';
import { archiveEntries, type ArchiveEntry } from '@/lib/ingest/archive';
import { pathInArchive } from '@/lib/ingest/archive-rules';
import { storageFailure } from '@/lib/store/blobs/failures';
import type { UploadFile } from '@/lib/store/generated/client';
import type { PipelineContext } from './context';
import { refuseOrThrow } from './import-sample';

const REPORT_EVERY = 64;

/**
 * Unpacks an archive into received files of the same upload, one entry at a time, straight into the blob store. Can be run
 * again after a kill. When all entries are there, the archive's own row and bytes go.
 *
 * Paths are those inside the archive, below a folder named like the archive unless all of it lies in one already.
 */
export async function expandArchive(archive: UploadFile, context: PipelineContext, onProgress: () => Promise<void>): Promise<void> {
  const { blobs, signal, store } = context;
  const { sha256 } = archive;
  if (sha256 === null) return;
  try {
    let entries = 0;
    for await (const entry of archiveEntries(blobs, sha256)) {
      signal.throwIfAborted();
      await enter(entry, archive, context);
      if (++entries % REPORT_EVERY === 0) await onProgress();
    }
  } catch (error) {
    if (signal.aborted) throw error;
    await refuseOrThrow(archive, error, context);
    return;
  }
  await store.uploadFile.deleteMany({ where: { id: archive.id, state: 'received' } });
  await removeUnlessShared(sha256, context);
}

/** Enters one file; one that is there already (from before a kill) stays as it is, another one of the same path is told. */
async function enter(entry: ArchiveEntry, archive: UploadFile, { blobs, store, signal }: PipelineContext): Promise<void> {
  const { uploadId } = archive;
  const path = pathInArchive(archive.path, entry.path);
  const content = await contentOf(entry, { blobs, signal });
  const { count } = await store.uploadFile.createMany({ data: [{ uploadId, path, ...content }], skipDuplicates: true });
  if (count > 0) return;
  const awaited = await store.uploadFile.updateMany({ where: { uploadId, path, state: 'expected' }, data: content });
  const same = await store.uploadFile.count({ where: { uploadId, path, sha256: content.sha256 } });
  if (awaited.count > 0 || same > 0) return;
  const conflict = { bytes: entry.bytes, state: 'refused' as const, errorCode: 'request.conflict', errorMessage: `Another file with the path ${path} is in this upload already.` };
  await store.uploadFile.createMany({ data: [{ uploadId, path: `${path} (in ${archive.path})`, ...conflict }], skipDuplicates: true });
}

type Content = { bytes: number; sha256: string | null; state: 'received' | 'refused'; errorCode: string | null; errorMessage: string | null };

async function contentOf(entry: ArchiveEntry, { blobs, signal }: Pick<PipelineContext, 'blobs' | 'signal'>): Promise<Content> {
  const refused = (reason: AssayError): Content => ({ bytes: entry.bytes, sha256: null, state: 'refused', errorCode: reason.code, errorMessage: reason.hint === undefined ? reason.message : `${reason.message} ${reason.hint}` });
  if (entry.refused !== null) return refused(entry.refused);
  try {
    const { sha256, bytes } = await blobs.putStream(await entry.open(), { maxBytes: entry.bytes });
    return { bytes, sha256, state: 'received', errorCode: null, errorMessage: null };
  } catch (error) {
    const failure = storageFailure(error);
    signal.throwIfAborted();
    if (failure.code === 'storage.full' || isStoreFailure(error)) throw failure;
    return refused(toAssayError(Object.assign(new Error(`The file is damaged inside the archive (${failure.message}).`), { code: 'archive.invalid' })));
  }
}

/** Errors of the system carry `syscall` (disk) or `$metadata` (S3); those of the unpacker carry neither. */
function isStoreFailure(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && ('syscall' in cause || '$metadata' in cause);
}

/** Another upload may have sent the same archive and not have unpacked it yet. */
async function removeUnlessShared(sha256: string, { blobs, store }: PipelineContext): Promise<void> {
  const others = await store.uploadFile.count({ where: { sha256, state: { in: ['expected', 'received'] } } });
  if (others === 0) await blobs.remove(sha256);
}
