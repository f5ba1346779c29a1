import type * as Ort from 'onnxruntime-web';
import { AssayError } from '@/lib/errors';
import { fromFloat16, toFloat16 } from '../float16';
import type { ModelManifest } from '../manifest';
import { poolOutput, type RawOutput } from '../pooling';
import type { ProviderPlan } from './provider';
import { loadRuntime, type Runtime } from './runtime';

/** Bytes of an ONNX file, and of the files of weights that it names beside itself. */
export type NetworkFiles = { readonly model: Uint8Array; readonly weights: readonly { readonly path: string; readonly data: Uint8Array }[] };

/** A network that is loaded in a browser. */
export type WebSession = {
  /** As fingerprints name it. */
  readonly runtimeVersion: string;
  /** Images that the file or the manifest demands in one inference; undefined when any number will do. */
  readonly fixedBatch: number | undefined;
  /** Vectors (n, dim), row-major, of n prepared inputs that lie one after another. One call at a time. */
  embed(pixels: Float32Array, count: number): Promise<{ vectors: Float32Array; dim: number }>;
  close(): Promise<void>;
};

/**
 * Loads a network by the plan's provider.
 * @param shape of one image's input, without the batch
 * @throws AssayError `model.invalid` when the runtime refuses it, for lack of an operator or of memory
 */
export async function openWebSession({ model, weights }: NetworkFiles, manifest: ModelManifest, shape: readonly number[], plan: ProviderPlan): Promise<WebSession> {
  const runtime = await loadRuntime(plan.provider, plan.threads);
  let session: Ort.InferenceSession;
  try {
    session = await runtime.InferenceSession.create(model, {
      executionProviders: [plan.provider === 'webgpu' ? 'webgpu' : 'wasm'],
      graphOptimizationLevel: 'all',
      executionMode: 'sequential',
      logSeverityLevel: 3,
      ...(weights.length === 0 ? {} : { externalData: weights.map(({ path, data }) => ({ path, data })) }),
    });
  } catch (cause) {
    throw new AssayError('model.invalid', `The network cannot be loaded in this browser: ${firstLine(cause)}`, { cause });
  }
  const fixedBatch = fixedBatchOf(session, manifest);
  return {
    runtimeVersion: runtime.env.versions.web ?? runtime.env.versions.common,
    fixedBatch,
    embed: (pixels, count) => embed(runtime, session, manifest, shape, pixels, count, fixedBatch),
    close: () => session.release(),
  };
}

/** Runs `count` inputs; a model of fixed batch size gets its last batch filled up with zeros. */
async function embed(
  runtime: Runtime,
  session: Ort.InferenceSession,
  manifest: ModelManifest,
  shape: readonly number[],
  pixels: Float32Array,
  count: number,
  fixedBatch: number | undefined,
): Promise<{ vectors: Float32Array; dim: number }> {
  const length = shape.reduce((product, extent) => product * extent, 1);
  const batch = fixedBatch ?? count;
  const parts: Float32Array[] = [];
  let dim = 0;
  for (let start = 0; start < count; start += batch) {
    const held = Math.min(batch, count - start);
    const given = pixels.subarray(start * length, (start + held) * length);
    const full = held === batch ? given : new Float32Array(batch * length);
    if (held < batch) full.set(given);
    const pooled = await runOnce(runtime, session, manifest, full, [batch, ...shape]);
    dim = pooled.dim;
    parts.push(pooled.vectors.slice(0, held * dim));
  }
  const vectors = new Float32Array(count * dim);
  parts.forEach((part, index) => vectors.set(part, index * batch * dim));
  return { vectors, dim };
}

async function runOnce(runtime: Runtime, session: Ort.InferenceSession, manifest: ModelManifest, pixels: Float32Array, dims: number[]): Promise<{ vectors: Float32Array; dim: number }> {
  const { name, pooling } = manifest.output;
  const input = inputTensor(runtime, session, manifest, pixels, dims);
  let output: Ort.Tensor | undefined;
  try {
    const results = await session.run({ [manifest.input.name]: input }, [name]);
    output = results[name];
    if (output === undefined) throw new AssayError('model.shape', `The network has no output "${name}".`);
    return poolOutput(rawOutput(output, await output.getData(), name), pooling, manifest.input.layout);
  } catch (thrown) {
    if (thrown instanceof AssayError) throw thrown;
    throw new AssayError('model.shape', sentenceOf(thrown), { cause: thrown });
  } finally {
    // Thousands of images go through one session: nothing waits for the garbage collector.
    output?.dispose();
    input.dispose();
  }
}

function metadataOf(session: Ort.InferenceSession, { input }: ModelManifest): Ort.InferenceSession.TensorValueMetadata | undefined {
  const found = session.inputMetadata.find(({ name }) => name === input.name);
  return found?.isTensor === true ? found : undefined;
}

/** What the file says, else the manifest: another number of images may give other vectors, or none. */
function fixedBatchOf(session: Ort.InferenceSession, manifest: ModelManifest): number | undefined {
  const batch = metadataOf(session, manifest)?.shape[0];
  return typeof batch === 'number' ? batch : manifest.input.batch;
}

/** Pixels as the type that the network's input has: float32 or float16. */
function inputTensor(runtime: Runtime, session: Ort.InferenceSession, manifest: ModelManifest, pixels: Float32Array, dims: number[]): Ort.Tensor {
  const half = metadataOf(session, manifest)?.type === 'float16';
  return half ? new runtime.Tensor('float16', toFloat16(pixels), dims) : new runtime.Tensor('float32', pixels, dims);
}

/** @throws AssayError `model.shape` when the output holds no floating-point numbers */
function rawOutput({ dims, type }: Ort.Tensor, data: Ort.Tensor.DataType, name: string): RawOutput {
  if (data instanceof Float32Array || data instanceof Float64Array) return { dims, data };
  if (type === 'float16' && ArrayBuffer.isView(data)) {
    // A Float16Array in newer browsers, the same bits as a Uint16Array in others.
    return { dims, data: fromFloat16(new Uint16Array(data.buffer, data.byteOffset, data.byteLength / Uint16Array.BYTES_PER_ELEMENT)) };
  }
  throw new AssayError('model.shape', `Output "${name}" is ${type}, but float16, float32 or float64 is needed.`);
}

/** `requires f16`: how the runtime says that a WebGPU adapter has no "shader-f16". */
function sentenceOf(thrown: unknown): string {
  const message = firstLine(thrown);
  return message.includes('requires f16') ? 'The graphics card lacks half precision, which this network needs.' : `The network fails in this browser: ${message}`;
}

function firstLine(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.split('\n', 1)[0] ?? message;
}
