import { toAssayError } from '@/lib/errors';
import { runTask } from '@/lib/scoring/tasks';
import { canShareMemory } from './browser-facts';
import type { ComputeRequest, FromComputeWorker } from './compute-messages';
import { openWebProducts } from './dense-products';
import { wasmThreads } from './provider';

/*
 * The program of a web worker that computes one task of lib/scoring/tasks.ts. It is cancelled by ending the worker, which frees
 * all that it holds at once.
 */

const REPORT_EVERY_MS = 100;
const scope = self as unknown as Worker;
const tell = (message: FromComputeWorker) => scope.postMessage(message);

function throttled(): (done: number, total: number, step: string) => void {
  let reported = 0;
  return (done, total, step) => {
    const now = performance.now();
    if (now - reported < REPORT_EVERY_MS && done !== total) return;
    reported = now;
    tell({ kind: 'progress', done, total, step });
  };
}

scope.addEventListener('message', (event: MessageEvent<ComputeRequest>) => {
  void (async () => {
    try {
      const { task, input } = event.data;
      const { runtime, ...products } = await openWebProducts(wasmThreads({ isolated: canShareMemory(), cores: navigator.hardwareConcurrency || 1 }));
      tell({ kind: 'done', value: await runTask(task, input, { ...products, onProgress: throttled() }), runtime });
    } catch (thrown) {
      const { code, message } = toAssayError(thrown);
      tell({ kind: 'failed', code, message });
    }
  })();
}, { once: true });
