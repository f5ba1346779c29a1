import type { z } from 'zod';
import type { jobListSchema, jobSchema, Job as JobDto } from '@/lib/api/contracts/jobs';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { requeueJob } from '@/lib/jobs/enqueue';
import type { Job } from '@/lib/store/generated/client';
import { makesSelection, reopenSelection } from '@/lib/store/selections/outcome';
import type { ServiceContext } from './context';
import { cancelCells, retryCells } from './experiment-cells';

const LIST_LIMIT = 50;
const active = ['queued', 'running'] as const;

/** Cells of an experiment are shown by its own job, which no worker runs. */
const CELL = 'experiment_cell';

/** Jobs of a project, newest first; with `active` only those that are queued or running. */
export async function listJobs(
  { store }: ServiceContext,
  { projectId, activeOnly }: { projectId: string; activeOnly: boolean },
): Promise<z.infer<typeof jobListSchema>> {
  const jobs = await store.job.findMany({
    where: { projectId, kind: { not: CELL }, ...(activeOnly ? { state: { in: [...active] } } : {}) },
    orderBy: { createdAt: 'desc' },
    take: LIST_LIMIT,
  });
  return { jobs: jobs.map(toJobDto) };
}

/** @throws AssayError `request.not_found` */
export async function getJob({ store }: ServiceContext, where: { projectId: string; jobId: string }): Promise<JobDto> {
  return toJobDto(await findJob(store, where));
}

/** Asks a job to stop at its next step; a queued one is cancelled at once. An ended job stays as it is. */
export async function cancelJob({ store, actor }: ServiceContext, where: { projectId: string; jobId: string }): Promise<JobDto> {
  const job = await findJob(store, where);
  await store.$transaction(async (transaction) => {
    const { count } = await transaction.job.updateMany({
      where: { id: job.id, state: { in: [...active] }, cancelRequestedAt: null },
      data: { cancelRequestedAt: new Date() },
    });
    if (count === 0) return;
    if (job.kind === 'experiment') await cancelCells(transaction, job.id);
    await recordEvent(transaction, { actor, projectId: where.projectId }, { type: 'job.cancelled', jobId: job.id, kind: job.kind });
  });
  return toJobDto(await findJob(store, where));
}

/** Queues a failed or cancelled job again; what it had finished is not repeated. */
export async function retryJob({ store, actor }: ServiceContext, where: { projectId: string; jobId: string }): Promise<JobDto> {
  const job = await findJob(store, where);
  if (job.state !== 'failed' && job.state !== 'cancelled') {
    throw new AssayError('request.conflict', 'Only a failed or cancelled job can be retried.');
  }
  return toJobDto(
    await store.$transaction(async (transaction) => {
      const pending = { where: { jobId: job.id }, data: { state: 'pending' as const } };
      if (job.kind === 'extract') await transaction.featureSet.updateMany(pending);
      if (job.kind === 'score') await transaction.run.updateMany(pending);
      if (job.kind === 'project') await transaction.projection.updateMany(pending);
      if (job.kind === 'patches') await transaction.patchSet.updateMany(pending);
      if (job.kind === 'export') await transaction.export.updateMany(pending);
      if (makesSelection(job.kind)) await reopenSelection(transaction, job.id);
      if (job.kind === 'generate') await transaction.generation.updateMany(pending);
      if (job.kind === 'analyse_keep') await transaction.keepAnalysis.updateMany(pending);
      if (job.kind === 'pick_diverse') await transaction.diversePick.updateMany(pending);
      if (job.kind === 'find_prototypes') await transaction.prototypeSearch.updateMany(pending);
      await recordEvent(transaction, { actor, projectId: where.projectId }, { type: 'job.retried', jobId: job.id, kind: job.kind });
      return job.kind === 'experiment' ? retryCells(transaction, job) : requeueJob(transaction, job);
    }),
  );
}

/** The job as the contracts describe it. `secondsLeft` follows from rate, done and total. */
export function toJobDto(job: Job): JobDto {
  const left = job.rate !== null && job.rate > 0 && job.total !== null ? (job.total - job.done) / job.rate : null;
  return {
    id: job.id,
    projectId: job.projectId,
    kind: job.kind as z.infer<typeof jobSchema>['kind'],
    state: job.state,
    step: job.step,
    done: job.done,
    total: job.total,
    rate: job.rate,
    unit: job.unit,
    secondsLeft: job.state === 'running' ? left : null,
    cancelRequested: job.cancelRequestedAt !== null,
    error: job.errorCode === null ? null : { code: job.errorCode, message: job.errorMessage ?? '', hint: job.errorHint },
    result: job.result,
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}

async function findJob(store: ServiceContext['store'], { projectId, jobId }: { projectId: string; jobId: string }): Promise<Job> {
  const job = await store.job.findFirst({ where: { id: jobId, projectId } });
  if (job === null) throw new AssayError('request.not_found', 'There is no such job in this project.');
  return job;
}
