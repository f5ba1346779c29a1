import type * as Ort from 'onnxruntime-web';
import { AssayError } from '@/lib/errors';
import type { ModelManifest } from '../manifest';
import { poolOutput } from '../pooling';
import type { ProviderPlan } from './provider';
import { loadRuntime, type Runtime } from './runtime';

/** A network that is loaded in a browser. */
export type WebSession = {
  /** As fingerprints name it. */
  readonly runtimeVersion: string;
  /** Images that the file demands in one inference; undefined when any number will do. */
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
export async function openWebSession(model: Uint8Array, manifest: ModelManifest, shape: readonly number[], plan: ProviderPlan): Promise<WebSession> {
  const runtime = await loadRuntime(plan.provider, plan.threads);
  let session: Ort.InferenceSession;
  try {
    session = await runtime.InferenceSession.create(model, {
      executionProviders: [plan.provider === 'webgpu' ? 'webgpu' : 'wasm'],
      graphOptimizationLevel: 'all',
      executionMode: 'sequential',
      logSeverityLevel: 3,
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
  const input = new runtime.Tensor('float32', pixels, dims);
  let output: Ort.Tensor | undefined;
  try {
    const results = await session.run({ [manifest.input.name]: input }, [name]);
    output = results[name];
    if (output === undefined) throw new AssayError('model.shape', `The network has no output "${name}".`);
    const data = await output.getData();
    if (!(data instanceof Float32Array || data instanceof Float64Array)) {
      throw new AssayError('model.shape', `Output "${name}" is ${output.type}, but float32 or float64 is needed.`);
    }
    return poolOutput({ dims: output.dims, data }, pooling, manifest.input.layout);
  } catch (thrown) {
    if (thrown instanceof AssayError) throw thrown;
    throw new AssayError('model.shape', `The network fails in this browser: ${firstLine(thrown)}`, { cause: thrown });
  } finally {
    // Thousands of images go through one session: nothing waits for the garbage collector.
    output?.dispose();
    input.dispose();
  }
}

function fixedBatchOf(session: Ort.InferenceSession, manifest: ModelManifest): number | undefined {
  const input = session.inputMetadata.find(({ name }) => name === manifest.input.name);
  const batch = input?.isTensor === true ? input.shape[0] : undefined;
  return typeof batch === 'number' ? batch : undefined;
}

function firstLine(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.split('\n', 1)[0] ?? message;
}
