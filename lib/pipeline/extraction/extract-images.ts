import { AssayError, toAssayError } from '@/lib/errors';
import { errorOf, type EmbeddedFiles } from './embed-files';
import type { Embedding } from './threads';

/** Vectors of some items, in the order of the source. */
export type VectorBatch<Item> = {
  readonly items: readonly Item[];
  /** (items, dim), row-major. */
  readonly vectors: Float32Array;
};

export type ExtractImagesOptions<Item> = {
  /** Length of the vectors. */
  dim: number;
  /** Reads an item's file. */
  read: (item: Item) => Promise<Uint8Array>;
  /** Receives the vectors; the next are waited for only afterwards. */
  onBatch: (batch: VectorBatch<Item>) => Promise<void> | void;
  /** Receives an item that could not be read or decoded or gave no finite vector; the rest proceeds. */
  onFailure: (item: Item, error: AssayError) => Promise<void> | void;
  /** Images of one batch. */
  batchSize: number;
  signal?: AbortSignal | undefined;
};

type Settled<Item> = { readonly items: readonly Item[]; readonly failures: readonly (readonly [Item, AssayError])[]; readonly embedded: EmbeddedFiles };

async function embedBatch<Item>(embedding: Embedding, batch: readonly Item[], read: (item: Item) => Promise<Uint8Array>): Promise<Settled<Item>> {
  const files: Uint8Array[] = [];
  const items: Item[] = [];
  const failures: [Item, AssayError][] = [];
  const reading = await Promise.allSettled(batch.map((item) => read(item)));
  for (const [i, result] of reading.entries()) {
    const item = batch[i]!;
    if (result.status === 'rejected') {
      failures.push([item, toAssayError(result.reason)]);
      continue;
    }
    items.push(item);
    files.push(result.value);
  }
  return { items, failures, embedded: await embedding.embed(files) };
}

/** Hands one batch on: failures first, then the finite vectors. Returns how many there were. */
async function deliver<Item>({ items, failures, embedded }: Settled<Item>, { dim, onBatch, onFailure }: ExtractImagesOptions<Item>): Promise<number> {
  for (const [item, error] of failures) await onFailure(item, error);
  const kept: Item[] = [];
  const vectors = new Float32Array(embedded.values.length);
  let at = 0;
  for (const [i, outcome] of embedded.outcomes.entries()) {
    if (outcome !== null) {
      await onFailure(items[i]!, errorOf(outcome));
      continue;
    }
    const vector = embedded.values.subarray(at, at + dim);
    at += dim;
    if (!vector.every(Number.isFinite)) {
      await onFailure(items[i]!, new AssayError('data.not_finite', 'The network gave NaN or infinite values for this image.'));
      continue;
    }
    vectors.set(vector, kept.length * dim);
    kept.push(items[i]!);
  }
  if (kept.length > 0) await onBatch({ items: kept, vectors: vectors.subarray(0, kept.length * dim) });
  return kept.length;
}

/**
 * Turns items into feature vectors, in the order of the source. Memory is bounded: `embedding.ahead` batches are under way at most, read, decoded, resized and
 * run through the network side by side.
 * @returns how many items gave a vector and how many failed
 * @throws AssayError `job.cancelled` when the signal is raised; whatever onBatch or onFailure throws
 */
export async function extractImages<Item>(embedding: Embedding, source: readonly Item[], options: ExtractImagesOptions<Item>): Promise<{ extracted: number; failed: number }> {
  const { batchSize, read, signal } = options;
  const underWay: Promise<Settled<Item>>[] = [];
  let extracted = 0;
  const settle = async (): Promise<void> => {
    const settled = await underWay.shift()!;
    throwIfCancelled(signal);
    extracted += await deliver(settled, options);
  };
  for (let from = 0; from < source.length; from += batchSize) {
    throwIfCancelled(signal);
    const next = embedBatch(embedding, source.slice(from, from + batchSize), read);
    // Whoever stops early does not wait for the rest; their failures then belong to nobody.
    next.catch(() => undefined);
    underWay.push(next);
    if (underWay.length > embedding.ahead) await settle();
  }
  while (underWay.length > 0) await settle();
  return { extracted, failed: source.length - extracted };
}

function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new AssayError('job.cancelled', 'Feature extraction was cancelled.');
}
