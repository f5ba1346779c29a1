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
  const { values } = coverage;
  for (let i = 0; i < values.length; i++) {
    const weight = (values[i] as number) * strength;
    if (weight <= 0) continue;
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = (rgb[3 * i + c] as number) * (1 - weight + weight * (colour[c] as number));
  }
}

/** Replaces each pixel by `colour` in proportion to the coverage. */
export function paintOver(canvas: Canvas, coverage: Coverage, colour: Colour, strength: number): void {
  const { rgb } = canvas;
  const { values } = coverage;
  for (let i = 0; i < values.length; i++) {
    const weight = (values[i] as number) * strength;
    if (weight <= 0) continue;
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = (rgb[3 * i + c] as number) * (1 - weight) + (colour[c] as number) * weight;
  }
}

/** Coverage of the rim, where the coverage is half way: 1 at 0.5, 0 at 0 and 1. */
export function rimOf(coverage: Coverage): Coverage {
  const rim = createCoverage();
  const { values } = coverage;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value > 0) rim.values[i] = 4 * value * (1 - value);
  }
  return rim;
}

/** Binary mask (0 or 255) of the pixels covered by more than `threshold`. */
export function maskOf(coverage: Coverage, threshold: number): Uint8Array {
  const { values } = coverage;
  const mask = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > threshold) mask[i] = 255;
  return mask;
}
