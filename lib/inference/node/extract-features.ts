import { AssayError, toAssayError } from '@/lib/errors';
import type { RgbImage } from '../preprocess/image';
import type { Extractor } from './extractor';

/** Vectors of some items, in the order of the source. */
export type FeatureBatch<Item> = {
  readonly items: readonly Item[];
  /** (items, dim), row-major. */
  readonly vectors: Float32Array;
};

export type ExtractOptions<Item> = {
  /** Reads and decodes one item. Several run at once; they should leave the main thread (file reads, sharp). */
  load: (item: Item) => Promise<RgbImage>;
  /** Receives the vectors; the next inference waits for it. */
  onBatch: (batch: FeatureBatch<Item>) => Promise<void> | void;
  /** Receives an item that could not be loaded or gave no finite vector; the rest proceeds. */
  onFailure: (item: Item, error: AssayError) => Promise<void> | void;
  /** Images loaded at the same time, at most. */
  concurrency?: number;
  /** Images per inference. */
  batchSize?: number;
  signal?: AbortSignal | undefined;
};

type Prepared<Item> = { item: Item; input: Float32Array } | { item: Item; error: AssayError };

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AssayError('job.cancelled', 'Feature extraction was cancelled.');
}

async function prepared<Item>(extractor: Extractor, load: (item: Item) => Promise<RgbImage>, item: Item): Promise<Prepared<Item>> {
  try {
    // The decoded image is let go at once: what waits for the network is no larger than the network's input.
    return { item, input: extractor.prepare(await load(item)) };
  } catch (thrown) {
    return { item, error: toAssayError(thrown) };
  }
}

/** Yields prepared inputs in the source's order, with at most `ahead` of them under way. */
async function* loadAhead<Item>(extractor: Extractor, source: AsyncIterable<Item> | Iterable<Item>, options: ExtractOptions<Item>, ahead: number): AsyncGenerator<Prepared<Item>> {
  const underWay: Promise<Prepared<Item>>[] = [];
  for await (const item of source) {
    throwIfCancelled(options.signal);
    underWay.push(prepared(extractor, options.load, item));
    if (underWay.length >= ahead) yield await underWay.shift()!;
  }
  while (underWay.length > 0) yield await underWay.shift()!;
}

/** Runs one batch and hands the finite vectors on. Returns how many there were. */
async function runBatch<Item>(extractor: Extractor, batch: readonly { item: Item; input: Float32Array }[], options: ExtractOptions<Item>): Promise<number> {
  const { dim } = extractor;
  const vectors = await extractor.embedPrepared(batch.map(({ input }) => input));
  const items: Item[] = [];
  const kept = new Float32Array(vectors.length);
  for (const [i, { item }] of batch.entries()) {
    const vector = vectors.subarray(i * dim, (i + 1) * dim);
    if (vector.every(Number.isFinite)) {
      kept.set(vector, items.length * dim);
      items.push(item);
    } else {
      await options.onFailure(item, new AssayError('data.not_finite', 'The network gave NaN or infinite values for this image.'));
    }
  }
  if (items.length > 0) await options.onBatch({ items, vectors: kept.subarray(0, items.length * dim) });
  return items.length;
}

/**
 * Turns a stream of items into feature vectors. Memory is bounded: at most `concurrency` images are decoded at a
 * time, and `batchSize` network inputs wait. Decoding goes on in other threads while this one resizes and the
 * network computes (ONNX Runtime's binding computes within the calling thread's turn, with its own threads beside).
 * @returns how many items gave a vector and how many failed
 * @throws AssayError `job.cancelled` when the signal is raised; whatever onBatch or onFailure throws
 */
export async function extractFeatures<Item>(
  extractor: Extractor,
  source: AsyncIterable<Item> | Iterable<Item>,
  options: ExtractOptions<Item>,
): Promise<{ extracted: number; failed: number }> {
  const { concurrency = 4, batchSize = extractor.fixedBatch ?? 8, signal } = options;
  const waiting: { item: Item; input: Float32Array }[] = [];
  let extracted = 0;
  let taken = 0;
  const flush = async (): Promise<void> => {
    throwIfCancelled(signal);
    extracted += await runBatch(extractor, waiting.splice(0), options);
  };
  for await (const next of loadAhead(extractor, source, options, Math.max(1, concurrency))) {
    taken++;
    if ('error' in next) await options.onFailure(next.item, next.error);
    else waiting.push(next);
    if (waiting.length >= batchSize) await flush();
  }
  if (waiting.length > 0) await flush();
  return { extracted, failed: taken - extracted };
}
