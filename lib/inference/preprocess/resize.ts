import type { RgbImage } from './image';

export const interpolations = ['nearest', 'bilinear', 'bicubic'] as const;
export type Interpolation = (typeof interpolations)[number];

type Kernel = { support: number; weight: (x: number) => number };

const bilinear: Kernel = { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) };

/** Keys cubic with a = -0.5, the one that Pillow uses. */
const bicubic: Kernel = {
  support: 2,
  weight: (x) => {
    const t = Math.abs(x);
    if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
    return t < 2 ? ((-0.5 * t + 2.5) * t - 4) * t + 2 : 0;
  },
};

/** Weights of one axis: output i is the sum of `taps[i]` inputs from `starts[i]` on, in fixed point. */
type AxisWeights = { starts: Int32Array; taps: Int32Array; weights: Int32Array; stride: number };

/** Pillow's fixed point for 8-bit images: 22 fractional bits, so that a sum fits into 32 bits. */
const fractionBits = 22;
const half = 1 << (fractionBits - 1);

function axisWeights(inputSize: number, outputSize: number, kernel: Kernel): AxisWeights {
  const scale = inputSize / outputSize;
  const filterScale = Math.max(scale, 1);
  const support = kernel.support * filterScale;
  const stride = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(outputSize);
  const taps = new Int32Array(outputSize);
  const weights = new Int32Array(outputSize * stride);
  const row = new Float64Array(stride);
  for (let i = 0; i < outputSize; i++) {
    const centre = (i + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const count = Math.min(inputSize, Math.trunc(centre + support + 0.5)) - start;
    let sum = 0;
    for (let t = 0; t < count; t++) {
      const weight = kernel.weight((t + start - centre + 0.5) / filterScale);
      row[t] = weight;
      sum += weight;
    }
    for (let t = 0; t < count; t++) {
      const fixed = (row[t]! / sum) * (1 << fractionBits);
      weights[i * stride + t] = fixed < 0 ? Math.trunc(fixed - 0.5) : Math.trunc(fixed + 0.5);
    }
    starts[i] = start;
    taps[i] = count;
  }
  return { starts, taps, weights, stride };
}

function resizeRows(source: RgbImage['rgb'], width: number, height: number, outputWidth: number, axis: AxisWeights): Uint8ClampedArray {
  const output = new Uint8ClampedArray(outputWidth * height * 3);
  let target = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < outputWidth; x++) {
      let offset = (y * width + axis.starts[x]!) * 3;
      const firstWeight = x * axis.stride;
      const lastWeight = firstWeight + axis.taps[x]!;
      let r = half;
      let g = half;
      let b = half;
      for (let w = firstWeight; w < lastWeight; w++) {
        const weight = axis.weights[w]!;
        r += source[offset]! * weight;
        g += source[offset + 1]! * weight;
        b += source[offset + 2]! * weight;
        offset += 3;
      }
      output[target] = r >> fractionBits;
      output[target + 1] = g >> fractionBits;
      output[target + 2] = b >> fractionBits;
      target += 3;
    }
  }
  return output;
}

function resizeColumns(source: RgbImage['rgb'], width: number, outputHeight: number, axis: AxisWeights): Uint8ClampedArray {
  const rowLength = width * 3;
  const output = new Uint8ClampedArray(rowLength * outputHeight);
  const sums = new Int32Array(rowLength);
  for (let y = 0; y < outputHeight; y++) {
    sums.fill(half);
    for (let t = 0; t < axis.taps[y]!; t++) {
      const weight = axis.weights[y * axis.stride + t]!;
      const row = (axis.starts[y]! + t) * rowLength;
      for (let x = 0; x < rowLength; x++) sums[x] = sums[x]! + source[row + x]! * weight;
    }
    const target = y * rowLength;
    for (let x = 0; x < rowLength; x++) output[target + x] = sums[x]! >> fractionBits;
  }
  return output;
}

/** Source index of every output index. Steps are added up, not multiplied, because Pillow rounds that way. */
function nearestIndices(inputSize: number, outputSize: number): Int32Array {
  const step = inputSize / outputSize;
  const indices = new Int32Array(outputSize);
  let position = step * 0.5;
  for (let i = 0; i < outputSize; i++) {
    indices[i] = Math.min(inputSize - 1, Math.floor(position));
    position += step;
  }
  return indices;
}

function resizeNearest(image: RgbImage, width: number, height: number): Uint8ClampedArray {
  const output = new Uint8ClampedArray(width * height * 3);
  const columns = nearestIndices(image.width, width);
  let target = 0;
  for (const row of nearestIndices(image.height, height)) {
    for (const column of columns) {
      const source = (row * image.width + column) * 3;
      for (let c = 0; c < 3; c++) output[target++] = image.rgb[source + c]!;
    }
  }
  return output;
}

/**
 * Resizes as Pillow's `Image.resize` does: the kernel widens with the reduction (so that nothing aliases), rows
 * before columns, 8 bit in between, 22-bit fixed point. Networks trained behind Pillow or torchvision see the
 * bytes that they were trained on.
 * @param image any size of at least 1 x 1 pixel
 * @returns a new image of `width` x `height` pixels; the same bytes when the size does not change
 */
export function resizeRgb(image: RgbImage, width: number, height: number, interpolation: Interpolation): RgbImage {
  if (interpolation === 'nearest') return { rgb: resizeNearest(image, width, height), width, height };
  const kernel = interpolation === 'bilinear' ? bilinear : bicubic;
  let rgb = image.rgb;
  if (width !== image.width) {
    rgb = resizeRows(rgb, image.width, image.height, width, axisWeights(image.width, width, kernel));
  }
  if (height !== image.height) rgb = resizeColumns(rgb, width, height, axisWeights(image.height, height, kernel));
  return { rgb, width, height };
}
