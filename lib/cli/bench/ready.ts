import { setTimeout as delay } from 'node:timers/promises';
import type { Instance } from './instance';

const lookEveryMs = 250;

/** Waits until a result is ready. @throws Error with the words of its job when that fails */
export async function ready<T extends { state: string; jobId: string | null }>({ store }: Instance['context'], look: () => Promise<T>): Promise<T> {
  for (;;) {
    const now = await look();
    if (now.state === 'ready') return now;
    if (now.state !== 'pending') {
      const job = await store.job.findUnique({ where: { id: now.jobId ?? '' } });
      throw new Error(`a job ended as ${now.state}: ${job?.errorMessage ?? 'it said nothing'} [${job?.errorCode ?? ''}]`);
    }
    await delay(lookEveryMs);
  }
}
