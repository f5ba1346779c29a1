import type { Transaction } from '@/lib/store/client';

/** Kinds of jobs that make a selection, with the batch and the feature sets that it needs. */
const selectionJobs: readonly string[] = ['select_models', 'select_prompts'];

export function makesSelection(jobKind: string): boolean {
  return selectionJobs.includes(jobKind);
}

type Tables = Pick<Transaction, 'selection' | 'generation' | 'featureSet'>;

/** A selection that was not finished, and whatever it was just making. */
export async function endSelection(tables: Tables, jobId: string, state: 'failed' | 'cancelled'): Promise<void> {
  await moveAll(tables, jobId, ['pending'], state);
}

/** The same goes on: what had been finished stays as it is. */
export async function reopenSelection(tables: Tables, jobId: string): Promise<void> {
  await moveAll(tables, jobId, ['failed', 'cancelled'], 'pending');
}

/** The same for a selection that no job makes. */
export async function endUnfinished(tables: Tables, selectionId: string, state: 'failed' | 'cancelled'): Promise<void> {
  const { generationId, featureSetIds } = await tables.selection.findUniqueOrThrow({ where: { id: selectionId }, select: { generationId: true, featureSetIds: true } });
  const change = { where: { jobId: null, state: 'pending' as const }, data: { state } };
  await tables.selection.updateMany({ ...change, where: { ...change.where, id: selectionId } });
  await tables.generation.updateMany({ ...change, where: { ...change.where, id: { in: generationId === null ? [] : [generationId] } } });
  await tables.featureSet.updateMany({ ...change, where: { ...change.where, id: { in: featureSetIds } } });
}

async function moveAll(tables: Tables, jobId: string, from: ('pending' | 'failed' | 'cancelled')[], state: 'pending' | 'failed' | 'cancelled'): Promise<void> {
  const change = { where: { jobId, state: { in: from } }, data: { state } };
  await tables.selection.updateMany(change);
  await tables.generation.updateMany(change);
  await tables.featureSet.updateMany(change);
}
