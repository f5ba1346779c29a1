import { expect, test } from 'vitest';
import type { PreprocessSpec } from './preprocess';
import { createPreprocessor } from './preprocess';

const imagenet: PreprocessSpec = {
  width: 2,
  height: 2,
  resize: { mode: 'shortest', edge: 2 },
  interpolation: 'bilinear',
  layout: 'nchw',
  channels: 'rgb',
  pixelRange: 'unit',
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};

/** 4 x 2 pixels; pixel i is (i, 10 + i, 20 + i). */
const image = { width: 4, height: 2, rgb: Uint8Array.from({ length: 24 }, (_, i) => Math.floor(i / 3) + 10 * (i % 3)) };
const byteRange = { pixelRange: 'byte', mean: [0, 0, 0], std: [1, 1, 1] } as const;

function run(spec: PreprocessSpec): number[] {
  const preprocessor = createPreprocessor(spec);
  const target = new Float32Array(preprocessor.length + 2).fill(-1);
  preprocessor.run(image, target, 1);
  expect([target[0], target.at(-1)]).toEqual([-1, -1]);
  return [...target.subarray(1, -1)];
}

test('cuts the centre and lays the channels out as planes', () => {
  expect(run({ ...imagenet, ...byteRange })).toEqual([1, 2, 5, 6, 11, 12, 15, 16, 21, 22, 25, 26]);
});

test('NHWC interleaves, BGR turns the order round', () => {
  const spec = { ...imagenet, ...byteRange, layout: 'nhwc', channels: 'bgr' } as const;
  expect(run(spec)).toEqual([21, 11, 1, 22, 12, 2, 25, 15, 5, 26, 16, 6]);
  expect(createPreprocessor(spec).shape).toEqual([2, 2, 3]);
});

test('normalises with mean and std in units of the stated range', () => {
  const [first] = run(imagenet);
  expect(first).toBe(Math.fround((1 / 255 - 0.485) / 0.229));
});

test('grey is ITU-R 601 luma, one channel', () => {
  const spec = { ...imagenet, channels: 'grey', pixelRange: 'byte', mean: [0], std: [1] } as const;
  expect(run(spec)).toEqual([1, 2, 5, 6].map((i) => Math.round(0.299 * i + 0.587 * (10 + i) + 0.114 * (20 + i))));
  expect(createPreprocessor(spec).shape).toEqual([1, 2, 2]);
});

test('stretching ignores proportions', () => {
  const spec = { ...imagenet, ...byteRange, resize: { mode: 'stretch' }, interpolation: 'nearest' } as const;
  expect(run(spec).slice(0, 4)).toEqual([1, 3, 5, 7]);
});

test.each([
  [3, 0],
  [5, 2],
  [7, 2],
  [9, 4],
])('two columns out of the middle of %i start at column %i: halves go to the even side, as in Python', (columns, left) => {
  const row = { width: columns, height: 2, rgb: Uint8Array.from({ length: columns * 6 }, (_, i) => Math.floor(i / 3) % columns) };
  const preprocessor = createPreprocessor({ ...imagenet, ...byteRange });
  const target = new Float32Array(preprocessor.length);
  preprocessor.run(row, target);
  expect([...target.subarray(0, 2)]).toEqual([left, left + 1]);
});

test('a strip of one pixel by a hundred thousand is cut before it is enlarged', () => {
  const strip = { width: 1, height: 100_000, rgb: Uint8Array.from({ length: 300_000 }, (_, i) => (i < 149_900 || i > 150_100 ? 0 : 80)) };
  const preprocessor = createPreprocessor({ ...imagenet, ...byteRange, width: 8, height: 8, resize: { mode: 'shortest', edge: 256 } });
  const target = new Float32Array(preprocessor.length);
  preprocessor.run(strip, target);
  expect(new Set(target)).toEqual(new Set([80]));
});
