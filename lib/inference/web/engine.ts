import { AssayError, toAssayError, type ErrorCode } from '@/lib/errors';
import { preprocessSpec, type ModelManifest } from '../manifest';
import type { Embedding, InferenceRequest, InferenceResult, NetworkAddresses, OpenedNetwork, PrepareRequest } from './messages';
import { afterFailure, planProviders, type BrowserFacts, type ProviderPlan, type ProviderWish } from './provider';
import { callsOf, type WorkerCalls } from './worker-call';

/** A network that computes in workers of this page. */
export type WebEngine = OpenedNetwork & {
  readonly plan: ProviderPlan;
  /** Decodes, resizes and normalises one image in one of the decode workers. */
  prepare(source: Blob | string): Promise<Float32Array>;
  /** Vectors (n, dim) of n prepared inputs; calls queue up. */
  embed(inputs: readonly Float32Array[]): Promise<Embedding>;
  /** Images that may be prepared at the same time. */
  readonly decoders: number;
  close(): void;
};

export type EngineOptions<T> = {
  readonly modelUrl: string;
  /** Address of a file of weights beside the model. */
  readonly weightsUrl: (name: string) => string;
  readonly manifest: ModelManifest;
  readonly wish: ProviderWish;
  /** Proves that the network gives the right numbers here; throws `parity.failed` to have the next provider tried. */
  readonly accept: (opened: OpenedNetwork, plan: ProviderPlan) => Promise<T>;
  readonly onStep?: (why: string) => void;
  readonly signal: AbortSignal;
};

/** Failures of a provider; others (no server, no permission) would meet the next provider just so. */
const ofProvider: ReadonlySet<ErrorCode> = new Set(['model.invalid', 'model.shape', 'data.not_finite', 'parity.failed', 'job.failed', 'internal']);

const mostDecoders = 4;

type Inference = WorkerCalls<InferenceRequest, InferenceResult>;

/**
 * Opens a network by the best provider that works here and is accepted. Each attempt has a worker of its own, because
 * the runtime cannot be started twice in one.
 * @returns the engine, and what `accept` gave
 * @throws AssayError of the last provider; `job.cancelled` when the signal is raised
 */
export async function openEngine<T>(options: EngineOptions<T>): Promise<{ engine: WebEngine; accepted: T }> {
  const facts = await askFacts(options.signal);
  const addresses = addressesOf(options);
  let failed: { plan: ProviderPlan; error: AssayError } | undefined;
  for (const planned of planProviders(facts, options.wish)) {
    const plan = failed === undefined ? planned : afterFailure(planned, failed.plan, failed.error.message);
    options.onStep?.(plan.why);
    const worker = startInference(options.signal);
    try {
      const opened = (await worker.call({ kind: 'open', addresses, manifest: options.manifest, plan })) as OpenedNetwork;
      const accepted = await options.accept(opened, plan);
      return { engine: engineOf(worker, opened, plan, options, facts.cores), accepted };
    } catch (thrown) {
      worker.end();
      const error = toAssayError(thrown);
      if (options.signal.aborted || !ofProvider.has(error.code)) throw thrown;
      failed = { plan, error };
    }
  }
  throw failed?.error ?? new AssayError('internal', 'This browser cannot run networks.');
}

function addressesOf({ modelUrl, weightsUrl, manifest }: Pick<EngineOptions<unknown>, 'modelUrl' | 'weightsUrl' | 'manifest'>): NetworkAddresses {
  return { modelUrl, weights: (manifest.weights ?? []).map(({ name, bytes }) => ({ name, bytes, url: weightsUrl(name) })) };
}

async function askFacts(signal: AbortSignal): Promise<BrowserFacts> {
  const worker = startInference(signal);
  try {
    return (await worker.call({ kind: 'facts' })) as BrowserFacts;
  } finally {
    worker.end();
  }
}

function startInference(signal: AbortSignal): Inference {
  return endedBy(signal, callsOf(new Worker(new URL('./inference-worker.ts', import.meta.url), { type: 'module' })));
}

function startDecoder(signal: AbortSignal): WorkerCalls<PrepareRequest, Float32Array> {
  return endedBy(signal, callsOf(new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' })));
}

function endedBy<Calls extends { end(): void }>(signal: AbortSignal, calls: Calls): Calls {
  if (signal.aborted) calls.end();
  else signal.addEventListener('abort', () => calls.end(), { once: true });
  return calls;
}

function engineOf(worker: Inference, opened: OpenedNetwork, plan: ProviderPlan, { manifest, signal }: Pick<EngineOptions<unknown>, 'manifest' | 'signal'>, cores: number): WebEngine {
  const spec = preprocessSpec(manifest);
  const decoders = Array.from({ length: Math.max(1, Math.min(mostDecoders, cores - 1)) }, () => startDecoder(signal));
  let turn = 0;
  return {
    ...opened,
    plan,
    decoders: decoders.length,
    prepare: (source) => decoders[turn++ % decoders.length]!.call({ source, spec }),
    async embed(inputs) {
      const pixels = new Float32Array(inputs.reduce((sum, input) => sum + input.length, 0));
      let at = 0;
      for (const input of inputs) {
        pixels.set(input, at);
        at += input.length;
      }
      return (await worker.call({ kind: 'embed', pixels, count: inputs.length }, [pixels.buffer])) as Embedding;
    },
    close() {
      worker.end();
      for (const decoder of decoders) decoder.end();
    },
  };
}
