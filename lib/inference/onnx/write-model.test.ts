import * as ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { OnnxModel } from './model';
import { writeOnnxModel } from './write-model';

const affine: OnnxModel = {
  name: 'affine',
  opset: 17,
  inputs: [{ name: 'x', type: 'float64', shape: ['N', 2] }],
  outputs: [{ name: 'y', type: 'float64', shape: ['N', 3] }],
  nodes: [
    { op: 'MatMul', inputs: ['x', 'w'], outputs: ['xw'] },
    { op: 'Add', inputs: ['xw', 'b'], outputs: ['y'] },
  ],
  initializers: [
    { name: 'w', shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) },
    { name: 'b', shape: [3], data: Float64Array.of(0.5, 0.25, -1) },
  ],
};

test('a float64 graph with a dynamic batch runs and gives exact results', async () => {
  const session = await ort.InferenceSession.create(writeOnnxModel(affine));
  for (const rows of [1, 2]) {
    const input = new ort.Tensor('float64', Float64Array.of(1, 0, 2, -1).slice(0, rows * 2), [rows, 2]);
    const { y } = await session.run({ x: input });
    expect(y?.dims).toEqual([rows, 3]);
    expect([...(y?.data as Float64Array)]).toEqual([1.5, 2.25, 2, -1.5, -0.75, -1].slice(0, rows * 3));
  }
});

test('int, float, ints and string attributes and int64 constants are understood by the runtime', async () => {
  const session = await ort.InferenceSession.create(
    writeOnnxModel({
      name: 'attributes',
      opset: 17,
      inputs: [{ name: 'x', type: 'float32', shape: ['N', 1, 4, 4] }],
      outputs: [{ name: 'y', type: 'float32', shape: ['N', 4] }],
      nodes: [
        { op: 'LeakyRelu', inputs: ['x'], outputs: ['leaky'], attributes: { alpha: { float: 0.5 } } },
        { op: 'Pad', inputs: ['leaky', 'pads'], outputs: ['padded'], attributes: { mode: { string: 'reflect' } } },
        { op: 'AveragePool', inputs: ['padded'], outputs: ['pooled'], attributes: { strides: { ints: [3, 3] }, kernel_shape: { ints: [3, 3] } } },
        { op: 'Flatten', inputs: ['pooled'], outputs: ['y'], attributes: { axis: { int: 1 } } },
      ],
      initializers: [{ name: 'pads', shape: [8], data: BigInt64Array.of(0n, 0n, 1n, 1n, 0n, 0n, 1n, 1n) }],
    }),
  );
  const image = Float32Array.from({ length: 16 }, (_, i) => i - 8);
  const { y } = await session.run({ x: new ort.Tensor('float32', image, [1, 1, 4, 4]) });
  const leaky = [...image].map((value) => (value < 0 ? value / 2 : value));
  const reflected = [1, 0, 1, 2, 3, 2];
  const expected = [0, 3].flatMap((top) =>
    [0, 3].map((left) => {
      let sum = 0;
      for (let dy = 0; dy < 3; dy++) {
        for (let dx = 0; dx < 3; dx++) sum += leaky[(reflected[top + dy] ?? 0) * 4 + (reflected[left + dx] ?? 0)] ?? 0;
      }
      return Math.fround(sum / 9);
    }),
  );
  [...(y?.data as Float32Array)].forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 5));
});

test('the bytes do not depend on the order in which attributes are listed', () => {
  const pool = (attributes: NonNullable<OnnxModel['nodes'][number]['attributes']>): Uint8Array =>
    writeOnnxModel({ ...affine, nodes: [{ op: 'MaxPool', inputs: ['x'], outputs: ['y'], attributes }] });
  const strides = { ints: [2] };
  const kernel = { ints: [3] };
  expect(pool({ strides, kernel_shape: kernel })).toEqual(pool({ kernel_shape: kernel, strides }));
});

test('a constant whose length disagrees with its shape is refused', () => {
  const broken: OnnxModel = { ...affine, initializers: [{ name: 'w', shape: [2, 2], data: new Float64Array(3) }] };
  expect(() => writeOnnxModel(broken)).toThrow('initializer w: shape [2, 2] wants 4 values, got 3');
});
