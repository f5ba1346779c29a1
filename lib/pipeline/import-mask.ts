import { decodeImage } from '@/lib/ingest/decode';
import { maskPng } from '@/lib/ingest/renditions';
import type { UploadFile } from '@/lib/store/generated/client';
import { requireMaskSize, sampleOfMask } from '@/lib/store/uploads/mask-sample';
import type { PipelineContext } from './context';
import { refuseOrThrow, settle, type FileOutcome } from './import-sample';

/** `unmatched`: its image is not among the samples (yet). */
export type MaskOutcome = FileOutcome | 'unmatched';

/** Attaches a mask to the sample whose image lies where the layout says, in the same upload. Masks are no samples. */
export async function attachMask(file: UploadFile, context: PipelineContext): Promise<MaskOutcome> {
  const { store, blobs } = context;
  const sample = await sampleOfMask(store, file);
  if (sample === null || file.sha256 === null) return 'unmatched';
  try {
    const image = await decodeImage(await blobs.read(file.sha256));
    requireMaskSize(image, sample);
    const maskSha256 = await blobs.put(await maskPng(image));
    await store.sample.updateMany({ where: { id: sample.id }, data: { maskSha256 } });
  } catch (error) {
    return refuseOrThrow(file, error, context);
  }
  return (await settle(file, { state: 'stored', sampleId: sample.id, errorCode: null, errorMessage: `The mask of ${sample.fileName}.` }, context)) ? 'stored' : 'untouched';
}
