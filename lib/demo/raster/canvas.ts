/** Side of every demo image in pixels. */
export const DEMO_IMAGE_SIDE = 320;

/** A picture in linear light, three interleaved channels, before the camera turns it into bytes. */
export type Canvas = { readonly side: number; readonly rgb: Float32Array };

/** Per-pixel coverage in [0, 1]: where and how strongly something was laid over the product. */
export type Coverage = { readonly side: number; readonly values: Float32Array };

export function createCanvas(): Canvas {
  return { side: DEMO_IMAGE_SIDE, rgb: new Float32Array(DEMO_IMAGE_SIDE * DEMO_IMAGE_SIDE * 3) };
}

export function createCoverage(): Coverage {
  return { side: DEMO_IMAGE_SIDE, values: new Float32Array(DEMO_IMAGE_SIDE * DEMO_IMAGE_SIDE) };
}

/** Linear RGB. */
export type Colour = readonly [number, number, number];

/** Multiplies each pixel by `colour` in proportion to the coverage (stain, dirt, shadow). */
export function multiplyBy(canvas: Canvas, coverage: Coverage, colour: Colour, strength: number): void {
  const { rgb } = canvas;
  coverage.values.forEach((value, i) => {
    if (value <= 0) return;
    const weight = value * strength;
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = (rgb[3 * i + c] as number) * (1 - weight + weight * (colour[c] as number));
  });
}

/** Replaces each pixel by `colour` in proportion to the coverage. */
export function paintOver(canvas: Canvas, coverage: Coverage, colour: Colour, strength: number): void {
  const { rgb } = canvas;
  coverage.values.forEach((value, i) => {
    if (value <= 0) return;
    const weight = value * strength;
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = (rgb[3 * i + c] as number) * (1 - weight) + (colour[c] as number) * weight;
  });
}

/** Binary mask (0 or 255) of the pixels covered by more than `threshold`. */
export function maskOf(coverage: Coverage, threshold: number): Uint8Array {
  const mask = new Uint8Array(coverage.values.length);
  coverage.values.forEach((value, i) => {
    if (value > threshold) mask[i] = 255;
  });
  return mask;
}
