import type { PrismaClient } from '@/lib/store/generated/client';

/**
 * Why results failed, in the words of their jobs.
 * @returns the message of a failed result's job; null of every other
 */
export async function jobErrors(store: PrismaClient, rows: readonly { readonly state: string; readonly jobId: string | null }[]): Promise<(jobId: string | null) => string | null> {
  const failed = rows.flatMap(({ state, jobId }) => (state === 'failed' && jobId !== null ? [jobId] : []));
  const jobs = failed.length === 0 ? [] : await store.job.findMany({ where: { id: { in: failed } }, select: { id: true, errorMessage: true } });
  return (jobId) => jobs.find(({ id }) => id === jobId)?.errorMessage ?? null;
}
