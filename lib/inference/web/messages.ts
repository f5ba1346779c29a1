import type { ModelManifest } from '../manifest';
import type { PreprocessSpec } from '../preprocess/preprocess';
import type { BrowserFacts, ProviderPlan } from './provider';

/** Where the files of a network lie on our server. */
export type NetworkAddresses = { readonly modelUrl: string; /** Files that the ONNX file names beside itself. */ readonly weights: readonly { readonly name: string; readonly url: string; readonly bytes: number }[] };

/** What the inference worker is asked. */
export type InferenceRequest =
  | { readonly kind: 'facts' }
  /** Loads the network and finds the batch size; must come before `embed`. */
  | { readonly kind: 'open'; readonly addresses: NetworkAddresses; readonly manifest: ModelManifest; readonly plan: ProviderPlan }
  /** `pixels`: prepared inputs one after another. */
  | { readonly kind: 'embed'; readonly pixels: Float32Array; readonly count: number };

export type OpenedNetwork = {
  readonly runtimeVersion: string;
  /** Of the code of this page: an old page cannot pass as a new one. */
  readonly preprocessingVersion: number;
  readonly probeVersion: number;
  /** Images per inference. */
  readonly batch: number;
  readonly dim: number;
  /** Vectors of the parity images, (n, dim). */
  readonly probe: Float32Array;
};

export type Embedding = { readonly vectors: Float32Array; readonly dim: number };

export type InferenceResult = BrowserFacts | OpenedNetwork | Embedding;

/** What a decode worker is asked: an image's file, or its address on our server, to a network's input. */
export type PrepareRequest = { readonly source: Blob | string; readonly spec: PreprocessSpec };
