import { NumericsError } from '@/lib/anomaly/errors';
import type { RgbImage } from '@/lib/inference/preprocess/image';

/** Pixels that a generator may write to. */
export type Canvas = { readonly rgb: Uint8ClampedArray; readonly width: number; readonly height: number };

/** A copy to draw on. Writing a number rounds it (ties to even) and cuts it to 0..255. */
export function canvasOf({ rgb, width, height }: RgbImage): Canvas {
  return { rgb: Uint8ClampedArray.from(rgb), width, height };
}

/**
 * Length of one pixel of a 256 x 256 image in pixels of this one: sizes that papers give for 256 px are multiplied by it.
 * The side of the square of equal area counts, so that long narrow images get sizes that fit them.
 */
export function pixelUnit({ width, height }: Pick<RgbImage, 'width' | 'height'>): number {
  return Math.sqrt(width * height) / 256;
}

/** 255 where any channel of a pixel differs between two images of one size, 0 elsewhere; one byte a pixel. */
export function changedPixels(before: RgbImage, after: RgbImage): Uint8Array {
  const mask = new Uint8Array(before.width * before.height);
  for (let pixel = 0, at = 0; pixel < mask.length; pixel += 1, at += 3) {
    const same = before.rgb[at] === after.rgb[at] && before.rgb[at + 1] === after.rgb[at + 1] && before.rgb[at + 2] === after.rgb[at + 2];
    if (!same) mask[pixel] = 255;
  }
  return mask;
}

/** @throws NumericsError `data.shape` when an image is empty or has another number of bytes than 3 a pixel */
export function requireImage({ rgb, width, height }: RgbImage): void {
  const whole = Number.isSafeInteger(width) && Number.isSafeInteger(height) && width > 0 && height > 0;
  if (whole && rgb.length === 3 * width * height) return;
  throw new NumericsError('data.shape', `An image of ${width} x ${height} pixels cannot have ${rgb.length} bytes of red, green and blue.`);
}
