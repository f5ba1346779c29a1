import { AssayError } from '@/lib/errors';
import { samplePathsOfMask } from '@/lib/ingest/layout';
import type { PrismaClient, UploadFile } from '@/lib/store/generated/client';

/** The sample that a mask belongs to. */
export type MaskedSample = { readonly id: string; readonly fileName: string; readonly width: number | null; readonly height: number | null };

/** The sample whose image lies, in the same upload, where the layout says; null where there is none (yet). */
export async function sampleOfMask(store: PrismaClient, file: Pick<UploadFile, 'uploadId' | 'path'>): Promise<MaskedSample | null> {
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

/** @throws AssayError `mask.unmatched` unless the mask is as large as the image */
export function requireMaskSize(mask: { readonly width: number; readonly height: number }, sample: MaskedSample): void {
  if (mask.width === sample.width && mask.height === sample.height) return;
  throw new AssayError('mask.unmatched', `The mask has ${mask.width} x ${mask.height} pixels, but ${sample.fileName} has ${sample.width} x ${sample.height}.`);
}
