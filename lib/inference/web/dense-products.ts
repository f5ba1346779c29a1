import type * as Ort from 'onnxruntime-web';
import type { MatrixProduct, SingleProduct } from '@/lib/anomaly/linalg/matrix';
import { productGraph, type ProductPrecision } from '../dense/product-graph';
import { productInPieces } from '../dense/product-in-pieces';
import type { DenseProducts } from '../dense/products';
import { loadRuntime, type Runtime } from './runtime';

export type WebProducts = DenseProducts & {
  /** How a stored result names what computed it. */
  readonly runtime: string;
};

/**
 * The matrix products of the numerics on ONNX Runtime's WebAssembly, by the graphs that the server runs. WebGPU takes no part: it has
 * no float64, and float32 products only rule out pairs whose distances are then computed in float64.
 * @param threads of a float32 product; the runtime computes float64 ones on one thread
 */
export async function openWebProducts(threads: number): Promise<WebProducts> {
  const runtime = await loadRuntime(threads > 1 ? 'wasm-threads' : 'wasm', threads);
  const double = await openSession(runtime, 'float64');
  let single: Promise<Ort.InferenceSession> | undefined;
  const product: MatrixProduct = (a, b) =>
    productInPieces(a, b, async (piece) => (await run(double, new runtime.Tensor('float64', piece.data, [piece.rows, piece.cols]), new runtime.Tensor('float64', b.data, [b.rows, b.cols]))) as Float64Array);
  const singleProduct: SingleProduct = async (a, b, out) => {
    const result = out.subarray(0, a.rows * b.rows);
    if (a.cols === 0) result.fill(0);
    if (result.length === 0 || a.cols === 0) return;
    single ??= openSession(runtime, 'float32');
    result.set((await run(await single, new runtime.Tensor('float32', a.data, [a.rows, a.cols]), new runtime.Tensor('float32', b.data, [b.rows, b.cols]))) as Float32Array);
  };
  return { product, singleProduct, runtime: `WASM with ${threads === 1 ? '1 thread' : `${threads} threads`}, onnxruntime-web ${runtime.env.versions.web ?? runtime.env.versions.common}` };
}

function openSession(runtime: Runtime, type: ProductPrecision): Promise<Ort.InferenceSession> {
  return runtime.InferenceSession.create(productGraph(type), { executionProviders: ['wasm'], enableMemPattern: false, enableCpuMemArena: false, logSeverityLevel: 3 });
}

async function run(session: Ort.InferenceSession, a: Ort.Tensor, b: Ort.Tensor): Promise<Ort.Tensor.DataType> {
  const { y } = await session.run({ a, b });
  return y!.data;
}
