import type { RgbImage } from '@/lib/inference/preprocess/image';
import { resizeRgb } from '@/lib/inference/preprocess/resize';

export type Side = { readonly width: number; readonly height: number };

/** An image as a diffusion network takes it: stretched to its size (bilinear), red, green and blue one after another, -1 to 1. */
export function tensorOf(image: RgbImage, { width, height }: Side): Float32Array {
  const { rgb } = image.width === width && image.height === height ? image : resizeRgb(image, width, height, 'bilinear');
  const plane = width * height;
  return Float32Array.from({ length: 3 * plane }, (_, i) => rgb[3 * (i % plane) + Math.floor(i / plane)]! / 127.5 - 1);
}

/** The image of a tensor; values beyond -1 and 1 are cut. */
export function imageOfTensor(values: Float32Array, { width, height }: Side): RgbImage {
  const plane = width * height;
  const rgb = new Uint8ClampedArray(3 * plane);
  for (let i = 0; i < values.length; i += 1) rgb[3 * (i % plane) + Math.floor(i / plane)] = (values[i]! + 1) * 127.5;
  return { rgb, width, height };
}

/** The largest size of an image's shape that fits into the network's, so that what comes out has the shape of what went in. */
export function shapeWithin(image: Side, network: Side): Side {
  const scale = Math.min(network.width / image.width, network.height / image.height);
  return { width: Math.max(1, Math.round(image.width * scale)), height: Math.max(1, Math.round(image.height * scale)) };
}
