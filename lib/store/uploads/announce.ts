import type { AnnouncedFile, UploadFileState } from '@/lib/api/contracts/uploads';
import { AssayError, toAssayError } from '@/lib/errors';
import { isArchive, isMaskPath, isMetadataFile } from '@/lib/ingest/layout';
import { MAX_ARCHIVE_BYTES, MAX_IMAGE_BYTES } from '@/lib/ingest/limits';
import { isSystemFile, safePath } from '@/lib/ingest/safe-path';
import { isTablePath } from '@/lib/ingest/tables/table-files';
import type { Transaction } from '@/lib/store/client';
import type { UploadFile } from '@/lib/store/generated/client';

/** A file as its sender describes it. */
export type FileAnnouncement = { readonly path: string; readonly bytes: number; readonly sha256: string };

type Where = { projectId: string; uploadId: string };
/** `imagesOnly`: a private project, whose tables and archives nobody but a browser could read. */
export type AnnounceRules = { readonly imagesOnly: boolean };
type Begin = { state: UploadFileState; errorCode: string | null; errorMessage: string | null; sampleId: string | null };
type Held = { samples: ReadonlyMap<string, { id: string; fileName: string }>; received: ReadonlySet<string> };

const wanted: Begin = { state: 'expected', errorCode: null, errorMessage: null, sampleId: null };

/**
 * Enters files into an upload that the transaction has locked. Announcing a file again answers what became of it; a
 * refused, given-up or not yet sent one may come back with other bytes.
 */
export async function announce(transaction: Transaction, where: Where, files: readonly FileAnnouncement[], rules: AnnounceRules): Promise<AnnouncedFile[]> {
  const { uploadId } = where;
  const paths = files.map(({ path }) => cleanPath(path));
  const held = await heldBy(transaction, where.projectId, files.map(({ sha256 }) => sha256));
  const known = await rowsOf(transaction, uploadId, paths);
  const fresh = new Map<string, FileAnnouncement & { begin: Begin }>();
  for (const [i, file] of files.entries()) {
    const path = paths[i] ?? file.path;
    const row = known.get(path);
    if (row === undefined) fresh.set(path, { ...file, begin: beginOf(file, held, rules) });
    else if (mayReplace(row, file)) await replace(transaction, row.id, file, beginOf(file, held, rules));
  }
  await transaction.uploadFile.createMany({
    data: [...fresh].map(([path, { bytes, sha256, begin }]) => ({ uploadId, path, bytes, sha256, ...begin })),
    skipDuplicates: true,
  });
  const rows = await rowsOf(transaction, uploadId, paths);
  return files.map((file, i) => answer(file, rows.get(paths[i] ?? file.path)));
}

/** Shown and stored in place of a path that cannot be used; the reason stands beside it. */
function cleanPath(path: string): string {
  try {
    return safePath(path);
  } catch {
    return path.replaceAll(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 1000);
  }
}

function beginOf(file: FileAnnouncement, held: Held, rules: AnnounceRules): Begin {
  const refused = reasonToRefuse(file) ?? (rules.imagesOnly ? reasonNoImage(file) : null);
  if (refused !== null) return { ...wanted, state: 'refused', errorCode: refused.code, errorMessage: refused.message };
  if (isSystemFile(file.path)) return { ...wanted, state: 'cancelled', errorMessage: 'A file of the operating system; it is passed over.' };
  // Two samples may have the same mask: masks are never duplicates.
  const sample = isMaskPath(file.path) ? undefined : held.samples.get(file.sha256);
  if (sample !== undefined) return { ...wanted, state: 'duplicate', sampleId: sample.id, errorMessage: `The project has this image already: ${sample.fileName}.` };
  return held.received.has(file.sha256) ? { ...wanted, state: 'received' } : wanted;
}

function reasonToRefuse({ path, bytes }: FileAnnouncement): AssayError | null {
  try {
    safePath(path);
  } catch (error) {
    return toAssayError(error);
  }
  if (bytes === 0 && !isSystemFile(path)) return new AssayError('image.empty', 'The file is empty (0 bytes).');
  const limit = isArchive(path) ? MAX_ARCHIVE_BYTES : MAX_IMAGE_BYTES;
  return bytes > limit ? new AssayError('request.too_large', `The file is larger than ${limit / 1024 ** 2} MiB.`) : null;
}

function reasonNoImage({ path }: FileAnnouncement): AssayError | null {
  if (isTablePath(path)) return new AssayError('project.private', 'Tables of feature vectors cannot be added to a private project: the server would have to read them. What a table says of images goes into a file named metadata.csv.');
  if (isArchive(path) || isMetadataFile(path)) return new AssayError('project.private', 'In a private project this kind of file is read by the browser; add it on the Samples page.');
  return null;
}

/** What of these contents this project, and no other, holds: as samples, or received and not yet decoded. */
async function heldBy(transaction: Transaction, projectId: string, hashes: string[]): Promise<Held> {
  const samples = await transaction.sample.findMany({ where: { projectId, sha256: { in: hashes } }, select: { id: true, sha256: true, fileName: true } });
  const received = await transaction.uploadFile.findMany({ where: { upload: { projectId }, state: 'received', sha256: { in: hashes } }, select: { sha256: true } });
  return { samples: new Map(samples.map((sample) => [sample.sha256, sample])), received: new Set(received.flatMap(({ sha256 }) => sha256 ?? [])) };
}

async function rowsOf(transaction: Transaction, uploadId: string, paths: string[]): Promise<ReadonlyMap<string, UploadFile>> {
  const rows = await transaction.uploadFile.findMany({ where: { uploadId, path: { in: paths } } });
  return new Map(rows.map((row) => [row.path, row]));
}

function mayReplace(row: UploadFile, file: FileAnnouncement): boolean {
  if (row.state === 'cancelled') return true;
  return row.sha256 !== file.sha256 && (row.state === 'expected' || row.state === 'refused');
}

async function replace(transaction: Transaction, id: string, { bytes, sha256 }: FileAnnouncement, begin: Begin): Promise<void> {
  await transaction.uploadFile.update({ where: { id }, data: { bytes, sha256, ...begin } });
}

function answer(file: FileAnnouncement, row: UploadFile | undefined): AnnouncedFile {
  if (row === undefined) throw new AssayError('internal', `The row of ${file.path} is missing.`);
  const { id, state, errorCode, errorMessage, sampleId } = row;
  if (row.sha256 !== file.sha256) {
    const errorMessage = 'Another file with this path is in this upload already.';
    return { id, path: file.path, state: 'refused', wanted: false, errorCode: 'request.conflict', errorMessage, sampleId: null };
  }
  return { id, path: file.path, state, wanted: state === 'expected', errorCode, errorMessage, sampleId };
}
