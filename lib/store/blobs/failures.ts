import { AssayError, toAssayError } from '@/lib/errors';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'QuotaExceeded', 'XMinioStorageFull', 'EntityTooLarge']);
const ABSENT = new Set(['ENOENT', 'NoSuchKey', 'NotFound']);

function tags(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  return 'code' in error && typeof error.code === 'string' ? [error.code, error.name] : [error.name];
}

/** True when the failure means that there is no such blob. */
export function isAbsent(error: unknown): boolean {
  return tags(error).some((tag) => ABSENT.has(tag));
}

/** The error for a blob that is not there. */
export function blobNotFound(sha256: string): AssayError {
  return new AssayError('request.not_found', `The stored content ${sha256.slice(0, 12)}… is no longer there.`, {
    hint: 'Restore the blob folder or bucket from a backup, or upload the files again.',
  });
}

/**
 * Names a failed write or read of the blob store: `storage.full`, `request.not_found` or `storage.failed`.
 * An AssayError (hash mismatch, body too large, an aborted upload) passes as it is.
 */
export function storageFailure(error: unknown, sha256?: string): AssayError {
  if (error instanceof AssayError) return error;
  if (sha256 !== undefined && isAbsent(error)) return blobNotFound(sha256);
  if (tags(error).some((tag) => FULL.has(tag))) {
    return new AssayError('storage.full', 'The disk that holds the images is full.', {
      hint: 'Make room (or move ASSAY_DATA_DIR to a larger disk) and try again; what was stored is kept.',
      cause: error,
    });
  }
  const known = toAssayError(error);
  if (known.code !== 'internal') return known;
  return new AssayError('storage.failed', `The image store could not be used: ${known.message}`, { cause: error });
}
