import type { Readable } from 'node:stream';
import type { ImageVariant } from '@/lib/api/contracts/samples';
import { AssayError } from '@/lib/errors';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { Sample } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { sampleNotFound } from './samples';

/** Which bytes a variant is, and how they are answered. */
export type SampleImage = {
  sha256: string;
  contentType: string;
  /** Known for the original only. */
  bytes?: number;
  /** Set where the answer is a download. */
  fileName?: string;
  open: () => Promise<Readable>;
};

/** Media types that browsers show; anything else has a rendition, or is answered as bytes. */
const mediaTypes: Readonly<Record<string, string>> = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp', bmp: 'image/bmp', tiff: 'image/tiff' };

/**
 * Finds the bytes of a sample's image. Nothing is read before `open`.
 * @throws AssayError `request.not_found` for an unknown sample, or the mask of one that has none; `private.image_missing`
 *   where the image stays in browsers
 */
export async function sampleImage(
  { store }: ServiceContext,
  { projectId, sampleId, variant }: { projectId: string; sampleId: string; variant: ImageVariant },
): Promise<SampleImage> {
  const sample = await store.sample.findFirst({ where: { id: sampleId, projectId }, include: { project: { select: { isPrivate: true } } } });
  if (sample === null) throw sampleNotFound();
  const chosen = sample.project.isPrivate ? sentThumbnail(sample, variant) : chooseBlob(sample, variant);
  return { ...chosen, open: () => blobStore().stream(chosen.sha256) };
}

/** All that the server may have of a private image. */
function sentThumbnail(sample: Sample, variant: ImageVariant): Omit<SampleImage, 'open'> {
  if (variant === 'thumbnail' && sample.thumbnailSha256 !== null) return { sha256: sample.thumbnailSha256, contentType: 'image/webp' };
  throw new AssayError('private.image_missing', `The ${variant === 'mask' ? 'mask' : 'image'} of ${sample.fileName} is not in this browser, and the server has none.`, {
    hint: 'Drop the folder of the images on the Samples page; they stay in this browser.',
  });
}

function chooseBlob(sample: Sample, variant: ImageVariant): Omit<SampleImage, 'open'> {
  if (sample.thumbnailSha256 === null) throw new AssayError('request.not_found', `${sample.fileName} is a feature vector; it has no image.`);
  const original = { sha256: sample.sha256, contentType: mediaTypes[sample.format] ?? 'application/octet-stream' };
  switch (variant) {
    case 'thumbnail':
      return { sha256: sample.thumbnailSha256, contentType: 'image/webp' };
    case 'view':
      return sample.viewSha256 === null ? original : { sha256: sample.viewSha256, contentType: 'image/png' };
    case 'original':
      return { ...original, bytes: sample.bytes, fileName: sample.fileName };
    case 'mask':
      if (sample.maskSha256 === null) throw new AssayError('request.not_found', `${sample.fileName} has no mask.`);
      return { sha256: sample.maskSha256, contentType: 'image/png' };
  }
}
