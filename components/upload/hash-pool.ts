import type { HashAnswer, HashRequest } from './hash-worker';

type Waiting = { resolve: (sha256: string) => void; reject: (error: Error) => void };

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

function startWorker(): Worker {
  const started = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<HashAnswer>) => {
    const asked = waiting.get(data.id);
    waiting.delete(data.id);
    if ('sha256' in data) asked?.resolve(data.sha256);
    else asked?.reject(new Error(data.error));
  });
  started.addEventListener('error', (event) => {
    for (const asked of waiting.values()) asked.reject(new Error(event.message || 'The hashing worker stopped.'));
    waiting.clear();
    worker = undefined;
  });
  return started;
}

/** SHA-256 of a file in hex, computed off the main thread. @throws Error when the file cannot be read */
export function hashFile(file: File): Promise<string> {
  worker ??= startWorker();
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker?.postMessage({ id, file } satisfies HashRequest);
  });
}
