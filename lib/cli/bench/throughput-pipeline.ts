import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { extractImages } from '@/lib/pipeline/extraction/extract-images';
import type { Embedding } from '@/lib/pipeline/extraction/threads';
import { ownMs } from './throughput-stages';

/** One pass: images a second, own processor time an image, cores that other programs left. */
export type Pass = { readonly perSecond: number; readonly ownMs: number; readonly coresLeft: number };

/** Milliseconds that the cores of the machine were busy so far, whoever used them. */
function machineMs(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

/** Runs the files through the worker's own pipeline, whose threads are open already. */
export async function timedPass(embedding: Embedding, dim: number, files: readonly string[], { cores, batchSize }: { cores: number; batchSize: number }): Promise<Pass> {
  const [own, machine, started] = [ownMs(), machineMs(), performance.now()];
  await extractImages(embedding, files, {
    dim,
    read: (file) => readFile(file),
    onBatch: () => undefined,
    onFailure: (file, error) => {
      throw new Error(`${file}: ${error.message}`, { cause: error });
    },
    batchSize,
  });
  const wall = performance.now() - started;
  const used = ownMs() - own;
  const others = Math.max(0, machineMs() - machine - used);
  return { perSecond: files.length / (wall / 1000), ownMs: used / files.length, coresLeft: Math.max(0, cores - others / wall) };
}
