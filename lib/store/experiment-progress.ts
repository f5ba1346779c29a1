import type { Transaction } from './client';

const ENDED = { ready: 'succeeded', failed: 'failed', cancelled: 'cancelled' } as const;

/**
 * Brings an experiment and the job that shows its progress up to date with its cells; called in the transaction that
 * changed a cell. It ends when no cell is pending: ready when at least one cell is, else cancelled or failed.
 */
export async function settleExperiment(transaction: Transaction, experimentId: string): Promise<void> {
  // Of two cells that end at once, the second to come here must see the first.
  await transaction.$queryRaw`SELECT id FROM "Experiment" WHERE id = ${experimentId}::uuid FOR UPDATE`;
  const experiment = await transaction.experiment.findUnique({ where: { id: experimentId }, select: { jobId: true } });
  if (experiment === null || experiment.jobId === null) return;
  const groups = await transaction.experimentCell.groupBy({ by: ['state'], where: { experimentId }, _count: { _all: true } });
  const of = (state: string) => groups.find((group) => group.state === state)?._count._all ?? 0;
  const total = groups.reduce((sum, group) => sum + group._count._all, 0);
  const pending = of('pending');
  await transaction.job.update({ where: { id: experiment.jobId }, data: { done: total - pending, total, heartbeatAt: new Date() } });
  if (pending > 0) return;
  const state = of('cancelled') > 0 ? 'cancelled' : of('ready') > 0 ? 'ready' : 'failed';
  const finishedAt = new Date();
  await transaction.experiment.update({ where: { id: experimentId }, data: { state, finishedAt } });
  await transaction.job.update({
    where: { id: experiment.jobId },
    data: {
      state: ENDED[state],
      step: null,
      finishedAt,
      result: { experimentId, ready: of('ready'), failed: of('failed') },
      ...(state === 'failed' ? { errorCode: 'experiment.all_failed', errorMessage: 'No cell of the experiment could be computed.', errorHint: 'The experiment lists the reason of each.' } : {}),
    },
  });
}
