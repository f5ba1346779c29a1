import { availableParallelism } from 'node:os';
import { MessageChannel } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { NumericsError } from '@/lib/anomaly/errors';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import type { Compute, ComputeOptions } from '@/lib/scoring/compute';
import { runTask, type ComputeInput, type ComputeResult, type ComputeTask } from '@/lib/scoring/tasks';
import type { PipelineContext } from '../context';
import { numericsContext } from '../progress';
import type { FromThread, ThreadOutcome, ToThread } from './messages';

type ThreadOptions = ComputeOptions & {
  /** Threads of one matrix product; by default all cores. One is right where as many tasks run as there are cores. */
  readonly gemmThreads?: number;
};

type Context = Pick<PipelineContext, 'signal' | 'progress'>;

let threads: Piscina | undefined;

/**
 * From now on computations of this process run in threads, as many at once as there are cores.
 * @param program the bundled lib/pipeline/compute/thread.ts
 * @returns ends the threads
 */
export function openComputeThreads(program: URL, count = availableParallelism()): () => Promise<void> {
  const pool = new Piscina({ filename: program.href, minThreads: 0, maxThreads: count, idleTimeout: 30_000, concurrentTasksPerWorker: 1 });
  threads = pool;
  return async () => {
    if (threads === pool) threads = undefined;
    await pool.destroy();
  };
}

/**
 * Runs a long computation: in a thread of the pool where one was opened, else right here. Progress and cancel are
 * those of the job. @throws NumericsError as the task does, `job.cancelled` when the signal aborts
 */
export function compute<K extends ComputeTask>(task: K, input: ComputeInput<K>, context: Context, options: ThreadOptions = {}): Promise<ComputeResult<K>> {
  if (threads !== undefined) return computeInThread(threads, task, input, context, options);
  const { words = {}, unit = 'samples', gemmThreads } = options;
  return withGemmProduct((products) => runTask(task, input, numericsContext(context, products, words, unit)), gemmThreads === undefined ? {} : { threads: gemmThreads });
}

/** `compute` for a job, as lib/scoring wants it. */
export function computeWith(context: Context): Compute {
  return (task, input, options) => compute(task, input, context, options);
}

async function computeInThread<K extends ComputeTask>(
  pool: Piscina,
  task: K,
  input: ComputeInput<K>,
  { signal, progress }: Context,
  { words = {}, unit = 'samples', gemmThreads }: ThreadOptions,
): Promise<ComputeResult<K>> {
  if (signal.aborted) throw new NumericsError('job.cancelled', 'The computation was cancelled.');
  const { port1: near, port2: far } = new MessageChannel();
  const cancel = () => near.postMessage('cancel' satisfies ToThread);
  near.on('message', ({ done, total, step }: FromThread) => progress({ step: words[step] ?? step, done, total, unit }));
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const request = { task, input, gemmThreads: gemmThreads ?? null, port: far };
    const outcome = (await pool.run(request, { transferList: [far] })) as ThreadOutcome<K>;
    if (outcome.succeeded) return outcome.value;
    throw new NumericsError(outcome.code, outcome.message);
  } finally {
    signal.removeEventListener('abort', cancel);
    near.close();
  }
}
