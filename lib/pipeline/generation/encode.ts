import sharp from 'sharp';
import { withPngText } from '@/lib/ingest/png-text';
import { renditions } from '@/lib/ingest/renditions';
import type { Synthesised } from '@/lib/synthesis/generator';
import type { Provenance } from '@/lib/synthesis/provenance';

export type EncodedAnomaly = { readonly png: Buffer; /** One channel, 255 where the image was changed; null when nothing was. */ readonly mask: Buffer | null };

/**
 * The files of a synthetic anomaly. The image carries its provenance as a text, so that a file alone tells where it comes from,
 * and that two copies of one image are different files.
 */
export async function encodeAnomaly({ image, mask }: Synthesised, provenance: Provenance): Promise<EncodedAnomaly> {
  const { width, height } = image;
  const plain = await sharp(image.rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false }).png({ compressionLevel: 6 }).toBuffer();
  const png = Buffer.from(withPngText(plain, 'assay', JSON.stringify(provenance)).buffer);
  if (!mask.includes(255)) return { png, mask: null };
  return { png, mask: await sharp(mask, { raw: { width, height, channels: 1 }, limitInputPixels: false }).png().toBuffer() };
}

/** The thumbnail of a synthetic anomaly; any browser shows its PNG itself. */
export async function thumbnailOf({ image }: Synthesised): Promise<Buffer> {
  const { rgb, width, height } = image;
  const bytes = new Uint8Array(rgb.buffer, rgb.byteOffset, rgb.length);
  const { thumbnail } = await renditions({ rgb: bytes, width, height, format: 'png', pages: 1, browserShows: true });
  return thumbnail;
}
