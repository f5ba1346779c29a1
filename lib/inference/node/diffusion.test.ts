import { beforeAll, afterAll, describe, expect, it, vi } from 'vitest';
import { createRandom } from '@/lib/anomaly/random/generator';
import type { RgbImage } from '@/lib/inference/preprocess/image';
import { DiffStyle } from '@/lib/synthesis/diffstyle/diffstyle';
import { Diffusion } from '@/lib/synthesis/diffstyle/diffusion';
import { imageOfTensor, tensorOf } from '@/lib/synthesis/diffstyle/image-tensor';
import { pairOf } from '@/lib/synthesis/diffstyle/pairs';
import { keptShares } from '@/lib/synthesis/diffstyle/schedule';
import type { LinearModel } from '../diffusion/linear-denoiser';
import { SMALL_DIFFUSION as SMALL, smallDiffusion, smallPictures } from '@/lib/pipeline/models/small-diffusion';
import type { OnnxModel } from '../onnx/model';
import { writeOnnxModel } from '../onnx/write-model';
import { openDiffusion, type DiffusionSession } from './diffusion';

// Thousands of images or network calls: seconds here, more on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let onnx: Uint8Array;
let model: LinearModel;
let network: DiffusionSession;
let parts: RgbImage[];
beforeAll(async () => {
  ({ model, onnx } = smallDiffusion());
  network = await openDiffusion(onnx, { threads: 1 });
  parts = [...smallPictures(0, 2, 7), ...smallPictures(2, 2, 7)];
}, 120_000);
afterAll(() => network.close());

const size = 3 * SMALL.width * SMALL.height;
const largest = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

/** The network's formula in float64. */
function expectedNoise(x: Float32Array, t: number, h?: Float32Array): { epsilon: Float64Array; h: Float64Array } {
  const kept = keptShares()[t]!;
  const centred = Float64Array.from(x, (value, i) => value - Math.sqrt(kept) * model.mean[i]!);
  const direction = (k: number) => model.directions.subarray(k * size, (k + 1) * size);
  const own = Float64Array.from({ length: SMALL.rank }, (_, k) => direction(k).reduce((sum, value, i) => sum + value * centred[i]!, 0));
  const gain = (variance: number) => Math.sqrt(1 - kept) / (kept * variance + 1 - kept);
  const epsilon = centred.map((value) => gain(model.restVariance) * value);
  for (let k = 0; k < SMALL.rank; k++) {
    const factor = (h ?? own)[k]! * (gain(model.variances[k]!) - gain(model.restVariance));
    direction(k).forEach((value, i) => (epsilon[i]! += factor * value));
  }
  return { epsilon, h: own };
}

describe('the small diffusion network', () => {
  it('is small, and predicts noise by its formula, with its own activation and with another', async () => {
    expect(onnx.length).toBeLessThan(200_000);
    expect([network.width, network.height]).toEqual([32, 32]);
    const random = createRandom(3);
    const x = Float32Array.from({ length: size }, () => random.normal());
    for (const t of [0, 250, 999]) {
      const other = Float32Array.from({ length: SMALL.rank }, () => 5 * random.normal());
      const [own, changed] = [await network.predict(x, t), await network.predict(x, t, other)];
      expect(largest(own.epsilon, expectedNoise(x, t).epsilon)).toBeLessThan(1e-3);
      expect(largest(own.h, expectedNoise(x, t).h)).toBeLessThan(1e-3);
      expect(largest(changed.epsilon, expectedNoise(x, t, other).epsilon)).toBeLessThan(1e-3);
      expect([...changed.h]).toEqual([...own.h]);
    }
  });

  it('denoises: it finds noise that was added to a part it has not seen', async () => {
    const image = tensorOf(parts[0]!, SMALL);
    const random = createRandom(4);
    const noise = Float32Array.from({ length: size }, () => random.normal());
    for (const t of [300, 600]) {
      const kept = keptShares()[t]!;
      const { epsilon } = await network.predict(image.map((value, i) => Math.sqrt(kept) * value + Math.sqrt(1 - kept) * noise[i]!), t);
      const error = epsilon.reduce((sum, value, i) => sum + (value - noise[i]!) ** 2, 0) / size;
      // Nothing predicted would be an error of 1.
      expect(error).toBeLessThan(t === 300 ? 0.12 : 0.05);
    }
  });

  it('turns a part into noise and back', async () => {
    const diffusion = new Diffusion(network.predict, 100);
    for (const part of parts) {
      const noise = await diffusion.invert(tensorOf(part, SMALL));
      const again = imageOfTensor(await diffusion.reverse(noise), SMALL);
      const difference = Array.from(again.rgb).reduce((sum, value, i) => sum + Math.abs(value - part.rgb[i]!), 0) / size;
      expect(difference).toBeLessThan(6);
    }
  });
});

describe('DiffStyle', () => {
  const make = (gamma: number, pictures = parts) => {
    const diffStyle = new DiffStyle(network, { gamma, steps: 30 }, async (position) => pictures[position]!);
    return Promise.all([0, 1, 2, 3].map((index) => diffStyle.make(pairOf(6, index, pictures.length))));
  };

  it('makes an image of every pair of four, the same ones again', async () => {
    const made = await make(0.7);
    expect(made.map(({ image }) => [image.width, image.height, image.rgb.length])).toEqual(Array.from({ length: 4 }, () => [32, 32, size]));
    expect(new Set(made.map(({ image }) => image.rgb.join())).size).toBe(4);
    expect(await make(0.7)).toEqual(made);
    for (const { mask, drawn } of made) {
      expect(mask.filter((value) => value === 255).length).toBeGreaterThan(0.5 * mask.length);
      expect(drawn).toMatchObject({ gamma: 0.7, steps: 30, networkWidth: 32 });
    }
  });

  it('lies between both: gamma leads from the style to the content', async () => {
    const [metal, tile] = [parts[0]!, parts[2]!];
    const diffStyle = (gamma: number) => new DiffStyle(network, { gamma, steps: 30 }, async (position) => [metal, tile][position]!).make({ style: 0, content: 1 });
    const distance = (a: RgbImage, b: RgbImage) => Math.sqrt(Array.from(a.rgb).reduce((sum, value, i) => sum + (value - b.rgb[i]!) ** 2, 0) / size);
    const toContent: number[] = [];
    for (const gamma of [0, 0.35, 0.7]) toContent.push(distance((await diffStyle(gamma)).image, tile));
    expect(toContent[1]!).toBeLessThan(toContent[0]!);
    expect(toContent[2]!).toBeLessThan(toContent[1]!);
    expect(distance((await diffStyle(0)).image, metal)).toBeLessThan(12);
  });

  it('keeps the shape of images that are not square', async () => {
    const wide = smallPictures(1, 2, 1).map((picture) => ({ ...picture, rgb: picture.rgb.slice(0, size / 2), height: 16 }));
    const diffStyle = new DiffStyle(network, { gamma: 0.7, steps: 5 }, async (position) => wide[position]!);
    const { image, mask } = await diffStyle.make({ style: 0, content: 1 });
    expect([image.width, image.height, mask.length]).toEqual([32, 16, 512]);
  });
});

describe('a file that is no diffusion network', () => {
  const image = ['N', 3, 4, 4];
  const good: OnnxModel = {
    name: 'identity',
    opset: 17,
    inputs: [{ name: 'x', type: 'float32', shape: image }, { name: 't', type: 'int64', shape: ['N'] }, { name: 'h', type: 'float32', shape: ['N', 3, 4, 4] }, { name: 'use_h', type: 'bool', shape: ['N'] }],
    outputs: [{ name: 'epsilon', type: 'float32', shape: image }, { name: 'h_out', type: 'float32', shape: image }],
    nodes: [
      { op: 'Reshape', inputs: ['use_h', 'four'], outputs: ['flag'] },
      { op: 'Where', inputs: ['flag', 'h', 'x'], outputs: ['epsilon'] },
      { op: 'Identity', inputs: ['x'], outputs: ['h_out'] },
      { op: 'Cast', inputs: ['t'], outputs: ['step'], attributes: { to: { int: 1 } } },
    ],
    initializers: [{ name: 'four', shape: [4], data: BigInt64Array.of(-1n, 1n, 1n, 1n) }],
  };
  const opened = (changes: Partial<OnnxModel>) => openDiffusion(writeOnnxModel({ ...good, ...changes }), { threads: 1 });

  it('is refused with what does not fit', async () => {
    await (await opened({})).close();
    const inputs = (i: number, change: object) => good.inputs.map((input, at) => (at === i ? { ...input, ...change } : input));
    await expect(opened({ inputs: inputs(0, { shape: ['N', 3, 'H', 'W'] }) })).rejects.toMatchObject({ code: 'model.shape', message: expect.stringContaining('fixed height and width') });
    await expect(opened({ inputs: inputs(1, { type: 'float32' }), nodes: good.nodes.slice(0, 3) })).rejects.toMatchObject({ code: 'model.shape', message: expect.stringContaining('"t" is float32, not int64') });
    await expect(opened({ outputs: good.outputs.slice(0, 1) })).rejects.toMatchObject({ code: 'model.shape', message: expect.stringContaining('no output "h_out"') });
    const doubled: OnnxModel['nodes'] = [...good.nodes.slice(0, 2), { op: 'Add', inputs: ['x', 'x'], outputs: ['h_out'] }, good.nodes[3]!];
    await expect(opened({ nodes: doubled })).rejects.toMatchObject({ code: 'model.invalid', message: expect.stringContaining('given back as "h"') });
    await expect(openDiffusion(new Uint8Array(10))).rejects.toMatchObject({ code: 'model.invalid' });
  });
});
