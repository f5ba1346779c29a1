import sharp from 'sharp';
import type { DecodedImage } from './decode';

/** Longest side of a thumbnail in pixels. */
export const THUMBNAIL_SIDE = 256;

/** What the screens show of a sample. */
export type Renditions = {
  /** WebP, at most THUMBNAIL_SIDE px a side; small images are not enlarged. */
  readonly thumbnail: Buffer;
  /** PNG of the upright 8-bit image; null when a browser shows the original just so. */
  readonly view: Buffer | null;
};

/** Makes the thumbnail and, where the original needs one, the rendition that any browser shows. */
export async function renditions(image: DecodedImage): Promise<Renditions> {
  const source = () => sharp(image.rgb, { raw: { width: image.width, height: image.height, channels: 3 }, limitInputPixels: false });
  const thumbnail = await source()
    .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 })
    .toBuffer();
  const view = image.browserShows ? null : await source().png({ compressionLevel: 6 }).toBuffer();
  return { thumbnail, view };
}

/**
 * A mask as PNG, one 8-bit channel: 255 where the file has any light, 0 elsewhere. Masks are drawn with 255, with 1, or
 * with one grey per defect; all of them mean "defect".
 */
export async function maskPng(image: DecodedImage): Promise<Buffer> {
  const mask = new Uint8Array(image.width * image.height);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const at = pixel * 3;
    const light = (image.rgb[at] ?? 0) + (image.rgb[at + 1] ?? 0) + (image.rgb[at + 2] ?? 0);
    mask[pixel] = light > 0 ? 255 : 0;
  }
  return sharp(mask, { raw: { width: image.width, height: image.height, channels: 1 }, limitInputPixels: false }).png().toBuffer();
}
