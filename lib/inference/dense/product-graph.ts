import { writeOnnxModel } from '../onnx/write-model';

export type ProductPrecision = 'float32' | 'float64';

/** A·Bᵀ as a graph of one Gemm, for A (P x D) and B (Q x D): inputs a and b, output y. Server and browser run the same. */
export function productGraph(type: ProductPrecision): Uint8Array {
  return writeOnnxModel({
    name: 'product',
    opset: 17,
    inputs: [
      { name: 'a', type, shape: ['P', 'D'] },
      { name: 'b', type, shape: ['Q', 'D'] },
    ],
    outputs: [{ name: 'y', type, shape: ['P', 'Q'] }],
    nodes: [{ op: 'Gemm', inputs: ['a', 'b'], outputs: ['y'], attributes: { transB: { int: 1 } } }],
    initializers: [],
  });
}
