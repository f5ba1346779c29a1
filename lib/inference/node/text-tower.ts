import * as ort from 'onnxruntime-node';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import type { TextTowerConfig } from '@/lib/api/contracts/image-text';
import { AssayError, toAssayError } from '@/lib/errors';
import { openTokenizer, type TextTokenizer, type TokenisedTexts } from '../text/tokenizer';
import { openSession, rawOutput, type ModelSource, type SessionOptions } from './session';

/** A text tower as it lies in the library. */
export type TextTowerSource = {
  /** Bytes or path of the ONNX file. */
  readonly model: ModelSource;
  /** tokenizer.json, parsed. */
  readonly tokenizer: unknown;
  readonly config: TextTowerConfig;
};

/** Embeddings, texts x dim, rows of length 1 in single precision; and which texts lost their end. */
export type EmbeddedTexts = Matrix & { readonly truncated: readonly boolean[] };

/** A text tower that is ready. */
export type OpenTextTower = {
  /** Length of the embeddings. */
  readonly dim: number;
  /** @throws AssayError `data.not_finite` for a text without a direction */
  embed(texts: readonly string[]): Promise<EmbeddedTexts>;
  /** Frees the network's memory. */
  close(): Promise<void>;
};

/** Texts that go through the tower together. */
const BATCH = 16;

/** How texts go through a tower: how many together, and whether they must be filled up. */
type Way = { readonly batch: number; readonly filled: boolean };

/** Relative difference that counts as another order of summation, not as an influence of the other texts. */
const BATCH_TOLERANCE = 1e-3;
const FILLING_TOLERANCE = 1e-5;
const probes = ['a photo of a flawless cat.', 'a damaged metal screw on a table', 'zebra'];

/**
 * Loads a text tower and proves by a dry run that it works: shapes, finite and different embeddings, the same ones at every run. Where
 * the other texts of a batch have an influence, texts go through it one by one.
 * @throws AssayError `model.missing`, `model.invalid`, `model.shape`
 */
export async function openTextTower(source: TextTowerSource, options: Omit<SessionOptions, 'provider'> = {}): Promise<OpenTextTower> {
  const tokenizer = openTokenizer(source.tokenizer, source.config);
  const session = await openSession(source.model, options);
  try {
    const tower = new SessionTower(session, tokenizer, source.config);
    const { dim, ...way } = await proven(tower);
    return { dim, embed: (texts) => embedAll(tower, texts, dim, way), close: () => session.release() };
  } catch (thrown) {
    await session.release();
    throw thrown;
  }
}

type Batch = { readonly vectors: Float32Array; readonly dim: number; readonly truncated: readonly boolean[] };

class SessionTower {
  constructor(
    private readonly session: ort.InferenceSession,
    private readonly tokenizer: TextTokenizer,
    private readonly config: TextTowerConfig,
  ) {}

  /** Embeddings as the network gives them; `filled`: all texts as long as the tower reads, else as the longest of them. */
  async run(texts: readonly string[], filled = true): Promise<Batch> {
    const { ids, mask, output, contextLength } = this.config;
    const all = this.tokenizer.tokenise(texts);
    const tokens = filled ? all : shortened(all, texts.length, contextLength);
    const dims = [texts.length, tokens.ids.length / Math.max(1, texts.length)];
    const feeds = { [ids.name]: integers(ids.type, tokens.ids, dims), ...(mask === null ? {} : { [mask.name]: integers(mask.type, tokens.mask, dims) }) };
    const results = await this.session.run(feeds, [output]).catch((cause: unknown) => {
      throw new AssayError('model.shape', `The text tower refuses token ids of shape (${dims.join(', ')}): ${cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause)}`, { cause });
    });
    const { data, dims: shape } = rawOutput(results[output], output);
    const [rows, dim] = shape;
    if (shape.length !== 2 || rows !== texts.length || dim === undefined || dim < 1) throw new AssayError('model.shape', `Output "${output}" has shape (${shape.join(', ')}) for ${texts.length} texts; one vector for each is needed.`);
    return { vectors: Float32Array.from(data), dim, truncated: all.truncated };
  }
}

/** Columns that are filling in all rows are left off. */
function shortened({ ids, mask }: TokenisedTexts, rows: number, length: number): Pick<TokenisedTexts, 'ids' | 'mask'> {
  const longest = Array.from({ length: rows }, (_, i) => mask.subarray(i * length, (i + 1) * length).reduce((sum, one) => sum + one, 0)).reduce((a, b) => Math.max(a, b), 1);
  const cut = (values: Int32Array): Int32Array => Int32Array.from({ length: rows * longest }, (_, i) => values[Math.floor(i / longest) * length + (i % longest)]!);
  return { ids: cut(ids), mask: cut(mask) };
}

function integers(type: 'int64' | 'int32', values: Int32Array, dims: readonly number[]): ort.Tensor {
  return type === 'int32' ? new ort.Tensor('int32', values, dims) : new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);
}

async function embedAll(tower: SessionTower, texts: readonly string[], dim: number, { batch: size, filled }: Way): Promise<EmbeddedTexts> {
  const data = new Float64Array(texts.length * dim);
  const truncated: boolean[] = [];
  for (let start = 0; start < texts.length; start += size) {
    const some = texts.slice(start, start + size);
    const batch = await tower.run(some, filled);
    some.forEach((text, i) => data.set(unit(batch.vectors.subarray(i * dim, (i + 1) * dim), text), (start + i) * dim));
    truncated.push(...batch.truncated);
  }
  return { ...createMatrix(data, texts.length, dim), truncated };
}

/** Rounded to single precision, so that a stored embedding is the computed one. */
function unit(vector: Float32Array, text: string): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!(length > 0 && Number.isFinite(length))) throw new AssayError('data.not_finite', `The text tower gives no usable embedding for "${text}".`);
  return vector.map((value) => value / length);
}

const largest = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
const difference = (a: Float32Array, b: Float32Array): number => largest(a.map((value, i) => value - b[i]!));

function refuse(message: string, hint?: string): never {
  throw new AssayError('model.invalid', message, { hint });
}

async function proven(tower: SessionTower): Promise<Way & { readonly dim: number }> {
  const together = await tower.run(probes);
  const { vectors, dim } = together;
  if (!vectors.every(Number.isFinite)) refuse('The text tower gives NaN or infinite values for an ordinary text.');
  if (difference(vectors, (await tower.run(probes)).vectors) !== 0) refuse('The text tower gives another embedding when it reads the same text again.', 'Export it in evaluation mode, without dropout.');
  const scale = largest(vectors);
  const first = (await tower.run(probes.slice(0, 1))).vectors;
  // Dynamically quantised towers scale their numbers by the whole batch.
  const batch = difference(first, vectors.subarray(0, dim)) > BATCH_TOLERANCE * scale ? 1 : BATCH;
  const second = vectors.subarray(dim, 2 * dim);
  if (difference(first, second) <= 1e-6 * scale) refuse('The text tower gives the same embedding for two different texts.', 'Check that the tokenizer belongs to it and that the right output is chosen.');
  return { dim, batch, filled: await needsFilling(tower, together.vectors) };
}

/**
 * Whether embeddings change without the filling. CLIP's do not, because its tokens look back only: its prompts of ten tokens then cost a
 * fraction of 77. SigLIP's do.
 */
async function needsFilling(tower: SessionTower, filled: Float32Array): Promise<boolean> {
  try {
    const { vectors } = await tower.run(probes, false);
    return !(difference(vectors, filled) <= FILLING_TOLERANCE * largest(filled));
  } catch (thrown) {
    // The graph takes one length only.
    if (toAssayError(thrown).code === 'model.shape') return true;
    throw thrown;
  }
}
