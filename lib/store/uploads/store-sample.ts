import { splitPath } from '@/lib/ingest/safe-path';
import type { Transaction } from '@/lib/store/client';
import type { Prisma, PrismaClient, UploadFile, UploadFileState } from '@/lib/store/generated/client';
import { claimKind } from '@/lib/store/vectors/project-kind';
import { columnsOfFiles } from './sample-roles';

/** What is known of an image itself; the upload says the rest. */
export type DecodedSample = Pick<Prisma.SampleUncheckedCreateInput, 'projectId' | 'sha256' | 'width' | 'height' | 'format' | 'bytes' | 'thumbnailSha256' | 'viewSha256'>;
export type SampleEnd = { readonly state: 'stored' | 'duplicate'; readonly sampleId: string; readonly errorCode: null; readonly errorMessage: string | null };

/** Thrown to undo a transaction whose file is no longer ours. */
class NotOurs extends Error {}

/**
 * Makes the sample of an upload's file, with the roles that the upload gives it now, and ends the file as stored; where
 * the project has that content meanwhile, as a duplicate.
 * @param from the state that the file must still be in
 * @returns null when somebody else finished or cancelled the file in the meantime
 */
export async function storeSample(store: PrismaClient, file: UploadFile, decoded: DecodedSample, note: string | null, from: UploadFileState): Promise<SampleEnd | null> {
  try {
    return await store.$transaction((transaction) => storeWithin(transaction, file, decoded, note, from), { timeout: 60_000, maxWait: 60_000 });
  } catch (error) {
    if (error instanceof NotOurs) return null;
    throw error;
  }
}

async function storeWithin(transaction: Transaction, file: UploadFile, decoded: DecodedSample, note: string | null, from: UploadFileState): Promise<SampleEnd> {
  const { projectId, sha256 } = decoded;
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
  const { count } = await transaction.uploadFile.updateMany({ where: { id: file.id, state: from }, data: end });
  if (count === 0) throw new NotOurs();
  return end;
}

/** How a file ends whose content is a sample already. */
export function duplicateOf(sample: { id: string; fileName: string }): SampleEnd {
  return { state: 'duplicate', sampleId: sample.id, errorCode: null, errorMessage: `The project has this image already: ${sample.fileName}.` };
}

/** What is said of a file with more than one page; null of others. */
export function pageNote(pages: number): string | null {
  return pages > 1 ? `The file has ${pages} pages; only the first is used.` : null;
}
