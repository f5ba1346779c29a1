import { AssayError } from '@/lib/errors';
import { preprocessSpec, type ModelManifest } from '../manifest';
import { PARITY_PROBE_VERSION, parityImages } from '../parity/probe-images';
import { PREPROCESSING_VERSION, createPreprocessor } from '../preprocess/preprocess';
import { probeBatchSize } from './batch-probe';
import { browserFacts } from './browser-facts';
import type { InferenceRequest, InferenceResult, NetworkAddresses, OpenedNetwork } from './messages';
import { fetchNetwork } from './network-files';
import type { ProviderPlan } from './provider';
import { openWebSession, type WebSession } from './session';
import { answerCalls } from './worker-call';

let session: WebSession | undefined;

async function open(addresses: NetworkAddresses, manifest: ModelManifest, plan: ProviderPlan): Promise<OpenedNetwork> {
  const preprocessor = createPreprocessor(preprocessSpec(manifest));
  const opened = await openWebSession(await fetchNetwork(addresses), manifest, preprocessor.shape, plan);
  session = opened;
  const images = parityImages();
  const pixels = new Float32Array(images.length * preprocessor.length);
  images.forEach((image, index) => preprocessor.run(image, pixels, index * preprocessor.length));
  const batch = opened.fixedBatch ?? (await probeBatchSize(async (count) => void (await opened.embed(repeated(pixels, preprocessor.length, images.length, count), count))));
  const probe = await inBatches(opened, pixels, preprocessor.length, images.length, batch);
  return { runtimeVersion: opened.runtimeVersion, preprocessingVersion: PREPROCESSING_VERSION, probeVersion: PARITY_PROBE_VERSION, batch, ...probe };
}

/** The first `count` inputs of a list that begins anew at its end. */
function repeated(pixels: Float32Array, length: number, held: number, count: number): Float32Array {
  const filled = new Float32Array(count * length);
  for (let i = 0; i < count; i++) filled.set(pixels.subarray((i % held) * length, ((i % held) + 1) * length), i * length);
  return filled;
}

/** The probe's vectors, made in batches of the size that the samples will have. */
async function inBatches(opened: WebSession, pixels: Float32Array, length: number, count: number, batch: number): Promise<{ dim: number; probe: Float32Array }> {
  const parts: Float32Array[] = [];
  let dim = 0;
  for (let start = 0; start < count; start += batch) {
    const end = Math.min(count, start + batch);
    const answer = await opened.embed(pixels.slice(start * length, end * length), end - start);
    dim = answer.dim;
    parts.push(answer.vectors);
  }
  const probe = new Float32Array(count * dim);
  parts.forEach((part, index) => probe.set(part, index * batch * dim));
  return { dim, probe };
}

answerCalls<InferenceRequest, InferenceResult>(self as unknown as Worker, async (request) => {
  switch (request.kind) {
    case 'facts':
      return { result: await browserFacts() };
    case 'open': {
      const result = await open(request.addresses, request.manifest, request.plan);
      return { result, transfer: [result.probe.buffer] };
    }
    case 'embed': {
      if (session === undefined) throw new AssayError('internal', 'The network is not loaded.');
      const result = await session.embed(request.pixels, request.count);
      return { result, transfer: [result.vectors.buffer] };
    }
  }
});
