import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { AnnouncedFile, announceFilesSchema, Upload as UploadDto, UploadFile as UploadFileDto, UploadFileState } from '@/lib/api/contracts/uploads';
import { AssayError } from '@/lib/errors';
import { isArchive } from '@/lib/ingest/layout';
import { MAX_ARCHIVE_BYTES, MAX_METADATA_BYTES } from '@/lib/ingest/limits';
import { readMetadata } from '@/lib/ingest/metadata';
import { safePath } from '@/lib/ingest/safe-path';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { Transaction } from '@/lib/store/client';
import type { PrismaClient, UploadFile } from '@/lib/store/generated/client';
import { announce } from '@/lib/store/uploads/announce';
import { applyMetadata } from '@/lib/store/uploads/sample-roles';
import type { ServiceContext } from './context';
import { afterCursor, toPage, type Page } from './pages';
import { isPrivateProject, requireServerProject } from './private-projects';
import { checkOpen, enqueueImport, lockUpload, uploadDto } from './uploads';

type Where = { projectId: string; uploadId: string };
type FileWhere = Where & { fileId: string };
/** Body of a request. */
export type Body = ReadableStream<Uint8Array> | null;

/** The import of an upload is looked after in the same transaction, which may wait for another one of the same upload. */
const patient = { timeout: 60_000, maxWait: 20_000 };

/**
 * Announces files and answers which bytes are wanted, in the order of the input. Content that the project holds already is
 * a duplicate and is not sent again; what other projects hold makes no difference.
 */
export async function announceFiles(
  { store, actor }: ServiceContext,
  { files, ...where }: Where & z.output<typeof announceFilesSchema>,
): Promise<{ files: AnnouncedFile[] }> {
  return store.$transaction(async (transaction) => {
    checkOpen(await lockUpload(transaction, where));
    const announced = await announce(transaction, where, files, { imagesOnly: await isPrivateProject(transaction, where.projectId) });
    if (announced.some(({ state }) => state === 'received')) await enqueueImport(transaction, where, actor.userId);
    return { files: announced };
  }, patient);
}

/**
 * Takes the bytes of an announced file straight into the blob store. Sending a file twice is harmless. Bytes that break off
 * or are not the announced ones leave nothing behind, and the file stays wanted.
 * @throws AssayError `upload.hash_mismatch`, `request.too_large`, `upload.closed`, `request.conflict`, `storage.full`
 */
export async function receiveFile({ store, actor, signal }: ServiceContext, where: FileWhere, body: Body): Promise<AnnouncedFile> {
  await requireServerProject(store, where.projectId, 'Sending a file');
  const file = await findFile(store, where);
  if (file.state === 'received' || file.state === 'stored' || file.state === 'duplicate') return toAnnounced(file);
  checkOpen(file.upload);
  if (file.state !== 'expected' || file.sha256 === null) {
    throw new AssayError('request.conflict', `${file.path} is ${file.state} and not wanted.`, { hint: 'Retry the file first.' });
  }
  await receiveBytes(body, { expected: file.sha256, maxBytes: Number(file.bytes) }, signal);
  return store.$transaction(async (transaction) => {
    const { count } = await transaction.uploadFile.updateMany({ where: { id: file.id, state: 'expected' }, data: { state: 'received' } });
    if (count > 0) await enqueueImport(transaction, where, actor.userId);
    return toAnnounced(await transaction.uploadFile.findUniqueOrThrow({ where: { id: file.id } }));
  }, patient);
}

/** Takes a zip of images; the import job unpacks it. @throws AssayError `archive.invalid` for another kind of file */
export async function receiveArchive({ store, actor, signal }: ServiceContext, { name, ...where }: Where & { name: string }, body: Body): Promise<UploadDto> {
  await requireServerProject(store, where.projectId, 'Sending an archive');
  const path = safePath(name);
  if (!isArchive(path)) throw new AssayError('archive.invalid', `${path} is not a zip archive.`, { hint: 'Other kinds of archives are not read; make a zip or upload the folder.' });
  await openOrThrow(store, where);
  const { sha256, bytes } = await receiveBytes(body, { maxBytes: MAX_ARCHIVE_BYTES }, signal);
  await store.$transaction(async (transaction) => {
    checkOpen(await lockUpload(transaction, where));
    const content = { sha256, bytes, state: 'received' as const, errorCode: null, errorMessage: null };
    await transaction.uploadFile.upsert({
      where: { uploadId_path: { uploadId: where.uploadId, path } },
      create: { uploadId: where.uploadId, path, ...content },
      update: content,
    });
    await enqueueImport(transaction, where, actor.userId);
  }, patient);
  return uploadDto(store, where);
}

/** Takes a CSV or JSONL with roles and more per file, for files to come and for samples that are there. */
export async function receiveMetadata({ store, signal }: ServiceContext, { name, ...where }: Where & { name: string }, body: Body): Promise<{ rows: number }> {
  await openOrThrow(store, where);
  const content = await readSmall(body, MAX_METADATA_BYTES, signal);
  const table = readMetadata(content, name);
  await store.$transaction(async (transaction) => {
    checkOpen(await lockUpload(transaction, where));
    await applyMetadata(transaction, where.uploadId, safePath(name), table);
  }, { timeout: 120_000, maxWait: 20_000 });
  return { rows: table.rows.size };
}

/** Makes a refused or given-up file wanted again; a closed upload opens again for it. */
export async function retryUploadFile({ store }: ServiceContext, where: FileWhere): Promise<UploadDto> {
  await store.$transaction(async (transaction) => {
    await lockUpload(transaction, where);
    const { state } = await findFile(transaction, where);
    if (state !== 'refused' && state !== 'cancelled') throw new AssayError('request.conflict', 'Only a refused file can be retried.');
    await transaction.uploadFile.update({ where: { id: where.fileId }, data: { state: 'expected', errorCode: null, errorMessage: null } });
    await transaction.upload.update({ where: { id: where.uploadId }, data: { state: 'open', closedAt: null } });
  });
  return uploadDto(store, where);
}

/** Files of an upload in the order in which they were announced, one keyset page. */
export async function listUploadFiles(
  { store }: ServiceContext,
  { projectId, uploadId, cursor, limit, state }: Where & { cursor?: string | undefined; limit: number; state?: UploadFileState | undefined },
): Promise<Page<UploadFileDto>> {
  const rows = await store.uploadFile.findMany({
    where: { upload: { id: uploadId, projectId }, ...(state === undefined ? {} : { state }), ...afterCursor(cursor, 'gt') },
    orderBy: { id: 'asc' },
    take: limit + 1,
  });
  return toPage(rows.map(toUploadFile), limit);
}

/** Refused files of all uploads of a project, newest first, one keyset page. */
export async function listProblemFiles(
  { store }: ServiceContext,
  { projectId, cursor, limit }: { projectId: string; cursor?: string | undefined; limit: number },
): Promise<Page<UploadFileDto & { uploadId: string; createdAt: string }>> {
  const rows = await store.uploadFile.findMany({
    where: { upload: { projectId }, state: 'refused', ...afterCursor(cursor, 'lt') },
    include: { upload: { select: { createdAt: true } } },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  return toPage(rows.map((row) => ({ ...toUploadFile(row), uploadId: row.uploadId, createdAt: row.upload.createdAt.toISOString() })), limit);
}

async function receiveBytes(body: Body, options: { expected?: string; maxBytes: number }, signal: AbortSignal): Promise<{ sha256: string; bytes: number }> {
  try {
    return await blobStore().putStream(readable(body), options);
  } catch (error) {
    throw brokenOff(error, signal);
  }
}

async function readSmall(body: Body, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of readable(body)) {
      chunks.push(chunk as Uint8Array);
      bytes += (chunk as Uint8Array).length;
      if (bytes > maxBytes) throw new AssayError('request.too_large', `The file is larger than ${maxBytes / 1024 ** 2} MiB.`);
    }
  } catch (error) {
    throw brokenOff(error, signal);
  }
  return Buffer.concat(chunks);
}

function readable(body: Body): Readable {
  return body === null ? Readable.from([]) : Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]);
}

/** A sender that goes away is no failure of ours. */
function brokenOff(error: unknown, signal: AbortSignal): unknown {
  if (!signal.aborted && !isConnectionReset(error)) return error;
  return new AssayError('request.invalid', 'The connection broke off before all bytes were here.', { hint: 'Send the file again.', cause: error });
}

/** The stream may fail before the request's signal says that the sender has gone. */
function isConnectionReset(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && at.code === 'ECONNRESET') return true;
  }
  return false;
}

async function openOrThrow(store: PrismaClient, where: Where): Promise<void> {
  checkOpen(await uploadDto(store, where));
}

async function findFile(store: PrismaClient | Transaction, { projectId, uploadId, fileId }: FileWhere) {
  const file = await store.uploadFile.findFirst({ where: { id: fileId, upload: { id: uploadId, projectId } }, include: { upload: { select: { state: true } } } });
  if (file === null) throw new AssayError('request.not_found', 'There is no such file in this upload.');
  return file;
}

function toUploadFile({ id, path, bytes, state, errorCode, errorMessage, sampleId }: UploadFile): UploadFileDto {
  return { id, path, bytes: Number(bytes), state, errorCode, errorMessage, sampleId };
}

function toAnnounced({ id, path, state, errorCode, errorMessage, sampleId }: UploadFile): AnnouncedFile {
  return { id, path, state, wanted: state === 'expected', errorCode, errorMessage, sampleId };
}
