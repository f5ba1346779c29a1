import type { RandomGenerator } from '@/lib/anomaly/random/generator';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { between, upTo } from './draw';
import type { Canvas } from './image';

export type Size = { readonly width: number; readonly height: number };
export type Place = { readonly x: number; readonly y: number };

/**
 * Width and height of a patch of a share of the image's area and a ratio of width to height. Where a side would be longer than
 * the image, it is cut and the other side grows as far as there is room, so that the area stays what was drawn if it can.
 * @returns whole numbers from 1 to the image's sides
 */
export function patchSize(image: Size, areaRatio: number, aspectRatio: number): Size {
  const area = areaRatio * image.width * image.height;
  const fit = (side: number, limit: number) => Math.max(1, Math.min(limit, Math.round(side)));
  const width = fit(Math.sqrt(area * aspectRatio), image.width);
  const height = fit(Math.sqrt(area / aspectRatio), image.height);
  if (height === image.height && Math.sqrt(area / aspectRatio) > image.height) return { width: fit(area / height, image.width), height };
  if (width === image.width && Math.sqrt(area * aspectRatio) > image.width) return { width, height: fit(area / width, image.height) };
  return { width, height };
}

/** Ratio of width to height: lying or standing with equal chance, uniform in (low, 1) or (1, high) (CutPaste, section 2.2). */
export function aspectRatio(low: number, high: number, random: RandomGenerator): number {
  return random.uniform() < 0.5 ? between(low, 1, random) : between(1, high, random);
}

/** A uniform place where a patch lies wholly in the image. A side that is longer than the image is centred on it. */
export function placeFor(image: Size, patch: Size, random: RandomGenerator): Place {
  const along = (room: number) => (room >= 0 ? upTo(room, random) : Math.trunc(room / 2));
  return { x: along(image.width - patch.width), y: along(image.height - patch.height) };
}

/** Cuts a patch out as numbers, so that its colours can be changed without rounding in between. */
export function cut(image: RgbImage, { width, height }: Size, { x, y }: Place): Float64Array {
  const patch = new Float64Array(3 * width * height);
  for (let row = 0; row < height; row += 1) {
    const from = 3 * ((y + row) * image.width + x);
    for (let i = 0; i < 3 * width; i += 1) patch[3 * width * row + i] = image.rgb[from + i]!;
  }
  return patch;
}

/** Lays an upright patch on the image. */
export function paste(image: Canvas, patch: Float64Array, { width, height }: Size, { x, y }: Place): void {
  for (let row = 0; row < height; row += 1) image.rgb.set(patch.subarray(3 * width * row, 3 * width * (row + 1)), 3 * ((y + row) * image.width + x));
}
