import type { RgbImage } from '../preprocess/image';

/** Raise it with any change of the images below: references and certificates of other versions do not count then. */
export const PARITY_PROBE_VERSION = 1;

/** Widths and heights: square, landscape, portrait, smaller and larger than what networks take. */
const sizes = [
  [128, 128],
  [320, 200],
  [150, 260],
  [40, 56],
  [257, 257],
  [96, 96],
] as const;

type Pattern = (x: number, y: number, channel: number, noise: () => number) => number;

/** A round wave of period 1 between -1 and 1, of parabolas: engines may differ in the last bit of a sine. */
function wave(t: number): number {
  const u = 4 * (t - Math.floor(t));
  return u < 2 ? u * (2 - u) : (u - 2) * (u - 4);
}

/** What networks react to: edges, gradients, fine texture, spots, near flatness, saturated colour. */
const patterns: readonly Pattern[] = [
  (x, y, c, noise) => 70 + ((x * (c + 1) + y * 2) % 64 < 32 ? 90 : 0) + noise() * 20,
  (x, y, c, noise) => 128 + 100 * wave(x / (60 + 25 * c)) * wave(y / 80) + noise() * 8,
  (x, y, c) => (((x >> 1) + (y >> 1)) % 2 === 0 ? 200 - 40 * c : 40 + 30 * c),
  (_x, _y, _c, noise) => noise() * 255,
  (x, y, c, noise) => 96 + noise() * 3 + ((x - 170) ** 2 + (y - 90) ** 2 < 200 ? 80 - 60 * c : 0),
  (x, y, c) => ((x + y) % 96 < 48 ? (c === 0 ? 255 : 0) : c === 2 ? 255 : (x * 255) / 96),
];

/**
 * The fixed images on which two runtimes are compared. Made by the four rules of arithmetic and
 * a seeded generator and cut to bytes, so that every engine of JavaScript makes the same ones.
 */
export function parityImages(): RgbImage[] {
  return sizes.map(([width, height], index) => {
    const pattern = patterns[index % patterns.length]!;
    let state = (index + 1) * 2_654_435_761;
    const noise = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const rgb = new Uint8Array(width * height * 3);
    for (let i = 0; i < rgb.length; i++) {
      const pixel = Math.floor(i / 3);
      const value = pattern(pixel % width, Math.floor(pixel / width), i % 3, noise);
      rgb[i] = Math.max(0, Math.min(255, Math.floor(value)));
    }
    return { rgb, width, height };
  });
}
