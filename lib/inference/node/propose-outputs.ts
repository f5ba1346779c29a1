import { randomBytes } from 'node:crypto';
import { appendFile, constants, copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { AssayError } from '@/lib/errors';
import type { ModelManifest } from '../manifest';
import { preprocessSpec } from '../manifest';
import { extraOutputs } from '../onnx/extra-outputs';
import type { OnnxSummary } from '../onnx/read-model';
import { candidateTensors, readingsOf, type CandidateTensor, type Reading } from '../output-candidates';
import { poolOutput, type RawOutput } from '../pooling';
import type { RgbImage } from '../preprocess/image';
import { createPreprocessor } from '../preprocess/preprocess';
import { fixedBatchSize } from './model-contract';
import { inputTensor, openSession, rawOutput, type SessionOptions } from './session';

/** A way to get vectors out of a network, tried on images. */
export type OutputProposal = {
  readonly output: ModelManifest['output'];
  /** True where the file must be given this output first. */
  readonly inner: boolean;
  readonly dim: number;
  readonly reason: string;
  /** Mean distance between the vectors of two images over the largest norm; 0 when all are the same. */
  readonly difference: number;
  /** Why it cannot be used; null when it can. */
  readonly refusal: string | null;
};

const largestDimension = 32_768;
/** Vectors that differ by less do not tell images apart. */
const leastDifference = 1e-4;

type Draft = Omit<ModelManifest, 'output'>;

/**
 * Proposes what to take as an image's vector: runs the images through the network once, reading every tensor that could
 * serve, and checks each way of reading: finite, not constant, different for different images. Best first; those that
 * cannot be used come last, with the reason.
 * @param file path of the ONNX file; its weights lie beside it
 * @param images at least two different ones
 * @throws AssayError `model.invalid`, `model.shape` when the network does not run at all
 */
export async function proposeOutputs(file: string, summary: OnnxSummary, draft: Draft, images: readonly RgbImage[], modelType: string | null, options: SessionOptions = {}): Promise<OutputProposal[]> {
  const candidates = candidateTensors(summary);
  const vectors = await withOutputs(file, candidates, (session) => runAll(session, draft, candidates, images), options);
  const proposals = candidates.flatMap((candidate) => readAll(candidate, vectors.get(candidate.name) ?? [], draft, modelType));
  return proposals.sort((a, b) => Number(a.refusal !== null) - Number(b.refusal !== null) || a.rank - b.rank).map(({ rank: _, ...proposal }) => proposal);
}

/** Opens a copy of the file that has the inner tensors as outputs too; beside it, because weights are looked for there. */
async function withOutputs<T>(file: string, candidates: readonly CandidateTensor[], ask: (session: InferenceSession) => Promise<T>, options: SessionOptions): Promise<T> {
  const suffix = extraOutputs(candidates.filter(({ inner }) => inner).map(({ name }) => name));
  const opened = suffix.length === 0 ? file : path.join(path.dirname(file), `.trial-${randomBytes(6).toString('hex')}.onnx`);
  try {
    if (opened !== file) {
      await copyFile(file, opened, constants.COPYFILE_FICLONE);
      await appendFile(opened, suffix);
    }
    const session = await openSession(opened, options);
    return await ask(session).finally(() => session.release());
  } finally {
    if (opened !== file) await rm(opened, { force: true });
  }
}

/** Output of every candidate for each image, one image at a time: dynamically quantised networks depend on the batch. */
async function runAll(session: InferenceSession, draft: Draft, candidates: readonly CandidateTensor[], images: readonly RgbImage[]): Promise<Map<string, RawOutput[]>> {
  const preprocessor = createPreprocessor(preprocessSpec(draft));
  const batch = fixedBatchSize(session, draft) ?? 1;
  const found = new Map<string, RawOutput[]>(candidates.map(({ name }) => [name, []]));
  for (const image of images) {
    const pixels = new Float32Array(batch * preprocessor.length);
    preprocessor.run(image, pixels);
    const results = await run(session, draft.input.name, pixels, [batch, ...preprocessor.shape], [...found.keys()]);
    for (const [name, outputs] of found) {
      const output = floats(results[name], name);
      if (output !== undefined) outputs.push(output);
    }
  }
  return found;
}

async function run(session: InferenceSession, input: string, pixels: Float32Array, dims: readonly number[], outputs: string[]): Promise<InferenceSession.ReturnType> {
  try {
    return await session.run({ [input]: inputTensor(session, input, pixels, dims) }, outputs);
  } catch (thrown) {
    const [line = ''] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n', 1);
    throw new AssayError('model.shape', `The network refuses an input of shape (${dims.join(', ')}): ${line}`, { cause: thrown });
  }
}

/** Outputs of integers (class numbers, masks) are no features and are passed over. */
function floats(output: Parameters<typeof rawOutput>[0], name: string): RawOutput | undefined {
  try {
    return rawOutput(output, name);
  } catch {
    return undefined;
  }
}

type Ranked = OutputProposal & { readonly rank: number };

function readAll(candidate: CandidateTensor, outputs: readonly RawOutput[], draft: Draft, modelType: string | null): Ranked[] {
  const [first] = outputs;
  if (first === undefined || first.data.length === 0) return [];
  // Behind a GlobalAveragePool or a Gather there is a map or a list of tokens; a matrix there is half of a normalisation.
  if (candidate.role === 'before-pooling' && first.dims.length < 3) return [];
  return readingsOf(candidate, first.dims, modelType).map((reading) => judged(candidate, reading, outputs, draft));
}

function judged({ name, inner }: CandidateTensor, { pooling, rank, reason }: Reading, outputs: readonly RawOutput[], draft: Draft): Ranked {
  const vectors = outputs.map((output) => {
    const { vectors: all, dim } = poolOutput(output, pooling, draft.input.layout);
    return all.subarray(0, dim);
  });
  const dim = vectors[0]?.length ?? 0;
  const difference = meanDifference(vectors);
  return { output: { name, pooling }, inner, dim, reason, rank, difference, refusal: refusalOf(vectors, dim, difference) };
}

function refusalOf(vectors: readonly Float32Array[], dim: number, difference: number): string | null {
  if (dim > largestDimension) return `${dim} values per image, at most ${largestDimension} are possible`;
  if (dim < 2) return 'a single value per image';
  if (!vectors.every((vector) => vector.every(Number.isFinite))) return 'NaN or infinite values';
  if (vectors.some((vector) => vector.every((value) => value === vector[0]))) return 'all values of a vector are the same';
  return difference < leastDifference ? 'the same vector for different images' : null;
}

function meanDifference(vectors: readonly Float32Array[]): number {
  const norm = Math.max(...vectors.map((vector) => Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))));
  const distances = vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => Math.sqrt(a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0))));
  const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  return norm > 0 && Number.isFinite(mean) ? mean / norm : 0;
}
