import { NEUTRAL_BACKGROUND } from '@/lib/ingest/bmp';
import type { RgbImage } from '../../preprocess/image';

/** Decoded samples: 1 (grey), 2 (grey, alpha), 3 or 4 channels, interleaved, 8 or 16 bits. */
export type Samples = {
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly depth: 8 | 16;
};

/**
 * 8-bit RGB of decoded samples, as the server's decoder makes it: alpha is flattened on the neutral grey in the depth of
 * the file (integer division, background 128 or 128 * 256), then 16 bits become 8 by keeping the upper byte.
 */
export function flattenToRgb({ data, width, height, channels, depth }: Samples): RgbImage {
  const rgb = new Uint8Array(width * height * 3);
  const colours = channels >= 3 ? 3 : 1;
  const hasAlpha = channels === 2 || channels === 4;
  const [opaque, background, shift] = depth === 16 ? [65_535, NEUTRAL_BACKGROUND * 256, 8] : [255, NEUTRAL_BACKGROUND, 0];
  for (let pixel = 0, from = 0; pixel < width * height; pixel++, from += channels) {
    const alpha = hasAlpha ? data[from + colours]! : opaque;
    for (let c = 0; c < 3; c++) {
      const value = data[from + (colours === 3 ? c : 0)]!;
      const flat = alpha === opaque ? value : Math.floor((value * alpha + background * (opaque - alpha)) / opaque);
      rgb[pixel * 3 + c] = flat >> shift;
    }
  }
  return { rgb, width, height };
}
