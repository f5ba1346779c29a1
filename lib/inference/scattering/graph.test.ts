import * as ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { writeOnnxModel } from '../onnx/write-model';
import type { ScatteringConfig } from './config';
import { embeddedScattering, scatteringDimension } from './config';
import { scatteringInput, scatteringModel, scatteringOutput } from './graph';
import { plainScattering } from './plain';

const small: ScatteringConfig = { ...embeddedScattering, size: 64, scales: 3 };

/** Smooth stripes with a coloured spot, plus pseudo-random noise. */
function testImage(config: ScatteringConfig, seed: number): Float32Array {
  const area = config.size ** 2;
  let state = seed;
  return Float32Array.from({ length: 3 * area }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const x = i % config.size;
    const y = Math.floor((i % area) / config.size);
    const spot = Math.hypot(x - 9 - seed, y - 20) < 4 && i < area ? 0.3 : 0;
    return 0.4 + 0.2 * Math.sin(0.7 * x + 0.2 * seed * y) + spot + (0.05 * state) / 2 ** 32;
  });
}

async function run(config: ScatteringConfig, images: readonly Float32Array[]): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(writeOnnxModel(scatteringModel(config)));
  const pixels = new Float32Array(images.flatMap((image) => [...image]));
  const input = new ort.Tensor('float32', pixels, [images.length, 3, config.size, config.size]);
  const features = (await session.run({ [scatteringInput]: input }))[scatteringOutput]!;
  expect(features.dims).toEqual([images.length, scatteringDimension(small)]);
  return features.data as Float32Array;
}

test('the ONNX graph equals plain loops, image by image within a batch', async () => {
  const images = [testImage(small, 1), testImage(small, 2)];
  const features = await run(small, images);
  const dimension = scatteringDimension(small);
  images.forEach((image, n) => {
    const expected = plainScattering(image, small);
    expect(expected.length).toBe(dimension);
    let largestError = 0;
    for (let i = 0; i < dimension; i++) largestError = Math.max(largestError, Math.abs(features[n * dimension + i]! - expected[i]!));
    expect(largestError).toBeLessThan(2e-5);
  });
});

test('the plain features of the two images differ, so that agreement means something', () => {
  const [a, b] = [plainScattering(testImage(small, 1), small), plainScattering(testImage(small, 2), small)];
  expect(Math.hypot(...a.map((value, i) => value - b[i]!))).toBeGreaterThan(0.05);
});

test('a flat grey image gives finite features', async () => {
  const features = await run(small, [new Float32Array(3 * small.size ** 2).fill(0.5)]);
  expect(features.every(Number.isFinite)).toBe(true);
});

test('colour counts: swapping red and blue changes the features', async () => {
  const image = testImage(small, 1);
  const area = small.size ** 2;
  const swapped = new Float32Array([...image.subarray(2 * area), ...image.subarray(area, 2 * area), ...image.subarray(0, area)]);
  const features = await run(small, [image, swapped]);
  const dimension = scatteringDimension(small);
  const difference = features.subarray(0, dimension).map((value, i) => value - features[dimension + i]!);
  expect(Math.hypot(...difference)).toBeGreaterThan(0.01);
});
