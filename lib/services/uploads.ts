import type { z } from 'zod';
import type { FolderRole, Upload as UploadDto, UploadFileState, uploadListSchema } from '@/lib/api/contracts/uploads';
import { uploadFileStateSchema } from '@/lib/api/contracts/uploads';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { isMaskPath, proposeFolderRole } from '@/lib/ingest/layout';
import { isTablePath, roleFolderOf } from '@/lib/ingest/tables/table-files';
import { enqueueJob } from '@/lib/jobs/enqueue';
import type { Transaction } from '@/lib/store/client';
import type { PrismaClient, UploadState } from '@/lib/store/generated/client';
import { rewriteFolders } from '@/lib/store/uploads/sample-roles';
import type { ServiceContext } from './context';
import { namesOf } from './names';

const LATEST = 10;
/** Tens of thousands of samples may have to be rewritten. */
const bulk = { timeout: 120_000, maxWait: 10_000 };

const slim = { id: true, projectId: true, state: true, folderRoles: true, createdById: true, createdAt: true } as const;
type Slim = { id: string; projectId: string; state: UploadState; folderRoles: unknown; createdById: string | null; createdAt: Date };
type Where = { projectId: string; uploadId: string };

/** Opens an upload; files are announced to it next. */
export async function openUpload({ store, actor }: ServiceContext, { projectId }: { projectId: string }): Promise<UploadDto> {
  const upload = await store.$transaction(async (transaction) => {
    const created = await transaction.upload.create({ data: { projectId, createdById: actor.userId }, select: slim });
    await recordEvent(transaction, { actor, projectId }, { type: 'upload.opened', uploadId: created.id });
    return created;
  });
  return toUploadDto(store, upload);
}

/** Open uploads, to resume, and the latest closed or cancelled ones; newest first. */
export async function listUploads({ store }: ServiceContext, { projectId }: { projectId: string }): Promise<z.infer<typeof uploadListSchema>> {
  const open = await store.upload.findMany({ where: { projectId, state: 'open' }, select: slim, orderBy: { id: 'desc' } });
  const ended = await store.upload.findMany({ where: { projectId, state: { not: 'open' } }, select: slim, orderBy: { id: 'desc' }, take: LATEST });
  return { uploads: await Promise.all([...open, ...ended].map((upload) => toUploadDto(store, upload))) };
}

/** Progress of an upload. @throws AssayError `request.not_found` */
export async function getUpload({ store }: ServiceContext, where: Where): Promise<UploadDto> {
  return uploadDto(store, where);
}

/** Sets roles of folders; samples that were already made from them change too. */
export async function setFolderRoles({ store, actor }: ServiceContext, { folders, ...where }: Where & { folders: Record<string, FolderRole> }): Promise<UploadDto> {
  await findUpload(store, where);
  await store.$transaction(async (transaction) => {
    await transaction.$executeRaw`
      UPDATE "Upload" SET "folderRoles" = "folderRoles" || ${JSON.stringify(folders)}::jsonb WHERE "id" = ${where.uploadId}::uuid`;
    await rewriteFolders(transaction, where.uploadId, new Set(Object.keys(folders)));
    // Vectors are standardised by the training rows, which are others now; the import looks after that when it ends.
    if (Object.keys(folders).some(isTablePath)) await enqueueImport(transaction, where, actor.userId);
  }, bulk);
  return uploadDto(store, where);
}

/** Ends an upload: what was announced and never sent is given up; the import job goes on until all received files are decoded. */
export async function closeUpload({ store, actor }: ServiceContext, where: Where): Promise<UploadDto> {
  const { uploadId, projectId } = where;
  await store.$transaction(async (transaction) => {
    const { state } = await lockUpload(transaction, where);
    if (state !== 'open') return;
    await transaction.upload.update({ where: { id: uploadId }, data: { state: 'closed', closedAt: new Date() } });
    await transaction.uploadFile.updateMany({
      where: { uploadId, state: 'expected' },
      data: { state: 'cancelled', errorCode: 'upload.closed', errorMessage: 'The upload was closed before the bytes of this file came.' },
    });
    const files = await transaction.uploadFile.count({ where: { uploadId, state: { in: ['received', 'stored', 'duplicate', 'refused'] } } });
    const waiting = await transaction.uploadFile.count({ where: { uploadId, state: 'received' } });
    if (waiting > 0) await enqueueImport(transaction, where, actor.userId);
    await recordEvent(transaction, { actor, projectId }, { type: 'upload.closed', uploadId, files });
  }, bulk);
  return uploadDto(store, where);
}

/** Stops an upload and its import. Samples that were stored stay. */
export async function cancelUpload({ store, actor }: ServiceContext, where: Where): Promise<UploadDto> {
  const { uploadId, projectId } = where;
  await store.$transaction(async (transaction) => {
    const { state } = await lockUpload(transaction, where);
    if (state === 'cancelled') return;
    await transaction.upload.update({ where: { id: uploadId }, data: { state: 'cancelled', closedAt: new Date() } });
    await transaction.uploadFile.updateMany({ where: { uploadId, state: { in: ['expected', 'received'] } }, data: { state: 'cancelled' } });
    await transaction.job.updateMany({
      where: { projectId, kind: 'import', input: { equals: { uploadId } }, state: { in: ['queued', 'running'] }, cancelRequestedAt: null },
      data: { cancelRequestedAt: new Date() },
    });
    await recordEvent(transaction, { actor, projectId }, { type: 'upload.cancelled', uploadId });
  }, bulk);
  return uploadDto(store, where);
}

/** Has received files decoded: one import job per upload, which looks again when more come while it runs. */
export async function enqueueImport(transaction: Transaction, { projectId, uploadId }: Where, createdById: string | null): Promise<void> {
  await enqueueJob(transaction, { kind: 'import', projectId, createdById, input: { uploadId }, key: `import:${uploadId}` });
}

/** Locks an upload of the project until the transaction ends. @throws AssayError `request.not_found` */
export async function lockUpload(transaction: Transaction, { projectId, uploadId }: Where): Promise<{ state: UploadState }> {
  const [upload] = await transaction.$queryRaw<{ state: UploadState }[]>`
    SELECT "state"::text FROM "Upload" WHERE "id" = ${uploadId}::uuid AND "projectId" = ${projectId}::uuid FOR UPDATE`;
  if (upload === undefined) throw uploadNotFound();
  return upload;
}

/** @throws AssayError `upload.closed` unless files may still come */
export function checkOpen({ state }: { state: UploadState }): void {
  if (state === 'open') return;
  throw new AssayError('upload.closed', `This upload was ${state} and takes no more files.`, { hint: 'Begin a new upload; what is stored already is recognised.' });
}

function uploadNotFound(): AssayError {
  return new AssayError('request.not_found', 'There is no such upload in this project.');
}

/** The upload as the contracts describe it. @throws AssayError `request.not_found` */
export async function uploadDto(store: PrismaClient, where: Where): Promise<UploadDto> {
  return toUploadDto(store, await findUpload(store, where));
}

async function findUpload(store: PrismaClient, { projectId, uploadId }: Where): Promise<Slim> {
  const upload = await store.upload.findFirst({ where: { id: uploadId, projectId }, select: slim });
  if (upload === null) throw uploadNotFound();
  return upload;
}

async function toUploadDto(store: PrismaClient, upload: Slim): Promise<UploadDto> {
  const [states, folders, job, names] = await Promise.all([
    store.uploadFile.groupBy({ by: ['state'], where: { uploadId: upload.id }, _count: { _all: true }, _sum: { bytes: true } }),
    foldersOf(store, upload),
    store.job.findFirst({ where: { projectId: upload.projectId, kind: 'import', input: { equals: { uploadId: upload.id } } }, orderBy: { createdAt: 'desc' }, select: { id: true } }),
    namesOf(store, [upload.createdById]),
  ]);
  const bytes = (counts: (state: UploadFileState) => boolean) => states.reduce((sum, group) => sum + (counts(group.state) ? Number(group._sum.bytes ?? 0) : 0), 0);
  const count = (state: UploadFileState) => states.find((group) => group.state === state)?._count._all ?? 0;
  return {
    id: upload.id,
    state: upload.state,
    createdAt: upload.createdAt.toISOString(),
    createdBy: upload.createdById === null ? null : (names.get(upload.createdById) ?? null),
    counts: Object.fromEntries(uploadFileStateSchema.options.map((state) => [state, count(state)])) as UploadDto['counts'],
    bytes: { received: bytes((state) => state !== 'expected' && state !== 'cancelled'), total: bytes((state) => state !== 'cancelled') },
    folders,
    jobId: job?.id ?? null,
  };
}

/** Folders that hold samples: archives, metadata files and masks are left out. */
async function foldersOf(store: PrismaClient, upload: Slim): Promise<UploadDto['folders']> {
  const [rows, tables] = await Promise.all([imageFolders(store, upload.id), tablesOf(store, upload)]);
  const edited = upload.folderRoles as Record<string, FolderRole>;
  const images = rows
    .filter(({ folder }) => !isMaskPath(`${folder}/x`))
    .map(({ folder, count }) => {
      const proposed = proposeFolderRole(folder);
      return { folder, count, role: edited[folder] ?? proposed, proposed, labels: null };
    });
  const vectors = tables.map(({ path, rows: count, labels }) => {
    const proposed = proposeFolderRole(roleFolderOf(path));
    return { folder: path, count, role: edited[path] ?? proposed, proposed, labels };
  });
  return [...images, ...vectors];
}

/** Table files of an upload: each stands where a folder does. `labels`: what the file says of its rows, once it is read. */
async function tablesOf(store: PrismaClient, upload: Slim): Promise<{ path: string; rows: number; labels: string | null }[]> {
  const files = await store.uploadFile.findMany({
    where: { uploadId: upload.id, state: { in: ['expected', 'received', 'stored', 'duplicate'] }, OR: ['csv', 'npz', 'npy', 'parquet'].map((ending) => ({ path: { endsWith: `.${ending}`, mode: 'insensitive' as const } })), NOT: { path: { endsWith: 'metadata.csv', mode: 'insensitive' } } },
    select: { path: true, sha256: true, state: true, errorMessage: true },
    orderBy: { path: 'asc' },
  });
  const tables = await store.vectorTable.findMany({ where: { projectId: upload.projectId, sha256: { in: files.flatMap(({ sha256 }) => sha256 ?? []) } }, select: { sha256: true, rows: true, labelled: true } });
  const bySha = new Map(tables.map((table) => [table.sha256, table]));
  return files.flatMap(({ path, sha256, state, errorMessage }) => {
    const table = bySha.get(sha256 ?? '');
    // A CSV that turned out to be metadata has no rows of its own.
    if (table === undefined && (state === 'stored' || state === 'duplicate')) return [];
    return [{ path, rows: table?.rows ?? 1, labels: table?.labelled === true ? (errorMessage ?? 'Labels in the file.') : null }];
  });
}

function imageFolders(store: PrismaClient, uploadId: string): Promise<{ folder: string; count: number }[]> {
  return store.$queryRaw<{ folder: string; count: number }[]>`
    SELECT regexp_replace("path", '/?[^/]*$', '') AS "folder", count(*)::int AS "count" FROM "UploadFile"
    WHERE "uploadId" = ${uploadId}::uuid AND "state" IN ('expected', 'received', 'stored', 'duplicate')
      AND "path" !~* '\\.(zip|csv|npz|npy|parquet)$' AND "path" !~* '(^|/)metadata\\.jsonl$'
    GROUP BY 1 ORDER BY 1`;
}
