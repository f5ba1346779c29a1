import { toAssayError, type AssayError } from '@/lib/errors';
import { decodeImage, type DecodedImage } from '@/lib/ingest/decode';
import { renditions } from '@/lib/ingest/renditions';
import { splitPath } from '@/lib/ingest/safe-path';
import { storageFailure } from '@/lib/store/blobs/failures';
import type { Prisma, UploadFile } from '@/lib/store/generated/client';
import { columnsOfFiles } from '@/lib/store/uploads/sample-roles';
import { claimKind } from '@/lib/store/vectors/project-kind';
import type { PipelineContext } from './context';

/** `untouched`: somebody else finished or cancelled the file in the meantime, or it has to wait. */
export type FileOutcome = 'stored' | 'duplicate' | 'refused' | 'untouched';

/** Thrown to undo a transaction whose file is no longer ours. */
class NotOurs extends Error {}

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
  return storeSample(file, { ...made, projectId, sha256, width: image.width, height: image.height, format: image.format, bytes: Number(file.bytes) }, pageNote(image), context);
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

type Decoded = Pick<Prisma.SampleUncheckedCreateInput, 'projectId' | 'sha256' | 'width' | 'height' | 'format' | 'bytes' | 'thumbnailSha256' | 'viewSha256'>;

async function storeSample(file: UploadFile, decoded: Decoded, note: string | null, context: PipelineContext): Promise<FileOutcome> {
  const { projectId, sha256 } = decoded;
  try {
    return await context.store.$transaction(async (transaction) => {
      const columns = (await columnsOfFiles(transaction, file.uploadId, [file.path])).get(file.path);
      if (columns === undefined) throw new NotOurs();
      await claimKind(transaction, projectId, 'image');
      const [created] = await transaction.sample.createManyAndReturn({
        data: [{ ...decoded, ...splitPath(file.path), ...columns, uploadId: file.uploadId }],
        skipDuplicates: true,
        select: { id: true },
      });
      const end = created === undefined
        ? duplicateOf(await transaction.sample.findUniqueOrThrow({ where: { projectId_sha256: { projectId, sha256 } }, select: { id: true, fileName: true } }))
        : { state: 'stored' as const, sampleId: created.id, errorCode: null, errorMessage: note };
      const { count } = await transaction.uploadFile.updateMany({ where: { id: file.id, state: 'received' }, data: end });
      if (count === 0) throw new NotOurs();
      return end.state;
    }, { timeout: 60_000, maxWait: 60_000 });
  } catch (error) {
    if (error instanceof NotOurs) return 'untouched';
    return refuseOrThrow(file, error, context);
  }
}

function duplicateOf(sample: { id: string; fileName: string }) {
  return { state: 'duplicate' as const, sampleId: sample.id, errorCode: null, errorMessage: `The project has this image already: ${sample.fileName}.` };
}

function pageNote({ pages }: DecodedImage): string | null {
  return pages > 1 ? `The file has ${pages} pages; only the first is used.` : null;
}
