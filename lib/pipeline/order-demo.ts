import { demoProducts } from '@/lib/demo/products/catalogue';
import { enqueueJob } from '@/lib/jobs/enqueue';
import type { PrismaClient } from '@/lib/store/generated/client';

const DEMO_SEED = 1;

/**
 * Creates the demo projects and orders their filling, once in the life of an installation: who deletes them does not
 * get them again. The jobs run one after another, so that the first ranking is there early.
 */
export async function orderDemo(store: PrismaClient): Promise<void> {
  await store.$transaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('demo', 0))`;
    if ((await transaction.job.count({ where: { kind: 'demo' } })) > 0) return;
    for (const { id, title, objectName } of demoProducts) {
      const project = await transaction.project.create({ data: { name: `Demo: ${title}`, objectName, demoProduct: id } });
      const input = { projectId: project.id, seed: DEMO_SEED };
      await enqueueJob(transaction, { kind: 'demo', input, projectId: project.id, createdById: null, queue: 'demo' });
    }
  });
}
