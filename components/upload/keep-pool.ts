import type { ImageToKeep, MaskToKeep } from '@/lib/inference/web/decode/keep-image';
import { callsOf, type WorkerCalls } from '@/lib/inference/web/worker-call';
import type { KeepRequest, KeepResult } from './keep-worker';

/** Each holds one decoded image at a time, which may take several hundred megabytes. */
const mostWorkers = 3;

let workers: WorkerCalls<KeepRequest, KeepResult>[] | undefined;
let turn = 0;

function nextWorker(): WorkerCalls<KeepRequest, KeepResult> {
  const count = Math.max(1, Math.min(mostWorkers, (navigator.hardwareConcurrency || 2) - 1));
  workers ??= Array.from({ length: count }, () => callsOf(new Worker(new URL('./keep-worker.ts', import.meta.url), { type: 'module' })));
  return workers[turn++ % count]!;
}

/** Decodes an image off the main thread and makes what is kept of it. @throws AssayError that says why it cannot be used */
export async function prepareImage(file: File): Promise<ImageToKeep> {
  return (await nextWorker().call({ file, as: 'image' })) as ImageToKeep;
}

/** The same for a mask. */
export async function prepareMask(file: File): Promise<MaskToKeep> {
  return (await nextWorker().call({ file, as: 'mask' })) as MaskToKeep;
}
