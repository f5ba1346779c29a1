/** An upright image in sRGB: 8 bit, three interleaved channels, rows from the top, no alpha. */
export type RgbImage = {
  readonly rgb: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
};
