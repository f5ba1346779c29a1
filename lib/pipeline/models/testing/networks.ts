import protobuf from 'protobufjs/minimal.js';
import type { GraphNode, OnnxModel } from '@/lib/inference/onnx/model';
import { writeOnnxModel } from '@/lib/inference/onnx/write-model';

const weights = Float32Array.from({ length: 30 }, (_, i) => Math.sin(i));

const head: GraphNode[] = [
  { op: 'Abs', inputs: ['x'], outputs: ['map'] },
  { op: 'GlobalAveragePool', inputs: ['map'], outputs: ['pooled'] },
  { op: 'Flatten', inputs: ['pooled'], outputs: ['flat'] },
];

const model: OnnxModel = {
  name: 'classifier',
  opset: 17,
  inputs: [{ name: 'x', type: 'float32', shape: ['N', 3, 16, 16] }],
  outputs: [{ name: 'logits', type: 'float32', shape: ['N', 10] }],
  nodes: [...head, { op: 'Gemm', inputs: ['flat', 'w', 'b'], outputs: ['logits'] }],
  initializers: [
    { name: 'w', shape: [3, 10], data: weights },
    { name: 'b', shape: [10], data: new Float32Array(10) },
  ],
};

/** Average over the plane of 16 x 16 pixels, then ten class scores. */
export function classifier(): Uint8Array {
  return writeOnnxModel(model);
}

/** The same with the matrix in a file beside it. */
export function classifierWithWeightsBeside(file: string): { onnx: Uint8Array; weights: Uint8Array } {
  const bare = writeOnnxModel({ ...model, initializers: model.initializers.slice(1) });
  const graph = protobuf.Writer.create().uint32((7 << 3) | 2).fork();
  const tensor = graph.uint32((5 << 3) | 2).fork();
  tensor.uint32(8).int64(3).uint32(8).int64(10).uint32(16).int32(1).uint32((8 << 3) | 2).string('w');
  tensor.uint32((13 << 3) | 2).fork().uint32(10).string('location').uint32(18).string(file).ldelim();
  tensor.uint32(14 << 3).int32(1).ldelim();
  return { onnx: Buffer.concat([bare, graph.ldelim().finish()]), weights: new Uint8Array(weights.buffer.slice(0)) };
}

/**
 * A network whose features pass a quantisation with the scale of the whole batch, as dynamically quantised exports do,
 * with its weights as int8.
 */
export function quantisedClassifier(): Uint8Array {
  const graph = protobuf.Writer.create().uint32((7 << 3) | 2).fork();
  const tensor = graph.uint32((5 << 3) | 2).fork();
  tensor.uint32(8).int64(3).uint32(8).int64(10).uint32(16).int32(3).uint32((8 << 3) | 2).string('wq');
  tensor.uint32((9 << 3) | 2).bytes(Uint8Array.from(Int8Array.from(weights, (value) => Math.round(value * 127)))).ldelim();
  const nodes: GraphNode[] = [
    ...head,
    { op: 'DynamicQuantizeLinear', inputs: ['flat'], outputs: ['q', 'scale', 'zero'] },
    { op: 'DequantizeLinear', inputs: ['q', 'scale', 'zero'], outputs: ['features'] },
    { op: 'MatMulInteger', inputs: ['q', 'wq', 'zero'], outputs: ['sum'] },
    { op: 'Cast', inputs: ['sum'], outputs: ['product'], attributes: { to: { int: 1 } } },
    { op: 'Mul', inputs: ['product', 'scale'], outputs: ['logits'] },
  ];
  const bare = writeOnnxModel({ ...model, nodes, initializers: [], outputs: [...model.outputs, { name: 'features', type: 'float32', shape: ['N', 3] }] });
  return Buffer.concat([bare, graph.ldelim().finish()]);
}
