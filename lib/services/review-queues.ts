import { randomInt } from 'node:crypto';
import type { z } from 'zod';
import { reviewOrderSchema, reviewSourceSchema, type reviewQueueListSchema, type ReviewQueue as ReviewQueueDto, type startReviewQueueSchema } from '@/lib/api/contracts/review-queues';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import type { Prisma, PrismaClient, ReviewQueue } from '@/lib/store/generated/client';
import { fillQueue } from '@/lib/store/review/fill-queue';
import type { ServiceContext } from './context';
import { namesOf } from './names';

type InQueue = { projectId: string; queueId: string };

/** Queues of a project, newest first. */
export async function listReviewQueues(context: ServiceContext, { projectId }: { projectId: string }): Promise<z.infer<typeof reviewQueueListSchema>> {
  const rows = await context.store.reviewQueue.findMany({ where: { projectId }, orderBy: { createdAt: 'desc' } });
  return { queues: await toQueueDtos(context, projectId, rows) };
}

/** @throws AssayError `request.not_found` */
export async function getReviewQueue(context: ServiceContext, { projectId, queueId }: InQueue): Promise<ReviewQueueDto> {
  const [queue] = await toQueueDtos(context, projectId, [await findQueue(context.store, { projectId, queueId })]);
  return queue!;
}

/**
 * Makes a queue of the auxiliary samples that the source names, with controls hidden among them where asked for.
 * @throws AssayError `data.too_few_rows` when nothing is left, or there is nothing to make controls of; `request.not_found` for a foreign run
 */
export async function startReviewQueue(context: ServiceContext, input: z.output<typeof startReviewQueueSchema>): Promise<ReviewQueueDto> {
  const { projectId, name, source, runId, order, controlShare } = input;
  const { store, actor } = context;
  const seed = input.seed ?? randomInt(2 ** 31 - 1);
  const row = await store.$transaction(async (transaction) => {
    if (runId !== null && (await transaction.run.count({ where: { id: runId, projectId } })) === 0) {
      throw new AssayError('request.not_found', 'There is no such run in this project.');
    }
    const queue = await transaction.reviewQueue.create({
      data: { projectId, name, runId, source: source as Prisma.InputJsonObject, order, controlShare, seed, createdById: actor.userId },
    });
    const { items, controls } = await fillQueue(transaction, { ...input, queueId: queue.id, seed });
    if (items - controls === 0) {
      throw new AssayError('data.too_few_rows', 'Nothing here is left to review.', { hint: 'Only auxiliary samples are reviewed. Choose another filter, or include samples that are decided already.' });
    }
    if (controlShare > 0 && controls === 0) {
      throw new AssayError('data.too_few_rows', 'There is nothing to make hidden controls of.', { hint: 'Controls need real anomalies or normals in the project. Import some, or start the queue without controls.' });
    }
    await recordEvent(transaction, { actor, projectId }, { type: 'queue.started', queueId: queue.id, name, items, controls, seed });
    return queue;
  }, { timeout: 60_000, maxWait: 20_000 });
  return getReviewQueue(context, { projectId, queueId: row.id });
}

/**
 * Ends a queue early: nothing more is handed out, answers stay.
 * @throws AssayError `request.not_found`, `request.forbidden` for those who neither lead nor started it, `review.closed`
 */
export async function closeReviewQueue(context: ServiceContext, { projectId, queueId }: InQueue): Promise<ReviewQueueDto> {
  const { store, actor } = context;
  const queue = await getReviewQueue(context, { projectId, queueId });
  if (!queue.mayClose) throw new AssayError('request.forbidden', 'Only leads and whoever started a queue may close it.');
  await store.$transaction(async (transaction) => {
    const { count } = await transaction.reviewQueue.updateMany({ where: { id: queueId, projectId, closedAt: null }, data: { closedAt: new Date() } });
    if (count === 0) throw new AssayError('review.closed', 'This queue is closed already.');
    await recordEvent(transaction, { actor, projectId }, { type: 'queue.closed', queueId, name: queue.name, items: queue.total, done: queue.done });
  });
  return getReviewQueue(context, { projectId, queueId });
}

/** @throws AssayError `request.not_found` */
export async function findQueue(store: Pick<PrismaClient, 'reviewQueue'>, { projectId, queueId }: InQueue): Promise<ReviewQueue> {
  const queue = await store.reviewQueue.findFirst({ where: { id: queueId, projectId } });
  if (queue === null) throw new AssayError('request.not_found', 'There is no such review queue in this project.');
  return queue;
}

/** Whether the caller leads the project (administrators lead everywhere). */
export async function leads({ store, actor }: ServiceContext, projectId: string): Promise<boolean> {
  if (actor.isAdmin) return true;
  return (await store.projectMember.count({ where: { projectId, userId: actor.userId, role: 'lead' } })) > 0;
}

type Counts = { queueId: string; total: number; done: number; reviewers: number };

async function toQueueDtos(context: ServiceContext, projectId: string, rows: readonly ReviewQueue[]): Promise<ReviewQueueDto[]> {
  if (rows.length === 0) return [];
  const { store, actor } = context;
  const counts = await store.$queryRaw<Counts[]>`
    SELECT "queueId", count(*)::int AS "total", count("doneAt")::int AS "done",
      count(DISTINCT COALESCE("doneById", CASE WHEN "claimedUntil" > now() THEN "claimedById" END))::int AS "reviewers"
    FROM "ReviewItem" WHERE "queueId" = ANY(${rows.map(({ id }) => id)}::uuid[]) GROUP BY "queueId"`;
  const [names, isLead] = [await namesOf(store, rows.map(({ createdById }) => createdById)), await leads(context, projectId)];
  return rows.map((row) => {
    const source = reviewSourceSchema.parse(row.source);
    const { total, done, reviewers } = counts.find(({ queueId }) => queueId === row.id) ?? { total: 0, done: 0, reviewers: 0 };
    return {
      id: row.id,
      name: row.name,
      runId: row.runId,
      source: 'ids' in source ? { listed: source.ids.length } : source,
      order: reviewOrderSchema.parse(row.order),
      blind: row.controlShare > 0,
      total,
      done,
      reviewers,
      createdBy: row.createdById === null ? null : (names.get(row.createdById) ?? null),
      createdAt: row.createdAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
      mayClose: isLead || row.createdById === actor.userId,
    };
  });
}
