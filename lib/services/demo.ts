import { enqueueJob } from '@/lib/jobs/enqueue';
import { store } from '@/lib/store/client';

const DEMO_SEED = 1;

/** Orders the demo projects once in the life of an installation: who deletes them does not get them again. */
export async function ensureDemo(): Promise<void> {
  await store().$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('demo', 0))`;
    const ordered = await transaction.job.count({ where: { kind: 'demo' } });
    if (ordered > 0) return;
    await enqueueJob(transaction, { kind: 'demo', input: { seed: DEMO_SEED }, projectId: null, createdById: null });
  });
}
