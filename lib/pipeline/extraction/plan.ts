import type { OnnxProvider } from '@/lib/inference/node/provider';

/** How one feature extraction spreads over the cores. */
export type ExtractionPlan = {
  /**
   * 'whole': every thread decodes, resizes and runs a network of its own with one core. 'prepare': the threads decode and resize; one network, which
   * uses all cores or another device, runs in the calling thread.
   */
  readonly mode: 'whole' | 'prepare';
  readonly threads: number;
  /** Cores that one network uses. */
  readonly networkThreads: number;
};

/** Room for a network's activations, its thread and the images under way, beside the weights. */
const BESIDE_WEIGHTS = 256 * 2 ** 20;

/** Copies of the weights while a network is loaded: the file's bytes and what the runtime makes of them. */
const COPIES = 2;

/**
 * One network per core wastes nothing on waiting for one another, as long as so many fit into half of the memory. Otherwise, and where another
 * device computes, one network serves all. Extractions that run at the same time divide the cores.
 * @param running extractions of this process that run already
 */
export function planExtraction(given: { cores: number; running: number; modelBytes: number; memoryBytes: number; provider: OnnxProvider }): ExtractionPlan {
  const threads = Math.max(1, Math.floor(given.cores / (given.running + 1)));
  const needed = threads * (COPIES * given.modelBytes + BESIDE_WEIGHTS);
  if (given.provider !== 'cpu') return { mode: 'prepare', threads, networkThreads: 1 };
  return needed <= given.memoryBytes / 2 ? { mode: 'whole', threads, networkThreads: 1 } : { mode: 'prepare', threads, networkThreads: threads };
}
