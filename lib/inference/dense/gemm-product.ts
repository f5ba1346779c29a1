import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Matrix, MatrixProduct, SingleMatrix, SingleProduct } from '@/lib/anomaly/linalg/matrix';
import { productGraph, type ProductPrecision } from './product-graph';
import type { DenseProducts } from './products';
import { productInPieces } from './product-in-pieces';

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
  const product: MatrixProduct = (a, b) => {
    const right = toTensor(b);
    return productInPieces(a, b, async (piece) => (await session.run({ a: toTensor(piece), b: right })).y!.data as Float64Array);
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

function createSession(type: ProductPrecision, { threads }: Options): Promise<InferenceSession> {
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

/** Runs `work` with products that are freed afterwards, whether the work succeeds or fails. */
export async function withGemmProduct<T>(work: (products: DenseProducts) => Promise<T>, options: Options = {}): Promise<T> {
  const { product, singleProduct, dispose } = await createGemmProduct(options);
  try {
    return await work({ product, singleProduct });
  } finally {
    await dispose();
  }
}
