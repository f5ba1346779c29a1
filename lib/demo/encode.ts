import sharp from 'sharp';
import type { DemoSample } from './types';

export type DemoImageFormat = 'png' | 'jpeg' | 'webp';

/** Encodes a sample's pixels as a file. JPEG and WebP at quality 92, near what inspection cameras store. */
export async function encodeDemoImage(sample: Pick<DemoSample, 'rgb' | 'width' | 'height'>, format: DemoImageFormat = 'png'): Promise<Buffer> {
  const image = sharp(sample.rgb, { raw: { width: sample.width, height: sample.height, channels: 3 } });
  if (format === 'png') return image.png({ compressionLevel: 3 }).toBuffer();
  return format === 'jpeg' ? image.jpeg({ quality: 92 }).toBuffer() : image.webp({ quality: 92 }).toBuffer();
}

/** Encodes a sample's mask as a one-channel PNG; undefined for a sample without one. */
export async function encodeDemoMask(sample: Pick<DemoSample, 'mask' | 'width' | 'height'>): Promise<Buffer | undefined> {
  if (sample.mask === undefined) return undefined;
  return sharp(sample.mask, { raw: { width: sample.width, height: sample.height, channels: 1 } }).png().toBuffer();
}
