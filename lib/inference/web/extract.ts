import { AssayError, toAssayError } from '@/lib/errors';
import type { WebEngine } from './engine';
import type { Gate } from './gate';

/** An image that lacks a vector. */
export type MissingItem = { readonly id: string; readonly fileName: string };

/** Failure of one image; the others proceed. */
export type ItemFailure = { readonly id: string; readonly fileName: string; readonly code: string; readonly message: string };

export type ExtractionPorts<Item extends MissingItem> = {
  /** Images without a vector, page by page. What was stored before is not among them. */
  readonly missing: () => AsyncIterable<Item>;
  /** Bytes of an image, or their address. */
  readonly source: (item: Item) => Blob | string | Promise<Blob | string>;
  /** Keeps the vectors of some images, (ids, dim) row-major. */
  readonly store: (ids: readonly string[], vectors: Float32Array) => Promise<void>;
};

export type ExtractionProgress = { readonly extracted: number; readonly failures: readonly ItemFailure[]; readonly imagesPerSecond: number | null };

export type ExtractionOptions = {
  /** Images whose vectors are stored together: what a reload costs at most. */
  readonly chunk: number;
  readonly gate: Gate;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExtractionProgress) => void;
  /** Milliseconds; given in tests. */
  readonly now?: () => number;
};

type Engine = Pick<WebEngine, 'prepare' | 'embed' | 'batch' | 'dim' | 'decoders'>;
type Prepared<Item> = { readonly item: Item; readonly input: Float32Array } | { readonly item: Item; readonly error: AssayError };
type Ready<Item> = { readonly item: Item; readonly input: Float32Array };

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AssayError('job.cancelled', 'The extraction was cancelled.');
}

/** Prepares images in their order with a few under way, so that the network never waits for a decoder. */
async function* prepareAhead<Item extends MissingItem>(engine: Engine, ports: ExtractionPorts<Item>, { signal }: ExtractionOptions): AsyncGenerator<Prepared<Item>> {
  const underWay: Promise<Prepared<Item>>[] = [];
  const ahead = Math.max(2 * engine.decoders, engine.batch);
  for await (const item of ports.missing()) {
    throwIfCancelled(signal);
    underWay.push(Promise.resolve(item).then(ports.source).then((source) => engine.prepare(source)).then(
      (input) => ({ item, input }),
      (thrown: unknown) => ({ item, error: toAssayError(thrown) }),
    ));
    if (underWay.length >= ahead) yield await underWay.shift()!;
  }
  while (underWay.length > 0) yield await underWay.shift()!;
}

/** Failures that are not the image's own: the server is gone, the worker stopped, the person cancelled. */
function endsAll({ code }: AssayError): boolean {
  return !/^(image|data)\.|^request\.(not_found|too_large)$|^private\.image_missing$/.test(code);
}

/**
 * Turns all images that lack a vector into vectors, in this browser. Memory stays flat: a few images are decoded at a
 * time, and only the vectors of one chunk wait. A chunk that was stored is never computed again; the rest is what
 * `ports.missing` gives the next time.
 * @throws AssayError `job.cancelled`; whatever stops the engine or the store
 */
export async function extractInBrowser<Item extends MissingItem>(engine: Engine, ports: ExtractionPorts<Item>, options: ExtractionOptions): Promise<ExtractionProgress> {
  const { gate, signal, chunk, now = () => performance.now() } = options;
  const failures: ItemFailure[] = [];
  const batch: Ready<Item>[] = [];
  const vectors = new Float32Array(chunk * engine.dim);
  let ids: string[] = [];
  let [extracted, seconds] = [0, 0];

  const progress = (): ExtractionProgress => ({ extracted, failures: [...failures], imagesPerSecond: extracted === 0 || seconds === 0 ? null : extracted / seconds });
  const fail = ({ id, fileName }: Item, { code, message }: AssayError): void => {
    failures.push({ id, fileName, code, message });
    options.onProgress(progress());
  };
  const storeChunk = async (): Promise<void> => {
    if (ids.length === 0) return;
    await ports.store(ids, vectors.slice(0, ids.length * engine.dim));
    ids = [];
  };
  const keep = async ({ item }: Ready<Item>, vector: Float32Array): Promise<void> => {
    if (!vector.every(Number.isFinite)) return fail(item, new AssayError('data.not_finite', 'The network gave NaN or infinite values for this image.'));
    vectors.set(vector, ids.length * engine.dim);
    ids.push(item.id);
    extracted += 1;
    if (ids.length === chunk) await storeChunk();
  };
  const runBatch = async (): Promise<void> => {
    throwIfCancelled(signal);
    const ready = batch.splice(0);
    const answer = await engine.embed(ready.map(({ input }) => input));
    for (const [row, one] of ready.entries()) await keep(one, answer.vectors.subarray(row * engine.dim, (row + 1) * engine.dim));
    options.onProgress(progress());
  };

  let since = now();
  for await (const next of prepareAhead(engine, ports, options)) {
    if ('error' in next) {
      throwIfCancelled(signal);
      if (endsAll(next.error)) throw next.error;
      fail(next.item, next.error);
      continue;
    }
    batch.push(next);
    if (batch.length < engine.batch) continue;
    await runBatch();
    seconds += (now() - since) / 1000;
    if (gate.isClosed) {
      // The page may be closed meanwhile.
      await storeChunk();
      await gate.passed();
    }
    since = now();
  }
  if (batch.length > 0) await runBatch();
  seconds += (now() - since) / 1000;
  await storeChunk();
  return progress();
}
