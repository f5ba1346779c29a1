import { AssayError } from '@/lib/errors';
import { decodeImage } from '@/lib/ingest/decode';
import { samplePathsOfMask } from '@/lib/ingest/layout';
import { maskPng } from '@/lib/ingest/renditions';
import type { UploadFile } from '@/lib/store/generated/client';
import type { PipelineContext } from './context';
import { refuseOrThrow, settle, type FileOutcome } from './import-sample';

/** `unmatched`: its image is not among the samples (yet). */
export type MaskOutcome = FileOutcome | 'unmatched';

/** Attaches a mask to the sample whose image lies where the layout says, in the same upload. Masks are no samples. */
export async function attachMask(file: UploadFile, context: PipelineContext): Promise<MaskOutcome> {
  const { store, blobs } = context;
  const sample = await sampleOf(file, context);
  if (sample === null || file.sha256 === null) return 'unmatched';
  try {
    const image = await decodeImage(await blobs.read(file.sha256));
    if (image.width !== sample.width || image.height !== sample.height) throw wrongSize(image, sample);
    const maskSha256 = await blobs.put(await maskPng(image));
    await store.sample.updateMany({ where: { id: sample.id }, data: { maskSha256 } });
  } catch (error) {
    return refuseOrThrow(file, error, context);
  }
  return (await settle(file, { state: 'stored', sampleId: sample.id, errorCode: null, errorMessage: `The mask of ${sample.fileName}.` }, context)) ? 'stored' : 'untouched';
}

type Sized = { readonly id: string; readonly fileName: string; readonly width: number | null; readonly height: number | null };

async function sampleOf(file: UploadFile, { store }: PipelineContext): Promise<Sized | null> {
  const paths = samplePathsOfMask(file.path);
  const images = await store.uploadFile.findMany({
    where: { uploadId: file.uploadId, path: { in: paths }, state: { in: ['stored', 'duplicate'] }, sampleId: { not: null } },
    select: { path: true, sampleId: true },
  });
  images.sort((a, b) => paths.indexOf(a.path) - paths.indexOf(b.path));
  const ids = images.flatMap(({ sampleId }) => sampleId ?? []);
  const samples = await store.sample.findMany({ where: { id: { in: ids } }, select: { id: true, fileName: true, width: true, height: true } });
  return ids.map((id) => samples.find((sample) => sample.id === id)).find((sample) => sample !== undefined) ?? null;
}

function wrongSize(mask: { width: number; height: number }, sample: Sized): AssayError {
  return new AssayError('mask.unmatched', `The mask has ${mask.width} x ${mask.height} pixels, but ${sample.fileName} has ${sample.width} x ${sample.height}.`);
}
