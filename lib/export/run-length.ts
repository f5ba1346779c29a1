/** A mask as COCO writes it. */
export type MaskShape = {
  /** Run lengths column by column from the top left, background first: `counts` of an uncompressed RLE. */
  readonly counts: readonly number[];
  /** Pixels of the mask. */
  readonly area: number;
  /** Left, top, width and height of the smallest box around it, in pixels. */
  readonly box: readonly [left: number, top: number, width: number, height: number];
};

/**
 * Run lengths, area and box of a mask; null when no pixel is set.
 * @param pixels one byte a pixel, row by row; set where it is not 0
 */
export function maskShape(pixels: Uint8Array, width: number, height: number): MaskShape | null {
  if (pixels.length !== width * height) throw new RangeError(`${pixels.length} pixels are no ${width} x ${height} mask.`);
  const counts: number[] = [];
  let [value, run, area, left, top, right, bottom] = [0, 0, 0, width, height, -1, -1];
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const set = pixels[y * width + x] === 0 ? 0 : 1;
      if (set !== value) {
        counts.push(run);
        [value, run] = [set, 0];
      }
      run++;
      if (set === 0) continue;
      area++;
      right = x;
      if (x < left) left = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  counts.push(run);
  return area === 0 ? null : { counts, area, box: [left, top, right - left + 1, bottom - top + 1] };
}
