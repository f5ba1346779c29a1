import type { RgbImage } from './image';
import type { Interpolation } from './resize';
import { resizeRgb } from './resize';

/**
 * Part of every feature fingerprint. Raise it with any change that alters a single output value, so that old
 * and new vectors never mix.
 */
export const PREPROCESSING_VERSION = 1;

/** How an image becomes a network's input. */
export type PreprocessSpec = {
  /** Size of the network's input in pixels. */
  width: number;
  height: number;
  /**
   * `stretch` scales both sides to the input size. `shortest` scales the shorter side to `edge`, keeps the
   * proportions and then cuts the centre out, as torchvision's Resize and CenterCrop do.
   */
  resize: { mode: 'stretch' } | { mode: 'shortest'; edge: number };
  interpolation: Interpolation;
  layout: 'nchw' | 'nhwc';
  /** `grey` is one channel of ITU-R 601 luma. */
  channels: 'rgb' | 'bgr' | 'grey';
  /** Values that mean and std refer to: `unit` 0..1, `byte` 0..255. */
  pixelRange: 'unit' | 'byte';
  /** Per channel of the input, in its order. The input is (pixel - mean) / std. */
  mean: readonly number[];
  std: readonly number[];
};

export type Preprocessor = {
  /** Shape of one image's input, without the batch. */
  readonly shape: readonly [number, number, number];
  /** Number of values per image. */
  readonly length: number;
  /** Writes one image's input into `target` from `offset` on. */
  run(image: RgbImage, target: Float32Array, offset?: number): void;
};

/** Rounds halves to the even neighbour, as Python's round does. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Longest proportion that is resized whole; beyond it the outer parts, which the crop drops anyway, go first. */
export const longestProportion = 8;

/** The middle of a very long image, so that a strip of 1 x 10,000 pixels does not become an enormous one. */
function withoutFarEnds(image: RgbImage): RgbImage {
  const limit = longestProportion * Math.min(image.width, image.height);
  if (Math.max(image.width, image.height) <= limit) return image;
  const width = Math.min(image.width, limit);
  const height = Math.min(image.height, limit);
  const left = (image.width - width) >> 1;
  const top = (image.height - height) >> 1;
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * image.width + left) * 3;
    rgb.set(image.rgb.subarray(start, start + width * 3), y * width * 3);
  }
  return { rgb, width, height };
}

function resized(original: RgbImage, spec: PreprocessSpec): RgbImage {
  if (spec.resize.mode === 'stretch') return resizeRgb(original, spec.width, spec.height, spec.interpolation);
  const { edge } = spec.resize;
  const image = withoutFarEnds(original);
  const portrait = image.width <= image.height;
  const width = portrait ? edge : Math.floor((edge * image.width) / image.height);
  const height = portrait ? Math.floor((edge * image.height) / image.width) : edge;
  return resizeRgb(image, width, height, spec.interpolation);
}

/** One table of 256 results per channel: (value - mean) / std in float32. */
function valueTables(spec: PreprocessSpec): Float32Array[] {
  const unit = spec.pixelRange === 'unit' ? 255 : 1;
  return spec.mean.map((mean, c) => Float32Array.from({ length: 256 }, (_, value) => (value / unit - mean) / spec.std[c]!));
}

/** Pillow's conversion to 8-bit luma. */
function luma(rgb: RgbImage['rgb'], at: number): number {
  return (rgb[at]! * 19595 + rgb[at + 1]! * 38470 + rgb[at + 2]! * 7471 + 0x8000) >> 16;
}

/** Visits the pixels of the centred window row by row with the offset of their red byte. */
function forEachCentred(image: RgbImage, width: number, height: number, visit: (source: number, pixel: number) => void): void {
  const left = roundHalfEven((image.width - width) / 2);
  const top = roundHalfEven((image.height - height) / 2);
  for (let y = 0; y < height; y++) {
    let source = ((top + y) * image.width + left) * 3;
    for (let x = 0; x < width; x++) {
      visit(source, y * width + x);
      source += 3;
    }
  }
}

/**
 * Prepares the conversion of images to a network's input: resize, centre crop, channel order, normalisation,
 * layout. The same code runs in browser and worker and gives the same bits.
 * @param spec with `edge` of at least the input's sides, and one mean and std per channel (the manifest checks)
 */
export function createPreprocessor(spec: PreprocessSpec): Preprocessor {
  const depth = spec.channels === 'grey' ? 1 : 3;
  const area = spec.width * spec.height;
  const planar = spec.layout === 'nchw';
  const [channelStep, pixelStep] = planar ? [area, 1] : [1, depth];
  const tables = valueTables(spec);
  const [first, second, third] = [tables[0]!, tables[1]!, tables[2]!];
  const [firstByte, thirdByte] = spec.channels === 'bgr' ? [2, 0] : [0, 2];

  return {
    shape: planar ? [depth, spec.height, spec.width] : [spec.height, spec.width, depth],
    length: depth * area,
    run(image, target, offset = 0) {
      const source = resized(image, spec);
      const { rgb } = source;
      forEachCentred(source, spec.width, spec.height, (at, pixel) => {
        const to = offset + pixel * pixelStep;
        if (depth === 1) {
          target[to] = first[luma(rgb, at)]!;
          return;
        }
        target[to] = first[rgb[at + firstByte]!]!;
        target[to + channelStep] = second[rgb[at + 1]!]!;
        target[to + 2 * channelStep] = third[rgb[at + thirdByte]!]!;
      });
    },
  };
}
