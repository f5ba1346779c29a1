import { createReadStream } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SampleRole } from '@/lib/api/contracts/common';
import type { FolderRole } from '@/lib/api/contracts/uploads';
import { recordEvent } from '@/lib/audit/record';
import { AssayError, toAssayError } from '@/lib/errors';
import { isMaskPath, proposeFolderRole } from '@/lib/ingest/layout';
import { MAX_ARCHIVE_BYTES, MAX_IMAGE_BYTES } from '@/lib/ingest/limits';
import { isSystemFile, safePath } from '@/lib/ingest/safe-path';
import { storageFailure } from '@/lib/store/blobs/failures';
import type { Prisma } from '@/lib/store/generated/client';
import { placeOf } from '@/lib/store/uploads/sample-roles';
import type { PipelineContext } from './context';
import { importUpload, type ImportResult } from './import';

const BATCH = 100;

/** What to import, and where to. */
export type FolderImport = {
  /** A folder, or a single file (a zip, a table of vectors). */
  readonly folder: string;
  readonly projectName: string;
  /** Of a project that is made; its name when absent. */
  readonly objectName?: string | undefined;
  /** All samples get this role but the rows of tables that name their own; the layout decides when absent. */
  readonly role?: SampleRole | undefined;
};

/** What became of a folder. `skippedLinks`: symbolic links, which are not followed. */
export type FolderImportResult = ImportResult & { readonly uploadId: string; readonly projectId: string; readonly skippedLinks: number };

/**
 * Imports a folder (or one file) into a project, which is made when there is none of that name. The same steps as an upload from the
 * browser: the bytes go into the blob store, then `importUpload` decodes them. Files are read one at a time.
 * @throws AssayError `request.invalid` when the folder cannot be read or holds no file
 */
export async function importFolder(request: FolderImport, context: PipelineContext): Promise<FolderImportResult> {
  const found = await place(request.folder);
  const projectId = await projectOf(request, context);
  const { id: uploadId } = await context.store.upload.create({ data: { projectId }, select: { id: true } });
  try {
    const { files, skippedLinks } = await receiveFolder(found, uploadId, request.role, context);
    if (files === 0) throw new AssayError('request.invalid', `There is no file in ${request.folder}.`);
    await context.store.upload.update({ where: { id: uploadId }, data: { state: 'closed', closedAt: new Date() } });
    await recordEvent(context.store, { actor: null, projectId }, { type: 'upload.closed', uploadId, files });
    return { ...(await importUpload({ uploadId }, context)), uploadId, projectId, skippedLinks };
  } catch (error) {
    await context.store.upload.update({ where: { id: uploadId }, data: { state: 'cancelled', closedAt: new Date() } });
    await context.store.uploadFile.updateMany({ where: { uploadId, state: { in: ['expected', 'received'] } }, data: { state: 'cancelled' } });
    throw error;
  }
}

/** A folder whose files are imported under its name, or the folder of the one file that is. */
type Place = { readonly folder: string; readonly only: string | null };

async function place(folder: string): Promise<Place> {
  try {
    const real = await realpath(folder);
    const found = await stat(real);
    if (found.isDirectory()) return { folder: real, only: null };
    if (found.isFile()) return { folder: path.dirname(real), only: path.basename(real) };
  } catch (cause) {
    throw new AssayError('request.invalid', `${folder} cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause });
  }
  throw new AssayError('request.invalid', `${folder} is neither a folder nor a file.`);
}

async function projectOf({ projectName, objectName }: FolderImport, { store }: PipelineContext): Promise<string> {
  const name = projectName.trim();
  if (name === '' || name.length > 80) throw new AssayError('request.invalid', 'The name of the project must have 1 to 80 characters.');
  const present = await store.project.findUnique({ where: { name }, select: { id: true } });
  if (present !== null) return present.id;
  return store.$transaction(async (transaction) => {
    const names = { name, objectName: (objectName ?? name).slice(0, 80) };
    const { id } = await transaction.project.create({ data: names, select: { id: true } });
    await recordEvent(transaction, { actor: null, projectId: id }, { type: 'project.created', ...names });
    return id;
  });
}

async function receiveFolder({ folder, only }: Place, uploadId: string, role: SampleRole | undefined, context: PipelineContext): Promise<{ files: number; skippedLinks: number }> {
  const top = path.basename(folder);
  const counts = { files: 0, skippedLinks: 0 };
  const roles = new Map<string, FolderRole>();
  let batch: Prisma.UploadFileCreateManyInput[] = [];
  const flush = async () => {
    await context.store.uploadFile.createMany({ data: batch, skipDuplicates: true });
    batch = [];
    context.progress({ step: 'reading', done: counts.files, total: null, unit: 'files' });
  };
  for await (const found of only === null ? walk(folder) : [{ relative: only, link: false }]) {
    context.signal.throwIfAborted();
    if (found.link) counts.skippedLinks++;
    if (found.link || isSystemFile(found.relative)) continue;
    const row = await receive(path.join(folder, found.relative), only ?? `${top}/${found.relative}`, uploadId, context);
    counts.files++;
    batch.push(row);
    if (role !== undefined && !isMaskPath(row.path)) roles.set(placeOf(row.path).key, forced(row.path, role));
    if (batch.length === BATCH) await flush();
  }
  await flush();
  if (roles.size > 0) await context.store.upload.update({ where: { id: uploadId }, data: { folderRoles: Object.fromEntries(roles) } });
  return counts;
}

/** The proposal for a folder with its role replaced; what does not go with the role falls away. */
function forced(filePath: string, role: SampleRole): FolderRole {
  const proposed = proposeFolderRole(placeOf(filePath).name);
  return { ...proposed, role, split: role === 'auxiliary' ? null : proposed.split, qualityLabel: role === 'auxiliary' ? proposed.qualityLabel : null };
}

async function receive(file: string, shownPath: string, uploadId: string, { blobs, signal }: PipelineContext): Promise<Prisma.UploadFileCreateManyInput> {
  try {
    const clean = safePath(shownPath);
    const maxBytes = /\.zip$/i.test(clean) ? MAX_ARCHIVE_BYTES : MAX_IMAGE_BYTES;
    const { sha256, bytes } = await blobs.putStream(createReadStream(file, { signal }), { maxBytes });
    return { uploadId, path: clean, bytes, sha256, state: 'received' };
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = unreadable(error) ?? toAssayError(error);
    return { uploadId, path: shownPath.replaceAll(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 1000), bytes: 0, state: 'refused', errorCode: code, errorMessage: message };
  }
}

/** A file that may not be read is its own problem; a full disk is everybody's. @throws AssayError `storage.full` */
function unreadable(error: unknown): AssayError | null {
  const failure = storageFailure(error);
  if (failure.code === 'storage.full') throw failure;
  if (failure.code !== 'storage.failed') return null;
  const cause = failure.cause as NodeJS.ErrnoException | undefined;
  if (cause?.syscall !== 'open' && cause?.syscall !== 'read') throw failure;
  return new AssayError('storage.failed', `The file cannot be read (${cause.code}).`);
}

/** All files below a folder, names in order; symbolic links are told and not followed. */
async function* walk(folder: string, relative = ''): AsyncGenerator<{ relative: string; link: boolean }> {
  const entries = [];
  for await (const entry of await opendir(path.join(folder, relative))) entries.push(entry);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const below = relative === '' ? entry.name : `${relative}/${entry.name}`;
    if (entry.isDirectory()) yield* walk(folder, below);
    else if (entry.isFile() || entry.isSymbolicLink()) yield { relative: below, link: entry.isSymbolicLink() };
  }
}
