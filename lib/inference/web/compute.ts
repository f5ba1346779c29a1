import { AssayError } from '@/lib/errors';
import type { Compute, ComputeOptions } from '@/lib/scoring/compute';
import type { ComputeInput, ComputeResult, ComputeTask } from '@/lib/scoring/tasks';
import type { ComputeRequest, FromComputeWorker } from './compute-messages';

/** How far a computation is: the step in words, and what its numbers count. */
export type ComputeProgress = { readonly step: string; readonly done: number; readonly total: number; readonly unit: string };

export type WebCompute = {
  readonly compute: Compute;
  /** What computed last, as a stored result names it; empty before the first task is done. */
  runtime(): string;
};

/**
 * Computations of this page in web workers, one for each task, so that the page stays free and cancelling frees everything.
 * @param onProgress at most ten times a second
 */
export function webCompute(signal: AbortSignal, onProgress: (progress: ComputeProgress) => void): WebCompute {
  let runtime = '';
  return {
    runtime: () => runtime,
    compute: <K extends ComputeTask>(task: K, input: ComputeInput<K>, options: ComputeOptions = {}) =>
      inWorker(task, input, options, signal, onProgress).then<ComputeResult<K>>((done) => {
        runtime = `browser, ${done.runtime}`;
        return done.value;
      }),
  };
}

type Done<K extends ComputeTask> = { readonly value: ComputeResult<K>; readonly runtime: string };

function inWorker<K extends ComputeTask>(task: K, input: ComputeInput<K>, { words = {}, unit = 'samples' }: ComputeOptions, signal: AbortSignal, onProgress: (progress: ComputeProgress) => void): Promise<Done<K>> {
  const cancelled = () => new AssayError('job.cancelled', 'The computation was cancelled.');
  if (signal.aborted) return Promise.reject(cancelled());
  const worker = new Worker(new URL('./compute-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Done<K>>((resolve, reject) => {
    const cancel = () => settle(() => reject(cancelled()));
    const settle = (end: () => void) => {
      signal.removeEventListener('abort', cancel);
      worker.terminate();
      end();
    };
    signal.addEventListener('abort', cancel, { once: true });
    worker.addEventListener('message', ({ data }: MessageEvent<FromComputeWorker<K>>) => {
      if (data.kind === 'progress') onProgress({ step: words[data.step] ?? data.step, done: data.done, total: data.total, unit });
      else if (data.kind === 'done') settle(() => resolve(data));
      else settle(() => reject(new AssayError(data.code, data.message)));
    });
    worker.addEventListener('error', ({ message }) => settle(() => reject(new AssayError('job.failed', `The computation stopped: ${message || 'it gave no reason'}.`, { hint: 'Reload the page, then compute it again.' }))));
    worker.postMessage({ task, input } satisfies ComputeRequest<K>);
  });
}
