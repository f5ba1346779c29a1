import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import * as ort from 'onnxruntime-node';
import { AssayError } from '@/lib/errors';
import { fromFloat16, toFloat16 } from '../float16';
import type { ModelManifest } from '../manifest';
import type { RawOutput } from '../pooling';
import { absenceOf, failureOf, runtimeName, type OnnxProvider } from './provider';

/** An ONNX model: its bytes, or the path of a file. */
export type ModelSource = Uint8Array | string;

export type SessionOptions = {
  /** Threads that one inference uses; all cores that this process may use when absent. */
  threads?: number | undefined;
  /** Execution provider; the CPU when absent or not to be had. */
  provider?: OnnxProvider | undefined;
};

export type OpenedSession = {
  readonly session: ort.InferenceSession;
  /** What computes, which need not be what was asked for. */
  readonly provider: OnnxProvider;
  /** Why it is not what was asked for, as a sentence. */
  readonly notice: string | undefined;
};

/** Name and version of the runtime, for fingerprints. */
export function runtimeVersion(): string {
  return ort.env.versions.node ?? ort.env.versions.common;
}

function firstLine(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return message.split('\n', 1)[0] ?? message;
}

/**
 * Loads a network for inference on the CPU.
 * @throws AssayError `model.missing` (no such file), `model.invalid` (no ONNX file, damaged, or operators that the runtime lacks)
 */
export async function openSession(model: ModelSource, options: Omit<SessionOptions, 'provider'> = {}): Promise<ort.InferenceSession> {
  return (await openSessionOn(model, options)).session;
}

/**
 * Loads a network for inference on the provider asked for, or on the CPU with a sentence why.
 * @throws AssayError as `openSession`
 */
export async function openSessionOn(model: ModelSource, { threads, provider = 'cpu' }: SessionOptions): Promise<OpenedSession> {
  let notice = absenceOf(provider);
  if (provider !== 'cpu' && notice === undefined) {
    try {
      return { session: await createSession(model, [runtimeName(provider), 'cpu'], threads), provider, notice };
    } catch (thrown) {
      notice = failureOf(provider, firstLine(thrown));
    }
  }
  try {
    return { session: await createSession(model, ['cpu'], threads), provider: 'cpu', notice };
  } catch (thrown) {
    const missing = typeof model === 'string' && /doesn't exist|No such file/i.test(firstLine(thrown));
    if (missing) throw new AssayError('model.missing', `There is no model file ${model}.`, { cause: thrown });
    throw new AssayError('model.invalid', `The file cannot be loaded as an ONNX model: ${firstLine(thrown)}`, {
      hint: 'Export the network to a single ONNX file (weights inside) with an operator set that ONNX Runtime supports.',
      cause: thrown,
    });
  }
}

async function createSession(model: ModelSource, executionProviders: string[], threads = availableParallelism()): Promise<ort.InferenceSession> {
  const settings: ort.InferenceSession.SessionOptions = {
    executionProviders,
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // Failures come back as exceptions; the log needs them no second time.
    logSeverityLevel: 4,
  };
  return typeof model === 'string' ? ort.InferenceSession.create(model, settings) : ort.InferenceSession.create(model, settings);
}

/** SHA-256 of a model as lower-case hex. Files are read in pieces. */
export async function modelSha256(model: ModelSource): Promise<string> {
  const hash = createHash('sha256');
  if (typeof model !== 'string') return hash.update(model).digest('hex');
  try {
    for await (const piece of createReadStream(model)) hash.update(piece as Buffer);
  } catch (thrown) {
    throw new AssayError('model.missing', `The model file ${model} cannot be read: ${firstLine(thrown)}`, { cause: thrown });
  }
  return hash.digest('hex');
}

/**
 * Runs the network on inputs of `shape` (without batch) laid out one after another and returns the manifest's output.
 * @throws AssayError `model.shape` when the network refuses the input or answers with another type
 */
export async function runNetwork(session: ort.InferenceSession, manifest: ModelManifest, pixels: Float32Array, dims: readonly number[]): Promise<RawOutput> {
  const [output] = await runOutputs(session, manifest.input.name, pixels, dims, [manifest.output.name]);
  return output!;
}

/** As `runNetwork`, for any outputs, in the order of their names. */
export async function runOutputs(session: ort.InferenceSession, input: string, pixels: Float32Array, dims: readonly number[], names: readonly string[]): Promise<RawOutput[]> {
  const results = await runTensors(session, input, pixels, dims, names);
  return names.map((name) => rawOutput(results[name], name));
}

/** As `runOutputs`, with outputs of any type. */
export async function runTensors(session: ort.InferenceSession, input: string, pixels: Float32Array, dims: readonly number[], names: readonly string[]): Promise<ort.InferenceSession.ReturnType> {
  try {
    return await session.run({ [input]: inputTensor(session, input, pixels, dims) }, [...names]);
  } catch (thrown) {
    throw new AssayError('model.shape', `The network refuses an input of shape (${dims.join(', ')}): ${firstLine(thrown)}`, { cause: thrown });
  }
}

/** Pixels as the type that the network's input has: float32 or float16. */
export function inputTensor(session: ort.InferenceSession, name: string, pixels: Float32Array, dims: readonly number[]): ort.Tensor {
  const input = session.inputMetadata.find((metadata) => metadata.name === name);
  const half = input?.isTensor === true && input.type === 'float16';
  return half ? new ort.Tensor('float16', toFloat16(pixels), dims) : new ort.Tensor('float32', pixels, dims);
}

/** @throws AssayError `model.shape` when the output holds no floating-point numbers */
export function rawOutput(output: ort.Tensor | undefined, name: string): RawOutput {
  if (output?.data instanceof Float32Array || output?.data instanceof Float64Array) return { dims: output.dims, data: output.data };
  if (output?.type === 'float16') {
    const { buffer, byteOffset, length } = output.data as Uint16Array;
    return { dims: output.dims, data: fromFloat16(new Uint16Array(buffer, byteOffset, length)) };
  }
  throw new AssayError('model.shape', `Output "${name}" is ${output?.type ?? 'not a tensor'}, but float16, float32 or float64 is needed.`);
}
