import type { FeatureSet, Model } from '@/lib/api/contracts/features';
import type { Certificate } from '@/lib/api/contracts/parity';
import { toAssayError } from '@/lib/errors';
import { openEngine, type WebEngine } from '@/lib/inference/web/engine';
import { extractInBrowser, type ExtractionProgress, type ItemFailure } from '@/lib/inference/web/extract';
import { createGate } from '@/lib/inference/web/gate';
import { readManifest } from '@/lib/inference/web/read-manifest';
import type { ProviderWish } from '@/lib/inference/web/provider';
import { browserDoors } from './browser-doors';
import { holdSet } from './set-lock';
import { forgetWish, keepWish } from './set-wish';

/** `opening`: loading the network, finding the batch size, comparing with the server. */
export type RunPhase = 'opening' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed';

/** How far an extraction in this browser is. */
export type RunState = {
  readonly projectId: string;
  readonly modelName: string;
  readonly phase: RunPhase;
  /** Which provider runs, and why it is this one. */
  readonly why: string;
  readonly featureSetId: string | null;
  readonly certificate: Certificate | null;
  readonly batch: number | null;
  readonly extracted: number;
  /** Images that lacked a vector at the beginning. */
  readonly total: number | null;
  readonly imagesPerSecond: number | null;
  readonly failures: readonly ItemFailure[];
  readonly error: unknown;
};

export type RunRequest = { readonly projectId: string; readonly model: Model; readonly wish: ProviderWish; /** A set that was begun before. */ readonly resumed: FeatureSet | null };

/** Vectors of a chunk take at most these bytes, and a reload costs at most so many images. */
const CHUNK_BYTES = 2_600_000;
const CHUNK_IMAGES = 32;

const chunkOf = (dim: number) => Math.max(1, Math.min(CHUNK_IMAGES, Math.floor(CHUNK_BYTES / (4 * dim))));

/** One extraction in this browser; it goes on while the person looks at other pages of Assay. */
export class BrowserRun {
  #state: RunState;
  readonly #gate = createGate();
  readonly #cancel = new AbortController();
  readonly #listeners = new Set<() => void>();
  #release: () => void = () => undefined;

  constructor(readonly request: RunRequest) {
    this.#state = {
      projectId: request.projectId, modelName: request.model.name, phase: 'opening', why: 'Looking at what this browser can do.', featureSetId: request.resumed?.id ?? null,
      certificate: null, batch: null, extracted: 0, total: null, imagesPerSecond: null, failures: [], error: null,
    };
  }

  get state(): RunState {
    return this.#state;
  }

  /** Calls `listener` after every change. */
  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  pause(): void {
    if (this.#state.phase !== 'running') return;
    this.#gate.close();
    this.#set({ phase: 'paused' });
  }

  resume(): void {
    if (this.#state.phase !== 'paused') return;
    this.#set({ phase: 'running' });
    this.#gate.open();
  }

  /** Ends the work; the feature set is closed without becoming ready. */
  cancel(): void {
    this.#cancel.abort();
    this.#gate.open();
  }

  /** Runs to the end. Never throws: the outcome stands in the state. */
  async start(): Promise<void> {
    try {
      await this.#run();
    } catch (error) {
      this.#release();
      if (this.#cancel.signal.aborted) await this.#endCancelled();
      else this.#set({ phase: 'failed', error });
    }
  }

  async #run(): Promise<void> {
    const { model, resumed } = this.request;
    const { signal } = this.#cancel;
    if (resumed !== null) this.#release = await holdSet(resumed.id);
    const { engine, accepted: certificate } = await openEngine({
      modelUrl: browserDoors.modelUrl(model),
      weightsUrl: (name) => browserDoors.weightsUrl(model, name),
      manifest: readManifest(model.manifest),
      wish: this.request.wish,
      accept: (opened, plan) => browserDoors.certify(model, opened, plan, signal),
      onStep: (why) => this.#set({ why }),
      signal,
    });
    try {
      this.#set({ why: engine.plan.why, certificate, batch: engine.batch });
      await this.#extract(engine, certificate);
    } finally {
      engine.close();
    }
  }

  async #extract(engine: WebEngine, certificate: Certificate): Promise<void> {
    const { projectId, resumed } = this.request;
    const { signal } = this.#cancel;
    const set = resumed ?? (await this.#begin(certificate));
    this.#set({ phase: 'running', featureSetId: set.id, total: set.missing });
    const source = await browserDoors.imageSource(projectId, signal);
    const progress = await extractInBrowser(
      engine,
      {
        missing: () => browserDoors.missing(projectId, set.id, signal),
        source,
        store: (ids, vectors) => browserDoors.store(projectId, set.id, certificate.id, ids, vectors, signal),
      },
      { chunk: chunkOf(engine.dim), gate: this.#gate, signal, onProgress: (now) => this.#take(now) },
    );
    this.#take(progress);
    await browserDoors.end(projectId, set.id, 'ready', progress.imagesPerSecond);
    forgetWish(set.id);
    this.#release();
    this.#set({ phase: 'done' });
  }

  /** A new set, which this tab fills. */
  async #begin({ id }: Certificate): Promise<FeatureSet> {
    const { projectId, model, wish } = this.request;
    const set = await browserDoors.start(projectId, model.id, id);
    keepWish(set.id, wish);
    this.#release = await holdSet(set.id);
    return set;
  }

  async #endCancelled(): Promise<void> {
    const { projectId, featureSetId } = this.#state;
    try {
      if (featureSetId !== null) {
        await browserDoors.end(projectId, featureSetId, 'cancelled', null);
        forgetWish(featureSetId);
      }
      this.#set({ phase: 'cancelled' });
    } catch (error) {
      this.#set({ phase: 'failed', error: toAssayError(error) });
    }
  }

  #take({ extracted, failures, imagesPerSecond }: ExtractionProgress): void {
    this.#set({ extracted, failures, imagesPerSecond });
  }

  #set(change: Partial<RunState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
