import type { MessagePort } from 'node:worker_threads';
import { NumericsError } from '@/lib/anomaly/errors';
import { withGemmProduct } from '@/lib/inference/dense/gemm-product';
import { runTask } from '@/lib/scoring/tasks';
import type { FromThread, ThreadOutcome, ThreadRequest, ToThread } from './messages';

/** The program of a compute thread: one task at a time, with progress and cancellation over `port`. */
export default async function computeInThread({ task, input, gemmThreads, port }: ThreadRequest): Promise<ThreadOutcome> {
  const cancel = new AbortController();
  port.on('message', (message: ToThread) => {
    if (message === 'cancel') cancel.abort();
  });
  try {
    const numerics = { signal: cancel.signal, onProgress: throttled(port) };
    const options = gemmThreads === null ? {} : { threads: gemmThreads };
    const value = await withGemmProduct((products) => runTask(task, input, { ...numerics, ...products }), options);
    return { succeeded: true, value };
  } catch (error) {
    // An error that is sent between threads arrives as a plain Error, without its code.
    if (error instanceof NumericsError) return { succeeded: false, code: error.code, message: error.message };
    throw error;
  } finally {
    port.close();
  }
}

const REPORT_EVERY_MS = 100;

function throttled(port: MessagePort): (done: number, total: number, step: string) => void {
  let reported = 0;
  return (done, total, step) => {
    const now = performance.now();
    if (now - reported < REPORT_EVERY_MS && done !== total) return;
    reported = now;
    port.postMessage({ done, total, step } satisfies FromThread);
  };
}
