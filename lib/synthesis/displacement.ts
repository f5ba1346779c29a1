import type { RandomGenerator } from '@/lib/anomaly/random/generator';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { exponential } from './exact-math';
import { pixelUnit, type Canvas } from './image';

/** A field of shifts on a grid whose cells are pixels at 256: x and y of every grid point, in pixels at 256. */
export type Displacement = { readonly width: number; readonly height: number; readonly x: Float64Array; readonly y: Float64Array };

/**
 * Random smooth shifts: uniform noise in (-1, 1) per grid point, smoothed by a Gaussian of `sigma` pixels (cut off at 4 sigma,
 * mirrored at the borders), times `alpha` / 2. So does torchvision's ElasticTransform for an image of 256 pixels a side, which
 * multiplies by alpha / size in coordinates from -1 to 1.
 * The grid has the area of 256 x 256 whatever the image's size: a seed distorts an image and its thumbnail alike.
 */
export function randomDisplacement(image: Pick<RgbImage, 'width' | 'height'>, alpha: number, sigma: number, random: RandomGenerator): Displacement {
  const unit = pixelUnit(image);
  const width = Math.max(1, Math.round(image.width / unit));
  const height = Math.max(1, Math.round(image.height / unit));
  const kernel = gaussianKernel(sigma);
  const axis = () => smooth(Float64Array.from({ length: width * height }, () => (alpha / 2) * (2 * random.uniform() - 1)), width, height, kernel);
  return { width, height, x: axis(), y: axis() };
}

/** Weights of a Gaussian at -r..r, r = 4 sigma rounded up, with sum 1. */
export function gaussianKernel(sigma: number): Float64Array {
  const radius = Math.ceil(4 * sigma);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => exponential(-((i - radius) ** 2) / (2 * sigma * sigma)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function smooth(values: Float64Array, width: number, height: number, kernel: Float64Array): Float64Array {
  const rows = convolve(values, width, height, 1, width, kernel);
  return convolve(rows, height, width, width, 1, kernel);
}

/** Convolves `lines` lines of `length` values; `step` lies between neighbours on a line, `next` between lines. */
function convolve(values: Float64Array, length: number, lines: number, step: number, next: number, kernel: Float64Array): Float64Array {
  const radius = (kernel.length - 1) / 2;
  const result = new Float64Array(values.length);
  const places = Int32Array.from({ length: length + 2 * radius }, (_, i) => mirrored(i - radius, length) * step);
  for (let line = 0; line < lines; line += 1) {
    for (let i = 0; i < length; i += 1) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k += 1) sum += kernel[k]! * values[line * next + places[i + k]!]!;
      result[line * next + i * step] = sum;
    }
  }
  return result;
}

/** -1 becomes 1, -2 becomes 2, length becomes length - 2. */
function mirrored(index: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const wrapped = ((index % period) + period) % period;
  return wrapped < length ? wrapped : period - wrapped;
}

/** Bilinear value of a field of `width` x `height` at a place, which is pulled to the nearest edge when it lies outside. */
function bilinear(read: (index: number) => number, width: number, height: number, x: number, y: number): number {
  const cx = Math.max(0, Math.min(width - 1, x));
  const cy = Math.max(0, Math.min(height - 1, y));
  const [left, top] = [Math.floor(cx), Math.floor(cy)];
  const [u, v] = [cx - left, cy - top];
  const right = Math.min(width - 1, left + 1);
  const below = Math.min(height - 1, top + 1);
  const upper = read(top * width + left) * (1 - u) + read(top * width + right) * u;
  return v === 0 ? upper : upper * (1 - v) + (read(below * width + left) * (1 - u) + read(below * width + right) * u) * v;
}

/**
 * Each pixel takes the colour at the place that its shift points to, bilinear between pixels, the edge continued outside.
 * @returns the image, and the root mean square of the shifts in pixels of this image
 */
export function displaced(image: RgbImage, field: Displacement): { image: Canvas; meanShift: number } {
  const { width, height } = image;
  const unit = pixelUnit(image);
  const rgb = new Uint8ClampedArray(image.rgb.length);
  let squares = 0;
  for (let y = 0, at = 0; y < height; y += 1) {
    const gridY = ((y + 0.5) * field.height) / height - 0.5;
    for (let x = 0; x < width; x += 1, at += 3) {
      const gridX = ((x + 0.5) * field.width) / width - 0.5;
      const dx = unit * bilinear((i) => field.x[i]!, field.width, field.height, gridX, gridY);
      const dy = unit * bilinear((i) => field.y[i]!, field.width, field.height, gridX, gridY);
      squares += dx * dx + dy * dy;
      for (let c = 0; c < 3; c += 1) rgb[at + c] = bilinear((i) => image.rgb[3 * i + c]!, width, height, x + dx, y + dy);
    }
  }
  return { image: { rgb, width, height }, meanShift: Math.sqrt(squares / (width * height)) };
}
