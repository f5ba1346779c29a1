import { createRandom } from '@/lib/anomaly/random/generator';
import type { RgbImage } from '@/lib/inference/preprocess/image';

/** An image of coloured noise: nearly every two pixels differ. */
export function noisePicture(width: number, height: number, seed = 1): RgbImage {
  const random = createRandom(seed);
  return { rgb: Uint8Array.from({ length: 3 * width * height }, () => random.integer(256)), width, height };
}

/** An image of one colour. */
export function plainPicture(width: number, height: number, colour: readonly [number, number, number] = [90, 120, 200]): RgbImage {
  return { rgb: Uint8Array.from({ length: 3 * width * height }, (_, i) => colour[i % 3]!), width, height };
}

/** A grey image that gets lighter to the right and downwards. */
export function greyPicture(width: number, height: number): RgbImage {
  const grey = (pixel: number) => Math.floor(((pixel % width) * 150) / width + (Math.floor(pixel / width) * 100) / height);
  return { rgb: Uint8Array.from({ length: 3 * width * height }, (_, i) => grey(Math.floor(i / 3))), width, height };
}
