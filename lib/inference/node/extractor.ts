import { createHash } from 'node:crypto';
import type { InferenceSession } from 'onnxruntime-node';
import type { FeatureFingerprint } from '../fingerprint';
import { canonicalFingerprint, fingerprintSettings } from '../fingerprint';
import type { ModelManifest } from '../manifest';
import { preprocessSpec } from '../manifest';
import { poolOutput } from '../pooling';
import type { RgbImage } from '../preprocess/image';
import { PREPROCESSING_VERSION, createPreprocessor, type Preprocessor } from '../preprocess/preprocess';
import { fixedBatchSize, requireContract } from './model-contract';
import { probe } from './probe';
import type { ModelSource, OpenedSession, SessionOptions } from './session';
import { modelSha256, openSessionOn, runNetwork, runtimeVersion } from './session';

/** A network that is ready to turn images into vectors. */
export type Extractor = {
  readonly manifest: ModelManifest;
  /** Length of the vectors. */
  readonly dim: number;
  /** Images per inference that the model file demands; undefined when any number will do. */
  readonly fixedBatch: number | undefined;
  readonly fingerprint: FeatureFingerprint;
  /** SHA-256 of the canonical fingerprint, lower-case hex. */
  readonly fingerprintHash: string;
  /** Why another provider than the one asked for computes; undefined where it is the one. */
  readonly notice: string | undefined;
  /** Resizes and normalises one image to the network's input; synchronous. */
  prepare(image: RgbImage): Float32Array;
  /** Vectors (n, dim), row-major, of n prepared inputs. */
  embedPrepared(inputs: readonly Float32Array[]): Promise<Float32Array>;
  /** Vectors (n, dim), row-major, of n images. */
  embed(images: readonly RgbImage[]): Promise<Float32Array>;
  /** Frees the network's memory. */
  close(): Promise<void>;
};

type Embedding = { vectors: Float32Array; dim: number };

/** Runs prepared inputs through the network; a model of fixed batch size gets its last batch filled up with zeros. */
async function embedInputs(session: InferenceSession, manifest: ModelManifest, shape: readonly number[], inputs: readonly Float32Array[]): Promise<Embedding> {
  const batch = fixedBatchSize(session, manifest) ?? inputs.length;
  const length = shape.reduce((product, extent) => product * extent, 1);
  const parts: Embedding[] = [];
  for (let start = 0; start < inputs.length; start += batch) {
    const chunk = inputs.slice(start, start + batch);
    const pixels = new Float32Array(batch * length);
    chunk.forEach((input, i) => pixels.set(input, i * length));
    const output = await runNetwork(session, manifest, pixels, [batch, ...shape]);
    const pooled = poolOutput(output, manifest.output.pooling, manifest.input.layout);
    parts.push({ vectors: pooled.vectors.subarray(0, chunk.length * pooled.dim), dim: pooled.dim });
  }
  const dim = parts[0]?.dim ?? 0;
  const vectors = new Float32Array(inputs.length * dim);
  parts.forEach((part, i) => vectors.set(part.vectors, i * batch * dim));
  return { vectors, dim };
}

/**
 * Loads a model and proves by a dry run that it does what its manifest says: input name, rank, shape and type,
 * output and pooling, the same vector at every run, no influence of the batch, finite values.
 * @param model bytes or path of the ONNX file
 * @throws AssayError `model.missing`, `model.invalid`, `model.shape`, with everything that does not fit in its details
 */
export async function openExtractor(model: ModelSource, manifest: ModelManifest, options: SessionOptions = {}): Promise<Extractor> {
  const sha256 = await modelSha256(model);
  const opened = await openSessionOn(model, options);
  try {
    return await provenExtractor(opened, manifest, sha256);
  } catch (thrown) {
    await opened.session.release();
    throw thrown;
  }
}

/** The part of an extractor that computes. */
export type Embedder = Pick<Extractor, 'prepare' | 'embedPrepared' | 'close'>;

/**
 * Loads a model that `openExtractor` has proven before, without proving it again: for the second and further threads.
 * @throws AssayError `model.missing`, `model.invalid`
 */
export async function openEmbedder(model: ModelSource, manifest: ModelManifest, options: SessionOptions = {}): Promise<Embedder> {
  const { session } = await openSessionOn(model, options);
  const preprocessor = createPreprocessor(preprocessSpec(manifest));
  return {
    prepare: (image) => prepared(preprocessor, image),
    embedPrepared: async (inputs) => (await embedInputs(session, manifest, preprocessor.shape, inputs)).vectors,
    close: () => session.release(),
  };
}

function prepared(preprocessor: Preprocessor, image: RgbImage): Float32Array {
  const input = new Float32Array(preprocessor.length);
  preprocessor.run(image, input);
  return input;
}

async function provenExtractor({ session, provider, notice }: OpenedSession, manifest: ModelManifest, sha256: string): Promise<Extractor> {
  requireContract(session, manifest);
  const preprocessor = createPreprocessor(preprocessSpec(manifest));
  const embedPrepared = (inputs: readonly Float32Array[]): Promise<Embedding> => embedInputs(session, manifest, preprocessor.shape, inputs);
  const prepare = (image: RgbImage): Float32Array => prepared(preprocessor, image);
  const dim = await probe(embedPrepared, prepare);
  const fingerprint: FeatureFingerprint = {
    extractor: manifest.id,
    modelSha256: sha256,
    preprocessingVersion: PREPROCESSING_VERSION,
    settings: fingerprintSettings(manifest),
    runtime: 'onnxruntime-node',
    runtimeVersion: runtimeVersion(),
    provider,
    dtype: 'float32',
    dim,
  };
  return {
    manifest,
    dim,
    fixedBatch: fixedBatchSize(session, manifest),
    fingerprint,
    fingerprintHash: createHash('sha256').update(canonicalFingerprint(fingerprint)).digest('hex'),
    notice,
    prepare,
    embedPrepared: async (inputs) => (await embedPrepared(inputs)).vectors,
    embed: async (images) => (await embedPrepared(images.map(prepare))).vectors,
    close: () => session.release(),
  };
}
