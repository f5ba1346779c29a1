import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { NumericsContext } from '@/lib/anomaly/context';
import type { Matrix, MatrixProduct, SingleMatrix, SingleProduct } from '@/lib/anomaly/linalg/matrix';
import { rowRange } from '@/lib/anomaly/linalg/matrix';
import { writeOnnxModel } from '../onnx/write-model';

/** Entries of the product computed by one call of the runtime: 2^22 doubles are 32 MiB. */
const CALL_ENTRIES = 2 ** 22;

/** A·Bᵀ as a graph of one Gemm. */
function productGraph(type: 'float32' | 'float64'): Uint8Array {
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

export type GemmProduct = {
  /** A·Bᵀ of A (p x d) and B (q x d) in float64, row-major; computed in pieces of at most 32 MiB. */
  readonly product: MatrixProduct;
  /** The same in float32, in one piece, into an array of the caller's. */
  readonly singleProduct: SingleProduct;
  /** Frees the sessions; the products must not be called afterwards. */
  dispose(): Promise<void>;
};

type Options = {
  /** Threads of one product; default: the runtime's choice (all cores). */
  readonly threads?: number;
};

/** The matrix products of the numerics on ONNX Runtime's CPU provider. One session for each precision serves all shapes. */
export async function createGemmProduct(options: Options = {}): Promise<GemmProduct> {
  const session = await createSession('float64', options);
  let single: Promise<InferenceSession> | undefined;
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
  const singleProduct: SingleProduct = async (a, b, out) => {
    const result = out.subarray(0, a.rows * b.rows);
    if (a.cols === 0) result.fill(0);
    if (result.length === 0 || a.cols === 0) return;
    // Few computations want it, and a session has threads of its own.
    single ??= createSession('float32', options);
    const y = new Tensor('float32', result, [a.rows, b.rows]);
    await (await single).run({ a: toSingleTensor(a), b: toSingleTensor(b) }, { y });
  };
  return {
    product,
    singleProduct,
    async dispose() {
      await session.release();
      await (await single)?.release();
    },
  };
}

function createSession(type: 'float32' | 'float64', { threads }: Options): Promise<InferenceSession> {
  return InferenceSession.create(productGraph(type), {
    executionProviders: ['cpu'],
    // The shapes change from call to call, so that remembered memory plans would only pile up.
    enableMemPattern: false,
    enableCpuMemArena: false,
    // Between products the numerics compute by themselves; threads that wait by spinning would take a core from them.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  });
}

function toTensor({ data, rows, cols }: Matrix): Tensor {
  return new Tensor('float64', data, [rows, cols]);
}

function toSingleTensor({ data, rows, cols }: SingleMatrix): Tensor {
  return new Tensor('float32', data, [rows, cols]);
}

/** The products that a computation may use. */
export type DenseProducts = Required<Pick<NumericsContext, 'product' | 'singleProduct'>>;

/** Runs `work` with products that are freed afterwards, whether the work succeeds or fails. */
export async function withGemmProduct<T>(work: (products: DenseProducts) => Promise<T>, options: Options = {}): Promise<T> {
  const { product, singleProduct, dispose } = await createGemmProduct(options);
  try {
    return await work({ product, singleProduct });
  } finally {
    await dispose();
  }
}
