import sharp from 'sharp';
import { maskShape, type MaskShape } from '@/lib/export/run-length';
import type { TableRow } from '@/lib/export/table-columns';
import { AssayError } from '@/lib/errors';
import type { PipelineContext } from '../context';

/**
 * The region of a sample's mask; null where there is none, or nothing is marked. Stored masks are PNGs of the image's size
 * with one channel, 0 where there is no defect.
 * @throws AssayError `storage.failed` when the stored mask has another size than its image
 */
export async function maskOf({ file }: TableRow, { blobs }: PipelineContext): Promise<MaskShape | null> {
  if (file.mask === null) return null;
  const { data, info } = await sharp(await blobs.read(file.mask.sha256)).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  if (info.width !== file.width || info.height !== file.height) {
    throw new AssayError('storage.failed', `The mask of ${file.original.fileName} is ${info.width} x ${info.height} pixels, its image ${file.width} x ${file.height}.`, { hint: 'Upload the mask again.' });
  }
  return maskShape(data, info.width, info.height);
}
