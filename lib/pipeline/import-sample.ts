import { toAssayError, type AssayError } from '@/lib/errors';
import { decodeImage, type DecodedImage } from '@/lib/ingest/decode';
import { renditions } from '@/lib/ingest/renditions';
import { storageFailure } from '@/lib/store/blobs/failures';
import type { Prisma, UploadFile } from '@/lib/store/generated/client';
import { duplicateOf, pageNote, storeSample } from '@/lib/store/uploads/store-sample';
import type { PipelineContext } from './context';

/** `untouched`: somebody else finished or cancelled the file in the meantime, or it has to wait. */
export type FileOutcome = 'stored' | 'duplicate' | 'refused' | 'untouched';

/** Makes a sample of a received image, or says why not. */
export async function importSample(file: UploadFile, projectId: string, context: PipelineContext): Promise<FileOutcome> {
  const { store, blobs } = context;
  const { sha256 } = file;
  if (sha256 === null) return 'untouched';
  const held = await store.sample.findUnique({ where: { projectId_sha256: { projectId, sha256 } }, select: { id: true, fileName: true } });
  if (held !== null) return (await settle(file, duplicateOf(held), context)) ? 'duplicate' : 'untouched';
  let image: DecodedImage;
  let made: { thumbnailSha256: string; viewSha256: string | null };
  try {
    image = await decodeImage(await blobs.read(sha256));
    const { thumbnail, view } = await renditions(image);
    made = { thumbnailSha256: await blobs.put(thumbnail), viewSha256: view === null ? null : await blobs.put(view) };
  } catch (error) {
    return refuseOrThrow(file, error, context);
  }
  const decoded = { ...made, projectId, sha256, width: image.width, height: image.height, format: image.format, bytes: Number(file.bytes) };
  try {
    return (await storeSample(store, file, decoded, pageNote(image.pages), 'received'))?.state ?? 'untouched';
  } catch (error) {
    return refuseOrThrow(file, error, context);
  }
}

/** Ends a file as refused with a reason. */
export async function refuse(file: UploadFile, reason: AssayError, context: PipelineContext): Promise<FileOutcome> {
  const sentence = reason.hint === undefined ? reason.message : `${reason.message} ${reason.hint}`;
  return (await settle(file, { state: 'refused', errorCode: reason.code, errorMessage: sentence }, context)) ? 'refused' : 'untouched';
}

/** Refuses the file when the failure is its own; a full disk, a lost database and the like are thrown on. */
export async function refuseOrThrow(file: UploadFile, error: unknown, context: PipelineContext): Promise<FileOutcome> {
  const reason = toAssayError(error);
  if (!ownFailures.test(reason.code)) throw reason.code === 'internal' ? error : storageFailure(error);
  return refuse(file, reason, context);
}

/** Failures that lie in the file (or in bytes that are gone and can be sent again) and not in the machine. */
const ownFailures = /^(image|archive|metadata|table|path|mask|data)\.|^request\.(too_large|not_found)$/;

/** Ends a received file; false when it is no longer received. */
export async function settle(file: UploadFile, data: Prisma.UploadFileUpdateManyMutationInput, { store }: PipelineContext): Promise<boolean> {
  const { count } = await store.uploadFile.updateMany({ where: { id: file.id, state: 'received' }, data });
  return count > 0;
}
