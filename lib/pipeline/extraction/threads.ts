import { totalmem } from 'node:os';
import { Piscina } from 'piscina';
import type { ModelManifest } from '@/lib/inference/manifest';
import type { Extractor } from '@/lib/inference/node/extractor';
import type { OnnxProvider } from '@/lib/inference/node/provider';
import type { ModelSource } from '@/lib/inference/node/session';
import { embedFiles, type EmbeddedFiles } from './embed-files';
import { planExtraction, type ExtractionPlan } from './plan';
import type { PatchTask, ThreadSetting } from './thread';

/** Turns batches of image files into vectors; several batches can be under way. */
export type Embedding = {
  /** Batches worth having under way at once. */
  readonly ahead: number;
  embed(files: readonly Uint8Array[]): Promise<EmbeddedFiles>;
  close(): Promise<void>;
};

/** Batches that each thread has: while one is computed, the files of the other are decoded. */
const BATCHES_PER_THREAD = 2;

let program: URL | undefined;
let running = 0;

/** From now on extractions of this process use threads. @param file the bundled lib/pipeline/extraction/thread.ts */
export function openExtractionThreads(file: URL): void {
  program = file;
}

/** Memory that this process may use, in bytes. */
function memoryBytes(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/** How an extraction that starts now spreads over `cores`; null where no threads were opened. */
export function planNow(given: { cores: number; modelBytes: number; provider: OnnxProvider }): ExtractionPlan | null {
  return program === undefined ? null : planExtraction({ ...given, running, memoryBytes: memoryBytes() });
}

/**
 * Starts an extraction as planned: in threads, or right here without a plan.
 * @param extractor the proven network; it computes itself where the plan has one network for all
 * @param patches where the files are to give patches, as `extractor` does
 */
export async function startEmbedding(
  plan: ExtractionPlan | null,
  model: ModelSource,
  manifest: ModelManifest,
  extractor: Pick<Extractor, 'prepare' | 'embedPrepared'>,
  patches?: PatchTask,
): Promise<Embedding> {
  if (plan === null || program === undefined) {
    const here = { prepare: extractor.prepare, embed: extractor.embedPrepared };
    return { ahead: 2, embed: (files) => embedFiles(here, files), close: async () => undefined };
  }
  running += 1;
  const whole = plan.mode === 'whole';
  const pool = openPool(program, plan.threads, { manifest, model: whole ? shared(model) : null, patches });
  return {
    ahead: plan.threads * BATCHES_PER_THREAD,
    async embed(files) {
      const answer = (await pool.run(files)) as EmbeddedFiles;
      return whole ? answer : throughNetwork(answer, extractor);
    },
    async close() {
      running -= 1;
      await pool.destroy();
    },
  };
}

function openPool(file: URL, threads: number, setting: ThreadSetting): Piscina {
  return new Piscina({ filename: file.href, minThreads: threads, maxThreads: threads, concurrentTasksPerWorker: BATCHES_PER_THREAD, workerData: setting });
}

/** Bytes in memory that all threads see; a path is one for all as it is. */
function shared(bytes: ModelSource): SharedArrayBuffer | string {
  if (typeof bytes === 'string') return bytes;
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}

/** The vectors of inputs that the threads prepared. */
async function throughNetwork({ outcomes, values }: EmbeddedFiles, extractor: Pick<Extractor, 'embedPrepared'>): Promise<EmbeddedFiles> {
  const count = outcomes.filter((outcome) => outcome === null).length;
  if (count === 0) return { outcomes, values };
  const length = values.length / count;
  const inputs = Array.from({ length: count }, (_, i) => values.subarray(i * length, (i + 1) * length));
  return { outcomes, values: await extractor.embedPrepared(inputs) };
}
