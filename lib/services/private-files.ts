import type { keepThumbnailsSchema, KeptFile, KeptFileInput } from '@/lib/api/contracts/private';
import type { z } from 'zod';
import { AssayError, toAssayError } from '@/lib/errors';
import { isArchive, isMaskPath, isMetadataFile } from '@/lib/ingest/layout';
import { MAX_PIXELS } from '@/lib/ingest/limits';
import { isTablePath } from '@/lib/ingest/tables/table-files';
import type { PrismaClient, UploadFile } from '@/lib/store/generated/client';
import { requireMaskSize, sampleOfMask } from '@/lib/store/uploads/mask-sample';
import { pageNote, storeSample } from '@/lib/store/uploads/store-sample';
import type { ServiceContext } from './context';
import { storeThumbnail } from './private-projects';
import { checkOpen } from './uploads';

type FileWhere = { projectId: string; uploadId: string; fileId: string };
type Kept = Extract<KeptFileInput, { outcome: 'kept' }>;
type Refused = Extract<KeptFileInput, { outcome: 'refused' }>;
type PrivateFile = UploadFile & { readonly upload: { readonly state: 'open' | 'closed' | 'cancelled'; readonly project: { readonly isPrivate: boolean; readonly sendsThumbnails: boolean } } };

/**
 * Takes what a browser tells of an announced file whose bytes stay there: makes the sample with the roles that folder and
 * metadata give it, gives a mask to its sample, or records why the browser cannot use the file. Telling it again is
 * harmless. A mask whose image is not there yet waits and stays expected.
 * @throws AssayError `request.conflict` for a project whose images the server keeps, or a file that is not wanted;
 *   `upload.closed`; `request.invalid` for a thumbnail that is none; `data.mixed`
 */
export async function keepFile({ store }: ServiceContext, input: FileWhere & KeptFileInput): Promise<KeptFile> {
  const file = await findFile(store, input);
  if (file.state === 'stored' || file.state === 'duplicate') return toKept(file);
  checkOpen(file.upload);
  if (file.state !== 'expected' || file.sha256 === null) {
    throw new AssayError('request.conflict', `${file.path} is ${file.state} and not wanted.`, { hint: 'Retry the file first.' });
  }
  if (input.outcome === 'refused') return refuse(store, file, input);
  try {
    requirePixels(input);
    if (isMaskPath(file.path)) return await keepMask(store, file, input);
    requireImagePath(file.path);
    return await keepImage(store, file, file.sha256, input, input.projectId);
  } catch (error) {
    const { code, message } = toAssayError(error);
    if (/^(image|mask)\./.test(code)) return refuse(store, file, { outcome: 'refused', code, message });
    throw error;
  }
}

/**
 * Takes thumbnails of samples that came while the project sent none; those of others are left out.
 * @throws AssayError `project.private` unless the project sends thumbnails, `request.invalid` for one that is none
 */
export async function keepThumbnails({ store }: ServiceContext, { projectId, thumbnails }: { projectId: string } & z.output<typeof keepThumbnailsSchema>): Promise<{ stored: number }> {
  let stored = 0;
  for (const { sampleId, thumbnail } of thumbnails) {
    await requireThumbnails(store, projectId);
    const thumbnailSha256 = await storeThumbnail(thumbnail);
    // Of a project that was told meanwhile to send none, none is kept.
    const { count } = await store.sample.updateMany({ where: { id: sampleId, projectId, vectorTableId: null, project: { isPrivate: true, sendsThumbnails: true } }, data: { thumbnailSha256 } });
    stored += count;
  }
  return { stored };
}

async function requireThumbnails(store: PrismaClient, projectId: string): Promise<void> {
  const project = await store.project.findUniqueOrThrow({ where: { id: projectId }, select: { isPrivate: true, sendsThumbnails: true } });
  if (project.isPrivate && project.sendsThumbnails) return;
  throw new AssayError('project.private', 'This project takes no thumbnails.', { hint: 'A lead can allow them in the settings of a private project.' });
}

async function findFile(store: PrismaClient, { projectId, uploadId, fileId }: FileWhere): Promise<PrivateFile> {
  const file = await store.uploadFile.findFirst({
    where: { id: fileId, upload: { id: uploadId, projectId } },
    include: { upload: { select: { state: true, project: { select: { isPrivate: true, sendsThumbnails: true } } } } },
  });
  if (file === null) throw new AssayError('request.not_found', 'There is no such file in this upload.');
  if (file.upload.project.isPrivate) return file;
  throw new AssayError('request.conflict', 'The server keeps the images of this project; send the bytes of the file.', { hint: 'Reload the page and add the files again.' });
}

async function keepImage(store: PrismaClient, file: PrivateFile, sha256: string, { width, height, format, pages, thumbnail }: Kept, projectId: string): Promise<KeptFile> {
  const wanted = file.upload.project.sendsThumbnails && thumbnail !== null;
  const thumbnailSha256 = wanted ? await storeThumbnail(thumbnail) : null;
  const decoded = { projectId, sha256, width, height, format, bytes: Number(file.bytes), thumbnailSha256, viewSha256: null };
  await storeSample(store, file, decoded, pageNote(pages), 'expected');
  // The project may have been told to send none while this one was on its way.
  if (wanted) await store.sample.updateMany({ where: { projectId, sha256, project: { sendsThumbnails: false } }, data: { thumbnailSha256: null } });
  return toKept(await reread(store, file));
}

async function keepMask(store: PrismaClient, file: UploadFile, mask: Kept): Promise<KeptFile> {
  const sample = await sampleOfMask(store, file);
  if (sample === null) return { ...toKept(file), as: 'waiting' };
  requireMaskSize(mask, sample);
  await store.$transaction(async (transaction) => {
    const end = { state: 'stored' as const, sampleId: sample.id, errorCode: null, errorMessage: `The mask of ${sample.fileName}.` };
    const { count } = await transaction.uploadFile.updateMany({ where: { id: file.id, state: 'expected' }, data: end });
    if (count > 0) await transaction.sample.updateMany({ where: { id: sample.id }, data: { maskSha256: mask.maskSha256 ?? file.sha256 } });
  });
  return toKept(await reread(store, file));
}

async function refuse(store: PrismaClient, file: UploadFile, { code, message }: Refused): Promise<KeptFile> {
  await store.uploadFile.updateMany({ where: { id: file.id, state: 'expected' }, data: { state: 'refused', errorCode: code, errorMessage: message } });
  return toKept(await reread(store, file));
}

/** The browser has the same limit; other programs may not. */
function requirePixels({ width, height }: Kept): void {
  if (width * height <= MAX_PIXELS) return;
  throw new AssayError('image.too_many_pixels', `The image has ${width} x ${height} pixels; at most ${MAX_PIXELS / 1e6} million are read.`);
}

function requireImagePath(path: string): void {
  if (!isArchive(path) && !isMetadataFile(path) && !isTablePath(path)) return;
  throw new AssayError('image.not_an_image', `${path} is not the name of an image.`);
}

function reread(store: PrismaClient, { id }: UploadFile): Promise<UploadFile> {
  return store.uploadFile.findUniqueOrThrow({ where: { id } });
}

function toKept({ id, path, state, errorCode, errorMessage, sampleId }: UploadFile): KeptFile {
  return { id, path, state, wanted: state === 'expected', errorCode, errorMessage, sampleId, as: isMaskPath(path) ? 'mask' : 'image' };
}
