import { nameNeighbour } from './explain-score';
import type { FlipTarget } from './flip-target';
import { formatNumber } from './format';

/** A picture of how two images differ: RGBA in grey levels, row by row. */
export type DifferencePicture = { readonly rgba: Uint8ClampedArray<ArrayBuffer>; /** Largest difference, in grey levels of 255: what is drawn white. */ readonly largest: number };

/** Differences below this are not stretched to white: they are the noise of a camera or of a lossy format. */
const leastWhite = 16;

/**
 * The absolute difference of the grey levels of two pictures of one size (RGBA, 0..255), stretched so that the largest difference is
 * white. Grey by Rec. 601: 0.299 red + 0.587 green + 0.114 blue.
 */
export function differencePicture(a: Uint8ClampedArray, b: Uint8ClampedArray): DifferencePicture {
  if (a.length !== b.length) throw new RangeError('The two pictures have different sizes.');
  const differences = new Float32Array(a.length / 4);
  let largest = 0;
  for (let i = 0; i < differences.length; i++) {
    const difference = Math.abs(grey(a, 4 * i) - grey(b, 4 * i));
    differences[i] = difference;
    if (difference > largest) largest = difference;
  }
  const gain = 255 / Math.max(leastWhite, largest);
  const rgba = new Uint8ClampedArray(a.length).fill(255);
  for (let i = 0; i < differences.length; i++) rgba[4 * i] = rgba[4 * i + 1] = rgba[4 * i + 2] = differences[i]! * gain;
  return { rgba, largest };
}

function grey(rgba: Uint8ClampedArray, at: number): number {
  return 0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!;
}

/** The longest side that a difference is computed at: a screen shows hardly more. */
const longestSide = 1024;

/** Size that both pictures are drawn at. */
export function differenceSize({ width, height }: { width: number; height: number }): { width: number; height: number } {
  const scale = Math.min(1, longestSide / Math.max(width, height, 1));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** "Difference to normal 118.png (nearest in the features of wavelet-scattering); white: 87 of 255 grey levels". */
export function differenceSentence({ neighbour, nearest }: FlipTarget, modelName: string | null, largest: number | null): string {
  const distance = `distance ${formatNumber(neighbour.distance)}`;
  const place = modelName === null ? (nearest ? 'the nearest' : distance) : `${nearest ? 'nearest' : distance} in the features of ${modelName}`;
  const white = largest === null ? '' : `; white: ${Math.round(Math.max(leastWhite, largest))} of 255 grey levels`;
  return `Difference to ${nameNeighbour(neighbour)} (${place})${white}`;
}
