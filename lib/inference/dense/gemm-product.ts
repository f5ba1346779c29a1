import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Matrix, MatrixProduct } from '@/lib/anomaly/linalg/matrix';
import { rowRange } from '@/lib/anomaly/linalg/matrix';
import { writeOnnxModel } from '../onnx/write-model';

/** Entries of the product computed by one call of the runtime: 2^22 doubles are 32 MiB. */
const CALL_ENTRIES = 2 ** 22;

/** A·Bᵀ in float64 as a graph of one Gemm. */
function productGraph(): Uint8Array {
  return writeOnnxModel({
    name: 'product',
    opset: 17,
    inputs: [
      { name: 'a', type: 'float64', shape: ['P', 'D'] },
      { name: 'b', type: 'float64', shape: ['Q', 'D'] },
    ],
    outputs: [{ name: 'y', type: 'float64', shape: ['P', 'Q'] }],
    nodes: [{ op: 'Gemm', inputs: ['a', 'b'], outputs: ['y'], attributes: { transB: { int: 1 } } }],
    initializers: [],
  });
}

export type GemmProduct = {
  /** A·Bᵀ of A (p x d) and B (q x d), row-major; computed in pieces of at most 32 MiB. */
  readonly product: MatrixProduct;
  /** Frees the session; the product must not be called afterwards. */
  dispose(): Promise<void>;
};

/**
 * The matrix product of the numerics on ONNX Runtime's CPU provider, in float64. One session serves all shapes.
 * @param options.threads threads of one product; default: the runtime's choice (all cores)
 */
export async function createGemmProduct(options: { threads?: number } = {}): Promise<GemmProduct> {
  const session = await InferenceSession.create(productGraph(), {
    executionProviders: ['cpu'],
    // The shapes change from call to call, so that remembered memory plans would only pile up.
    enableMemPattern: false,
    enableCpuMemArena: false,
    ...(options.threads === undefined ? {} : { intraOpNumThreads: options.threads }),
  });
  const product: MatrixProduct = async (a, b) => {
    const result = new Float64Array(a.rows * b.rows);
    if (result.length === 0 || a.cols === 0) return result;
    const right = toTensor(b);
    const step = Math.max(1, Math.floor(CALL_ENTRIES / b.rows));
    for (let start = 0; start < a.rows; start += step) {
      const piece = rowRange(a, start, Math.min(start + step, a.rows));
      const { y } = await session.run({ a: toTensor(piece), b: right });
      result.set(y!.data as Float64Array, start * b.rows);
    }
    return result;
  };
  return { product, dispose: () => session.release() };
}

function toTensor({ data, rows, cols }: Matrix): Tensor {
  return new Tensor('float64', data, [rows, cols]);
}

/** Runs `work` with a product that is freed afterwards, whether the work succeeds or fails. */
export async function withGemmProduct<T>(work: (product: MatrixProduct) => Promise<T>, options: { threads?: number } = {}): Promise<T> {
  const gemm = await createGemmProduct(options);
  try {
    return await work(gemm.product);
  } finally {
    await gemm.dispose();
  }
}
