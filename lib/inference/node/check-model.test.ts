import path from 'node:path';
import { expect, test } from 'vitest';
import { AssayError } from '@/lib/errors';
import type { ModelManifest } from '../manifest';
import type { GraphNode, Initializer, OnnxModel, ValueInfo } from '../onnx/model';
import { writeOnnxModel } from '../onnx/write-model';
import { checkModel } from './check-model';

const manifest: ModelManifest = {
  id: 'toy',
  name: 'Toy',
  input: { name: 'x', width: 8, height: 8, layout: 'nchw', channels: 'rgb', pixelRange: 'unit', mean: [0, 0, 0], std: [1, 1, 1] },
  resize: { mode: 'stretch' },
  interpolation: 'bilinear',
  output: { name: 'y', pooling: 'mean-spatial' },
  licence: 'Apache-2.0',
  source: 'made by the test',
};

const image: ValueInfo = { name: 'x', type: 'float32', shape: ['N', 3, 8, 8] };
const output: ValueInfo = { name: 'y', type: 'float32', shape: [] };
const double: GraphNode = { op: 'Add', inputs: ['x', 'x'], outputs: ['y'] };

function model(change: Partial<OnnxModel> = {}): Uint8Array {
  return writeOnnxModel({
    name: 'toy', opset: 17, inputs: [image], outputs: [{ ...output, shape: ['N', 3, 8, 8] }], nodes: [double], initializers: [], ...change,
  });
}

/** Only nodes and shape of the output; the input stays an image. */
function graph(nodes: GraphNode[], shape: ValueInfo['shape'], initializers: Initializer[] = []): Uint8Array {
  return model({ nodes, initializers, outputs: [{ ...output, shape }] });
}

async function refusal(bytes: Uint8Array | string, change: Partial<ModelManifest> = {}): Promise<AssayError> {
  const thrown: unknown = await checkModel(bytes, { ...manifest, ...change }, { threads: 1 }).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(AssayError);
  return thrown as AssayError;
}

test('a model that fits is described: length, batch, fingerprint', async () => {
  const report = await checkModel(model(), manifest, { threads: 1 });
  expect(report).toMatchObject({ dim: 3, fixedBatch: undefined });
  expect(report.fingerprint).toMatchObject({ extractor: 'toy', runtime: 'onnxruntime-node', provider: 'cpu', dtype: 'float32', dim: 3 });
  expect(report.fingerprint.runtimeVersion).toMatch(/^\d+\.\d+\.\d+/);
  expect(report.fingerprintHash).toMatch(/^[0-9a-f]{64}$/);
});

test('a model with a fixed batch fits too', async () => {
  const inputs = [{ ...image, shape: [3, 3, 8, 8] }];
  const report = await checkModel(model({ inputs, outputs: [{ ...output, shape: [3, 3, 8, 8] }] }), manifest, { threads: 1 });
  expect(report).toMatchObject({ dim: 3, fixedBatch: 3 });
});

test('bytes that are no model', async () => {
  const error = await refusal(new TextEncoder().encode('<!doctype html>'));
  expect(error.code).toBe('model.invalid');
  expect(error.message).toContain('cannot be loaded as an ONNX model');
});

test('a file that is not there', async () => {
  const missing = path.join(import.meta.dirname, 'no-such-model.onnx');
  const error = await refusal(missing);
  expect([error.code, error.message]).toEqual(['model.missing', expect.stringContaining(missing)]);
});

test('everything that does not fit is named at once', async () => {
  const error = await refusal(model(), {
    input: { ...manifest.input, width: 16, layout: 'nhwc' },
    output: { name: 'features', pooling: 'none' },
  });
  expect(error.code).toBe('model.shape');
  expect(error.details?.map(({ message }) => message)).toEqual([
    'height is 3 in the network, 8 in the manifest (layout nhwc)',
    'width is 8 in the network, 16 in the manifest (layout nhwc)',
    'channels is 8 in the network, 3 in the manifest (layout nhwc)',
    'there is no output "features"; the network has "y"',
  ]);
});

test.each([
  ['another input name', {}, { input: { ...manifest.input, name: 'pixel_values' } }, 'there is no input "pixel_values"; the network has "x"'],
  ['a wrong rank', { inputs: [{ ...image, shape: ['N', 192] }] }, {}, 'input "x" has rank 2 (N, 192), images need rank 4'],
  ['a second input', { inputs: [image, { ...image, name: 'mask' }], nodes: [{ ...double, inputs: ['x', 'mask'] }] }, {}, 'the network also wants "mask"'],
  ['a pooling of another rank', {}, { output: { name: 'y', pooling: 'cls' } as const }, 'Pooling "cls" needs an output of shape (N, tokens, d), but the network gives (2, 3, 8, 8)'],
])('%s', async (_, change, manifestChange, words) => {
  const error = await refusal(model(change), manifestChange);
  expect(error.code).toBe('model.shape');
  expect(error.message).toContain(words);
});

test('an input of another type', async () => {
  const types = { inputs: [{ ...image, type: 'float64' as const }], outputs: [{ ...output, type: 'float64' as const, shape: ['N', 3, 8, 8] }] };
  expect((await refusal(model(types))).message).toContain('wants float64, images are fed as float32 or float16');
});

test('a shape that only running reveals', async () => {
  const nodes: GraphNode[] = [{ op: 'MatMul', inputs: ['x', 'w'], outputs: ['y'] }];
  const bytes = model({
    inputs: [{ ...image, shape: ['N', 'C', 'H', 'W'] }], nodes, outputs: [{ ...output, shape: ['N', 'C', 'H', 2] }],
    initializers: [{ name: 'w', shape: [5, 2], data: new Float32Array(10) }],
  });
  const error = await refusal(bytes);
  expect([error.code, error.message]).toEqual(['model.shape', expect.stringContaining('refuses an input of shape (2, 3, 8, 8)')]);
});

const zero: Initializer = { name: 'zero', shape: [1], data: Float32Array.of(0) };

test.each([
  ['infinite values', graph([{ op: 'Div', inputs: ['x', 'zero'], outputs: ['y'] }], ['N', 3, 8, 8], [zero]), 'NaN or infinite values'],
  ['one vector for all images', graph([{ op: 'Mul', inputs: ['x', 'zero'], outputs: ['y'] }], ['N', 3, 8, 8], [zero]), 'the same vector for two different images'],
  [
    'randomness',
    graph([{ op: 'RandomNormalLike', inputs: ['x'], outputs: ['noise'] }, { op: 'Add', inputs: ['x', 'noise'], outputs: ['y'] }], ['N', 3, 8, 8]),
    'another vector when it sees the same image again',
  ],
  [
    'influence of the batch',
    graph(
      [
        { op: 'ReduceMean', inputs: ['x'], outputs: ['mean'], attributes: { axes: { ints: [0] } } },
        { op: 'Sub', inputs: ['x', 'mean'], outputs: ['y'] },
      ],
      ['N', 3, 8, 8],
    ),
    'depends on the other images in its batch',
  ],
])('%s', async (_, bytes, words) => {
  const error = await refusal(bytes);
  expect(error.code).toBe('model.invalid');
  expect(error.message).toContain(words);
});
