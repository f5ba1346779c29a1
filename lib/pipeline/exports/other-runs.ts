import type { PrismaClient, Run } from '@/lib/store/generated/client';

/**
 * The newest ready run of every other evaluator on the same features as a run, up to a moment, by the evaluators' names.
 * Runs that came after the moment are no part of what an export froze.
 */
export async function otherRuns({ id, featureSetId, evaluator }: Pick<Run, 'id' | 'featureSetId' | 'evaluator'>, until: Date, store: PrismaClient): Promise<Run[]> {
  const runs = await store.run.findMany({
    where: { featureSetId, state: 'ready', id: { not: id }, evaluator: { not: evaluator }, createdAt: { lte: until } },
    orderBy: [{ evaluator: 'asc' }, { createdAt: 'desc' }],
    distinct: ['evaluator'],
  });
  return runs;
}
