import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ModelManifest } from '../manifest';
import type { OnnxModel } from '../onnx/model';
import { readOnnxModel } from '../onnx/read-model';
import { writeOnnxModel } from '../onnx/write-model';
import { presetProcessing } from '../preprocessor-config';
import { probeImage } from './probe';
import { proposeOutputs, type OutputProposal } from './propose-outputs';

// A machine under load is slow, not wrong.
vi.setConfig({ testTimeout: 120_000 });

const images = [probeImage(1), probeImage(2), probeImage(3)];

function draft(name: string, edge: number): Omit<ModelManifest, 'output'> {
  const { width, height, pixelRange, mean, std, resize, interpolation } = presetProcessing('imagenet', edge);
  return { id: 'x', name: 'x', input: { name, width, height, layout: 'nchw', channels: 'rgb', pixelRange, mean, std }, resize, interpolation, licence: 'x', source: 'x' };
}

async function propose(file: string, input: string, edge: number, modelType: string | null = null): Promise<OutputProposal[]> {
  return proposeOutputs(file, readOnnxModel(readFileSync(file)), draft(input, edge), images, modelType, { threads: 1 });
}

const words = ({ output, inner, dim }: OutputProposal): string => `${inner ? '+' : ''}${output.name}:${output.pooling}:${dim}`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-outputs-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function written(model: OnnxModel): Promise<string> {
  const file = path.join(folder, `${model.name}.onnx`);
  await writeFile(file, writeOnnxModel(model));
  return file;
}

/** Average over the plane, then a linear classifier of 10 classes; only the scores are an output. */
const classifier: OnnxModel = {
  name: 'classifier',
  opset: 17,
  inputs: [{ name: 'x', type: 'float32', shape: ['N', 3, 8, 8] }],
  outputs: [{ name: 'y', type: 'float32', shape: ['N', 10] }],
  nodes: [
    { op: 'Abs', inputs: ['x'], outputs: ['map'] },
    { op: 'GlobalAveragePool', inputs: ['map'], outputs: ['pooled'] },
    { op: 'Flatten', inputs: ['pooled'], outputs: ['flat'] },
    { op: 'MatMul', inputs: ['flat', 'w'], outputs: ['product'] },
    { op: 'Add', inputs: ['product', 'b'], outputs: ['scores'] },
    { op: 'Softmax', inputs: ['scores'], outputs: ['y'] },
  ],
  initializers: [
    { name: 'w', shape: [3, 10], data: Float32Array.from({ length: 30 }, (_, i) => Math.sin(i)) },
    { name: 'b', shape: [10], data: new Float32Array(10) },
  ],
};

test('what the classifier reads comes before the map and the class scores', async () => {
  const proposals = await propose(await written(classifier), 'x', 8);
  expect(proposals.map(words)).toEqual(['+flat:none:3', '+map:mean-spatial:3', 'y:none:10']);
  expect(proposals.map(({ reason }) => reason)).toEqual(['what the last layer reads (penultimate)', 'the mean over the feature map', 'class scores']);
  expect(proposals.every(({ refusal, difference }) => refusal === null && difference > 0.001)).toBe(true);
  expect((await readdir(folder)).filter((name) => name.startsWith('.trial'))).toEqual([]);
});

test('what is constant or not finite comes last, with the reason', async () => {
  const broken: OnnxModel = {
    ...classifier,
    name: 'broken',
    outputs: ['zeros', 'infinite', 'features', 'ones'].map((name) => ({ name, type: 'float32', shape: ['N', 3] })),
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['pooled'] },
      { op: 'Flatten', inputs: ['pooled'], outputs: ['features'] },
      { op: 'Mul', inputs: ['features', 'zero'], outputs: ['zeros'] },
      { op: 'Add', inputs: ['zeros', 'ramp'], outputs: ['ones'] },
      { op: 'Div', inputs: ['features', 'zero'], outputs: ['infinite'] },
    ],
    initializers: [
      { name: 'zero', shape: [1], data: Float32Array.of(0) },
      { name: 'ramp', shape: [3], data: Float32Array.of(1, 2, 3) },
    ],
  };
  const proposals = await propose(await written(broken), 'x', 8);
  expect(proposals.map(({ output, refusal }) => [output.name, refusal])).toEqual([
    ['features', null],
    ['zeros', 'all values of a vector are the same'],
    ['infinite', 'NaN or infinite values'],
    ['ones', 'the same vector for different images'],
  ]);
});

test('half precision in and out', async () => {
  const half: OnnxModel = {
    ...classifier,
    name: 'half',
    inputs: [{ name: 'x', type: 'float16', shape: ['N', 3, 8, 8] }],
    outputs: [{ name: 'embeddings', type: 'float16', shape: ['N', 3] }],
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['pooled'] },
      { op: 'Flatten', inputs: ['pooled'], outputs: ['embeddings'] },
    ],
    initializers: [],
  };
  const [best] = await propose(await written(half), 'x', 8);
  expect(best).toMatchObject({ output: { name: 'embeddings', pooling: 'none' }, dim: 3, refusal: null });
});

test('dynamically quantised layers: the penultimate is found before the quantisation', async () => {
  const quantised: OnnxModel = {
    ...classifier,
    name: 'quantised',
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['x'], outputs: ['pooled'] },
      { op: 'Flatten', inputs: ['pooled'], outputs: ['flat'] },
      { op: 'DynamicQuantizeLinear', inputs: ['flat'], outputs: ['q', 'scale', 'zero'] },
      { op: 'DynamicQuantizeLinear', inputs: ['w'], outputs: ['wq', 'wscale', 'wzero'] },
      { op: 'MatMulInteger', inputs: ['q', 'wq', 'zero', 'wzero'], outputs: ['sum'] },
      { op: 'Cast', inputs: ['sum'], outputs: ['product'], attributes: { to: { int: 1 } } },
      { op: 'Mul', inputs: ['scale', 'wscale'], outputs: ['factor'] },
      { op: 'Mul', inputs: ['product', 'factor'], outputs: ['scaled'] },
      { op: 'Add', inputs: ['scaled', 'b'], outputs: ['y'] },
    ],
  };
  const proposals = await propose(await written(quantised), 'x', 8);
  expect(proposals.map(words)).toEqual(['+flat:none:3', 'y:none:10']);
});

const models = path.resolve(import.meta.dirname, '../../../../shared/models');
const present = existsSync(models);
if (!present) process.stderr.write(`SKIPPED: proposals for real networks need ${models}\n`);

describe.skipIf(!present)('real networks', () => {
  test.each([
    ['cifar10-resnets/resnet20.onnx', 'pixel_values', 32, 'resnet', 'features:none:64'],
    ['squeezenet1.1-imagenet/model.onnx', 'data', 224, null, 'features:none:512'],
    ['vit-tiny-clip-shaped/onnx/vision_model.onnx', 'pixel_values', 224, 'clip', 'image_embeds:none:194'],
  ])('%s', async (file, input, edge, modelType, best) => {
    const proposals = await propose(path.join(models, file), input, edge, modelType);
    expect(words(proposals[0]!)).toBe(best);
  });
});
