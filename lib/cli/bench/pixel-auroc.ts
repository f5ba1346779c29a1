import { resamplePlane, resampleTaps } from '@/lib/inference/patches/resample';
import type { Area } from '@/lib/inference/preprocess/seen-area';

/** Distances of the patches of an image, row by row, and the part of the image that they cover. */
export type PatchMap = { readonly distances: Float32Array; readonly rows: number; readonly columns: number; readonly area: Area };

/** One value for each pixel of an image: bilinear between the centres of the patches; NaN where the network saw nothing. */
export function pixelMap({ distances, rows, columns, area }: PatchMap, width: number, height: number): Float32Array {
  const [left, top] = [Math.round(area.left * width), Math.round(area.top * height)];
  const [wide, high] = [Math.round((area.left + area.width) * width) - left, Math.round((area.top + area.height) * height) - top];
  const seen = resamplePlane(distances, columns, resampleTaps(rows, high), resampleTaps(columns, wide));
  const pixels = new Float32Array(width * height).fill(Number.NaN);
  for (let y = 0; y < high; y += 1) pixels.set(seen.subarray(y * wide, (y + 1) * wide), (top + y) * width + left);
  return pixels;
}

/** Pixels of many images by what they are; grows as they come. */
export class PixelScores {
  #values = new Float32Array(2 ** 22);
  #size = 0;

  add(value: number): void {
    if (this.#size === this.#values.length) {
      const larger = new Float32Array(2 * this.#size);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#size] = value;
    this.#size += 1;
  }

  get size(): number {
    return this.#size;
  }

  sorted(): Float32Array {
    return this.#values.slice(0, this.#size).sort();
  }
}

/** Area under the ROC curve, exact: the share of pairs in which the defective pixel has the larger value, ties by half. */
export function pixelAuroc(defective: PixelScores, normal: PixelScores): number {
  const [above, below] = [defective.sorted(), normal.sorted()];
  let smaller = 0;
  let notLarger = 0;
  let pairs = 0;
  for (const value of above) {
    while (smaller < below.length && below[smaller]! < value) smaller += 1;
    while (notLarger < below.length && below[notLarger]! <= value) notLarger += 1;
    pairs += (smaller + notLarger) / 2;
  }
  return pairs / (above.length * below.length);
}
