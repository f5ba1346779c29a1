import type { PrismaClient, Run } from '@/lib/store/generated/client';

/** The run that pages show unless another is chosen: the newest ready one of EAP, else the newest ready one. */
export async function defaultRun(store: PrismaClient, projectId: string): Promise<Run | null> {
  const ready = { projectId, state: 'ready' as const };
  const newest = { orderBy: { createdAt: 'desc' as const } };
  const eap = await store.run.findFirst({ where: { ...ready, evaluator: 'EAP' }, ...newest });
  return eap ?? store.run.findFirst({ where: ready, ...newest });
}
