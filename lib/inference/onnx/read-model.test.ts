import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as ort from 'onnxruntime-node';
import protobuf from 'protobufjs/minimal.js';
import { describe, expect, test } from 'vitest';
import { extraOutputs } from './extra-outputs';
import type { OnnxModel } from './model';
import { readOnnxModel } from './read-model';
import { writeOnnxModel } from './write-model';

const chain: OnnxModel = {
  name: 'chain',
  opset: 17,
  inputs: [{ name: 'x', type: 'float32', shape: ['N', 2] }],
  outputs: [{ name: 'logits', type: 'float32', shape: ['N', 3] }],
  nodes: [
    { op: 'Relu', inputs: ['x'], outputs: ['features'] },
    { op: 'MatMul', inputs: ['features', 'w'], outputs: ['product'] },
    { op: 'Add', inputs: ['product', 'b'], outputs: ['logits'] },
    { op: 'Unsqueeze', inputs: ['logits', 'axes'], outputs: ['wide'] },
  ],
  initializers: [
    { name: 'w', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    { name: 'b', shape: [3], data: Float32Array.of(1, 1, 1) },
    { name: 'axes', shape: [1], data: BigInt64Array.of(0n) },
  ],
};

test('inputs, outputs, nodes and weights of a written model', () => {
  const read = readOnnxModel(writeOnnxModel(chain));
  expect(read).toMatchObject({
    inputs: [{ name: 'x', type: 'float32', shape: ['N', 2] }],
    outputs: [{ name: 'logits', type: 'float32', shape: ['N', 3] }],
    externalFiles: [],
    parameters: 9,
    precision: 'fp32',
  });
  expect(read.nodes.map(({ op }) => op)).toEqual(['Relu', 'MatMul', 'Add', 'Unsqueeze']);
  expect([...read.constants]).toEqual(['w', 'b', 'axes']);
});

test('a tensor inside the graph becomes an output, and the others stay', async () => {
  const bytes = Buffer.concat([writeOnnxModel(chain), extraOutputs(['features', 'product'])]);
  expect(readOnnxModel(bytes).outputs.map(({ name }) => name)).toEqual(['logits', 'features', 'product']);
  const session = await ort.InferenceSession.create(bytes);
  expect(session.outputNames).toEqual(['logits', 'features', 'product']);
  const result = await session.run({ x: new ort.Tensor('float32', Float32Array.of(-1, 2), [1, 2]) });
  expect([...(result['features']?.data as Float32Array)]).toEqual([0, 2]);
  expect([...(result['logits']?.data as Float32Array)]).toEqual([9, 11, 13]);
  await session.release();
});

test('weights in another file are named, in constants and in Constant nodes', () => {
  const external = (writer: protobuf.Writer, location: string): protobuf.Writer => {
    writer.uint32(8).int64(4).uint32(16).int32(10).uint32(66).string('half');
    writer.uint32(106).fork().uint32(10).string('location').uint32(18).string(location).ldelim();
    return writer.uint32(112).int32(1);
  };
  const graph = protobuf.Writer.create().uint32(58).fork();
  external(graph.uint32(42).fork(), 'model.onnx_data').ldelim();
  const node = graph.uint32(10).fork().uint32(18).string('constant').uint32(34).string('Constant').uint32(42).fork().uint32(10).string('value');
  external(node.uint32(42).fork(), 'Constant_7').ldelim();
  node.ldelim().ldelim();
  const bytes = Buffer.concat([writeOnnxModel(chain), graph.ldelim().finish()]);
  const read = readOnnxModel(bytes);
  expect(read.externalFiles).toEqual(['model.onnx_data', 'Constant_7']);
  expect(read.parameters).toBe(9 + 4 + 4);
  expect(read.constants.has('constant')).toBe(true);
});

test.each([['text', '<!doctype html>'], ['nothing', ''], ['a cut file', Buffer.from(writeOnnxModel(chain)).subarray(0, 60).toString('latin1')]])('%s is no model', (_, text) => {
  expect(() => readOnnxModel(Buffer.from(text, 'latin1'))).toThrow('cannot be loaded as an ONNX model');
});

const models = path.resolve(import.meta.dirname, '../../../../shared/models');
const present = existsSync(models);
if (!present) process.stderr.write(`SKIPPED: reading real networks needs ${models}\n`);

describe.skipIf(!present)('real networks', () => {
  test.each([
    ['vit-tiny-clip-shaped/onnx/vision_model.onnx', ['image_embeds', 'features', 'logits', 'last_hidden_state'], 5.7e6],
    ['squeezenet1.1-imagenet/model.onnx', ['features', 'logits', 'fire9'], 1.235e6],
    ['cifar10-resnets/resnet20.onnx', ['features', 'logits', 'layer1', 'layer2', 'layer3'], 0.27e6],
  ])('%s', (file, outputs, parameters) => {
    const read = readOnnxModel(readFileSync(path.join(models, file)));
    expect(read.inputs).toHaveLength(1);
    expect(read.outputs.map(({ name }) => name)).toEqual(outputs);
    expect(read.parameters / parameters).toBeGreaterThan(0.9);
    expect(read.parameters / parameters).toBeLessThan(1.1);
    expect(read.precision).toBe('fp32');
  });
});
