import type { Transaction } from '@/lib/store/client';
import type { Job } from '@/lib/store/generated/client';
import { jobInputs, type JobInput, type JobKind } from './inputs';

/** graphile-worker's name of the one task that runs every kind of job. */
export const TASK = 'assay';

/** A job whose process died is begun again this many times in all. */
const MAX_ATTEMPTS = 5;

export type EnqueueRequest<K extends JobKind> = {
  kind: K;
  input: JobInput<K>;
  projectId: string | null;
  createdById: string | null;
  /**
   * Jobs of one key run one after another. While one is queued or running, enqueueing again answers the same
   * row and makes its handler look once more after it has ended.
   */
  key?: string;
  /** Jobs of one queue run one after another; a job with a key has a queue of its own. */
  queue?: string;
  /** Jobs of a larger number wait until none of a smaller one does; default 0. */
  priority?: number;
};

/**
 * Creates the Job row and queues it, inside the caller's transaction: either both happen or neither.
 */
export async function enqueueJob<K extends JobKind>(transaction: Transaction, request: EnqueueRequest<K>): Promise<Job> {
  const input = jobInputs[request.kind].parse(request.input);
  const job = (await standingJob(transaction, request)) ?? (await createJob(transaction, request, input));
  const key = request.key ?? job.id;
  await addToQueue(transaction, job, key, request.queue ?? key, request.priority ?? 0);
  return job;
}

/** Ahead of what nobody waits for, and behind everything else. */
const priorities = { awaited: -10, background: 10 } as const;

/**
 * Queues the computation of the vectors that browsers are compared with for a network. One that waits already is not
 * queued twice, but moves forward when somebody waits for it.
 */
export function enqueueParityReference(transaction: Transaction, modelId: string, urgency: keyof typeof priorities, createdById: string | null = null): Promise<Job> {
  return enqueueJob(transaction, { kind: 'parity', projectId: null, createdById, input: { modelId }, key: `parity:${modelId}`, priority: priorities[urgency] });
}

/** Queues an existing row again (retry after a failure or a cancellation). */
export async function requeueJob(transaction: Transaction, job: Job): Promise<Job> {
  const queued = await transaction.job.update({
    where: { id: job.id },
    data: {
      state: 'queued',
      cancelRequestedAt: null,
      errorCode: null,
      errorMessage: null,
      errorHint: null,
      startedAt: null,
      finishedAt: null,
      step: null,
      rate: null,
    },
  });
  await addToQueue(transaction, queued, job.id, job.id, 0);
  return queued;
}

async function createJob<K extends JobKind>(transaction: Transaction, request: EnqueueRequest<K>, input: object): Promise<Job> {
  const { kind, projectId, createdById } = request;
  return transaction.job.create({ data: { kind, projectId, createdById, input } });
}

async function standingJob<K extends JobKind>(transaction: Transaction, { kind, input, key }: EnqueueRequest<K>): Promise<Job | null> {
  if (key === undefined) return null;
  // Two callers with one key must not both find nothing and create two rows.
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
  return transaction.job.findFirst({
    where: { kind, input: { equals: input as object }, state: { in: ['queued', 'running'] }, cancelRequestedAt: null },
    orderBy: { createdAt: 'desc' },
  });
}

async function addToQueue(transaction: Transaction, job: Job, key: string, queue: string, priority: number): Promise<void> {
  const payload = JSON.stringify({ jobId: job.id });
  await transaction.$executeRaw`
    SELECT graphile_worker.add_job(
      ${TASK}::text, payload := ${payload}::json, queue_name := ${queue}::text,
      job_key := ${key}::text, max_attempts := ${MAX_ATTEMPTS}::int, priority := ${priority}::int)`;
}
