import { AssayError, toAssayError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { Transaction } from '@/lib/store/client';
import { settleExperiment } from '@/lib/store/experiment-progress';
import type { Job, PrismaClient } from '@/lib/store/generated/client';
import { endSelection, makesSelection } from '@/lib/store/selections/outcome';
import type { JobContext, JobDefinition, JobResult } from './definition';
import type { JobKind } from './inputs';
import { ProgressWriter } from './progress';
import { jobRegistry } from './registry';

const log = logger('jobs');

/** Thrown to hand a job back to the queue: this process stops, another goes on. */
class WorkerStopping extends Error {}

/**
 * Runs one job to its end and writes the outcome to its row. Failures of the job itself end it (state failed
 * or cancelled) and are not thrown. Only a stopping process or a lost database throws, so that the queue
 * gives the job to the next worker.
 */
export async function runJob(store: PrismaClient, jobId: string, stopping: AbortSignal): Promise<void> {
  const job = await store.job.findUnique({ where: { id: jobId } });
  if (job === null || job.state === 'cancelled' || job.state === 'failed') return;
  if (job.cancelRequestedAt !== null) return finish(store, job, { state: 'cancelled' });

  await store.job.update({
    where: { id: job.id },
    data: { state: 'running', startedAt: job.startedAt ?? new Date(), finishedAt: null, heartbeatAt: new Date() },
  });
  const started = performance.now();
  try {
    const result = await execute(store, job, stopping);
    await finish(store, job, { state: 'succeeded', result });
    log.info({ jobId, kind: job.kind, ms: Math.round(performance.now() - started) }, 'job succeeded');
  } catch (thrown) {
    await settleFailure(store, job, thrown, stopping);
  }
}

async function execute(store: PrismaClient, job: Job, stopping: AbortSignal): Promise<JobResult> {
  // The registry pairs kind and input; which pair this is, only the schema below can tell.
  const definition = jobRegistry[job.kind as JobKind] as unknown as JobDefinition;
  const cancel = new AbortController();
  const writer = new ProgressWriter(
    store,
    job.id,
    () => cancel.abort(new AssayError('job.cancelled', 'The job was cancelled.')),
    (error) => log.warn({ jobId: job.id, error }, 'progress was not written'),
  );
  const context: JobContext = {
    store,
    blobs: blobStore(),
    logger: log.child({ jobId: job.id, kind: job.kind }),
    signal: AbortSignal.any([cancel.signal, stopping]),
    progress: (update) => writer.report(update),
    jobId: job.id,
    projectId: job.projectId,
    createdById: job.createdById,
  };
  try {
    const handler = await definition.load();
    return await handler(definition.input.parse(job.input), context);
  } finally {
    await writer.close();
  }
}

async function settleFailure(store: PrismaClient, job: Job, thrown: unknown, stopping: AbortSignal): Promise<void> {
  const now = await store.job.findUnique({ where: { id: job.id }, select: { cancelRequestedAt: true } });
  if (now === null) return;
  if (now.cancelRequestedAt !== null) return finish(store, job, { state: 'cancelled' });
  if (stopping.aborted) {
    await store.job.update({ where: { id: job.id }, data: { state: 'queued', step: 'waiting for a worker' } });
    throw new WorkerStopping('The worker is stopping.');
  }
  const error = toAssayError(thrown);
  log.error({ jobId: job.id, kind: job.kind, code: error.code, error: thrown }, 'job failed');
  await finish(store, job, {
    state: 'failed',
    errorCode: error.code,
    errorMessage: error.message,
    errorHint: error.hint ?? null,
  });
}

/** A cell that could not be computed says why; the experiment goes on without it. */
async function finishCell(transaction: Transaction, job: Job, outcome: Exclude<Outcome, { state: 'succeeded' }>): Promise<void> {
  const cell = await transaction.experimentCell.findFirst({ where: { jobId: job.id, state: 'pending' }, select: { id: true, experimentId: true } });
  if (cell === null) return;
  const reason = outcome.state === 'failed' ? { errorCode: outcome.errorCode, errorMessage: outcome.errorMessage } : {};
  await transaction.experimentCell.update({ where: { id: cell.id }, data: { state: outcome.state, ...reason } });
  await settleExperiment(transaction, cell.experimentId);
}

type Outcome =
  | { state: 'succeeded'; result: JobResult }
  | { state: 'cancelled' }
  | { state: 'failed'; errorCode: string; errorMessage: string; errorHint: string | null };

const resultTables = { extract: 'featureSet', score: 'run', project: 'projection', export: 'export', patches: 'patchSet', generate: 'generation', find_prototypes: 'prototypeSearch', analyse_keep: 'keepAnalysis', pick_diverse: 'diversePick' } as const;

/** Writes the outcome to the job and, unless it succeeded (the handler did it then), to the result it was to make. */
async function finish(store: PrismaClient, job: Job, outcome: Outcome): Promise<void> {
  await store.$transaction(async (transaction) => {
    const data = outcome.state === 'succeeded' ? { ...outcome, result: JSON.parse(JSON.stringify(outcome.result)) } : outcome;
    await transaction.job.update({ where: { id: job.id }, data: { ...data, finishedAt: new Date(), step: null } });
    if (outcome.state === 'succeeded') return;
    if (job.kind === 'experiment_cell') return finishCell(transaction, job, outcome);
    if (makesSelection(job.kind)) return endSelection(transaction, job.id, outcome.state);
    if (!(job.kind in resultTables)) return;
    const where = { jobId: job.id, state: 'pending' as const };
    const change = { where, data: { state: outcome.state } };
    const table = resultTables[job.kind as keyof typeof resultTables];
    if (table === 'featureSet') await transaction.featureSet.updateMany(change);
    else if (table === 'run') await transaction.run.updateMany(change);
    else if (table === 'patchSet') await transaction.patchSet.updateMany(change);
    else if (table === 'projection') await transaction.projection.updateMany(change);
    else if (table === 'prototypeSearch') await transaction.prototypeSearch.updateMany(change);
    else if (table === 'keepAnalysis') await transaction.keepAnalysis.updateMany(change);
    else if (table === 'diversePick') await transaction.diversePick.updateMany(change);
    else if (table === 'generation') await transaction.generation.updateMany(change);
    else await transaction.export.updateMany(change);
  });
}
