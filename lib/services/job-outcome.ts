import { AssayError, toAssayError } from '@/lib/errors';
import type { PrismaClient } from '@/lib/store/generated/client';

const WAIT_MS = 120_000;
const POLL_MS = 250;

/**
 * Waits until a worker has done a short job that a caller needs the answer of.
 * @throws AssayError what the job failed with; `job.failed` when no worker came to it within two minutes
 */
export async function jobOutcome(store: PrismaClient, jobId: string, signal: AbortSignal): Promise<Record<string, unknown>> {
  const until = Date.now() + WAIT_MS;
  while (Date.now() < until) {
    signal.throwIfAborted();
    const job = await store.job.findUniqueOrThrow({ where: { id: jobId } });
    if (job.state === 'succeeded') return job.result as Record<string, unknown>;
    if (job.state === 'failed') throw toAssayError(Object.assign(new Error(job.errorMessage ?? 'The job failed.'), { code: job.errorCode }));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new AssayError('job.failed', 'No worker has come to it within two minutes.', { hint: 'See that a worker is running, then try again.' });
}
