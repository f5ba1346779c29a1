import { enqueueJob } from '@/lib/jobs/enqueue';
import type { Transaction } from '@/lib/store/client';
import { settleExperiment } from '@/lib/store/experiment-progress';
import type { Job } from '@/lib/store/generated/client';

/** Whoever scores a project goes before the cells of an experiment, of which there may be hundreds. */
const CELL_PRIORITY = 10;

type Owner = { readonly projectId: string; readonly createdById: string | null };

/** Queues one job per cell. */
export async function enqueueCells(transaction: Transaction, cells: readonly { readonly id: string }[], { projectId, createdById }: Owner): Promise<void> {
  for (const { id } of cells) {
    const job = await enqueueJob(transaction, { kind: 'experiment_cell', projectId, createdById, input: { cellId: id }, priority: CELL_PRIORITY });
    await transaction.experimentCell.update({ where: { id }, data: { jobId: job.id } });
  }
}

/** Cancels the waiting cells of an experiment at once and asks the running ones to stop. `jobId` is the experiment's own job. */
export async function cancelCells(transaction: Transaction, jobId: string): Promise<void> {
  const experiment = await transaction.experiment.findFirst({ where: { jobId }, select: { id: true } });
  if (experiment === null) return;
  const cells = await transaction.experimentCell.findMany({ where: { experimentId: experiment.id, state: 'pending', jobId: { not: null } }, select: { jobId: true } });
  const jobIds = cells.map((cell) => cell.jobId).filter((id) => id !== null);
  const now = new Date();
  await transaction.job.updateMany({ where: { id: { in: jobIds }, state: 'queued' }, data: { state: 'cancelled', cancelRequestedAt: now, finishedAt: now } });
  await transaction.job.updateMany({ where: { id: { in: jobIds }, state: 'running' }, data: { cancelRequestedAt: now } });
  const stopped = await transaction.job.findMany({ where: { id: { in: jobIds }, state: 'cancelled' }, select: { id: true } });
  await transaction.experimentCell.updateMany({ where: { jobId: { in: stopped.map(({ id }) => id) }, state: 'pending' }, data: { state: 'cancelled' } });
  await settleExperiment(transaction, experiment.id);
}

/** Makes the failed and cancelled cells of an experiment wait again, each with a new job; finished ones are kept. */
export async function retryCells(transaction: Transaction, job: Job): Promise<Job> {
  const experiment = await transaction.experiment.findFirstOrThrow({ where: { jobId: job.id } });
  const cells = await transaction.experimentCell.findMany({ where: { experimentId: experiment.id, state: { in: ['failed', 'cancelled'] } }, select: { id: true } });
  await transaction.experimentCell.updateMany({ where: { id: { in: cells.map(({ id }) => id) } }, data: { state: 'pending', errorCode: null, errorMessage: null } });
  await transaction.experiment.update({ where: { id: experiment.id }, data: { state: 'pending', finishedAt: null } });
  const cleared = { cancelRequestedAt: null, errorCode: null, errorMessage: null, errorHint: null, finishedAt: null, startedAt: new Date() };
  await transaction.job.update({ where: { id: job.id }, data: { state: 'running', ...cleared } });
  await enqueueCells(transaction, cells, experiment);
  await settleExperiment(transaction, experiment.id);
  return transaction.job.findUniqueOrThrow({ where: { id: job.id } });
}
