import type { z } from 'zod';
import type { AnsweredItems, answerItemsSchema, answerSchema, ClaimedItems, claimItemsSchema, undoAnswerSchema } from '@/lib/api/contracts/review-queues';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import type { ReviewItem, ReviewQueue } from '@/lib/store/generated/client';
import { holdItems, leaseSeconds, releaseItems } from '@/lib/store/review/hold-items';
import type { ServiceContext } from './context';
import { undoWithin, writeDecision } from './decisions';
import { findQueue } from './review-queues';

/** Waiting for a connection is no reason to lose an answer. */
const transactionOptions = { maxWait: 15_000, timeout: 15_000 };

/**
 * Leases the next items to the caller, on top of those that are theirs already; with `hold` 0 gives all of them back.
 * @throws AssayError `request.not_found`, `review.closed`
 */
export async function claimItems({ store, actor }: ServiceContext, { projectId, queueId, hold }: z.output<typeof claimItemsSchema>): Promise<ClaimedItems> {
  const queue = await findQueue(store, { projectId, queueId });
  const holder = { queueId, userId: actor.userId };
  if (hold === 0) {
    await releaseItems(store, holder);
    return { items: [] };
  }
  checkOpen(queue);
  return { items: await holdItems(store, holder, hold) };
}

/**
 * Answers items that the caller holds, in order and each in a transaction of its own, up to the first that cannot be recorded: that one
 * throws when it stands first, and is left to be sent again when others were recorded before it. The answer is what the caller holds then.
 * @throws AssayError `review.lease_lost` when a colleague has the item by now or it is answered, `review.closed`,
 *   `request.conflict` when somebody decided on the sample outside the queue since it was handed out (the item goes back)
 */
export async function answerItems(context: ServiceContext, { answers, ...held }: z.output<typeof answerItemsSchema>): Promise<AnsweredItems> {
  let items: ClaimedItems['items'] = [];
  for (const [done, answer] of answers.entries()) {
    try {
      items = await recordAnswer(context, { ...held, ...answer });
    } catch (thrown) {
      if (done > 0) return { items, done };
      // Handed out again, it carries the state that holds now.
      if (thrown instanceof AssayError && thrown.code === 'request.conflict') await releaseItems(context.store, { queueId: held.queueId, userId: context.actor.userId }, answer.itemId);
      throw thrown;
    }
  }
  return { items, done: answers.length };
}

type OneAnswer = z.output<typeof answerSchema> & Omit<z.output<typeof answerItemsSchema>, 'answers'>;

/** Of a sample an answer is a decision like any other, written in the same transaction; of a control only the item keeps it. A skipped item goes to the end of the queue. */
async function recordAnswer(context: ServiceContext, input: OneAnswer): Promise<ClaimedItems['items']> {
  const { store, actor } = context;
  const { projectId, queueId, itemId, hold } = input;
  return store.$transaction(async (transaction) => {
    const item = await lockItem(transaction, { projectId, queueId, itemId });
    // Without the item the queue itself is looked for: there may be none.
    checkOpen(item?.queue ?? (await findQueue(transaction, { projectId, queueId })));
    if (item?.doneAt !== null || item.claimedById !== actor.userId) throw leaseLost();
    if (input.verdict === 'skipped') await moveToEnd(transaction, item.id, queueId);
    else await writeAnswer(transaction, context, { ...input, verdict: input.verdict }, item);
    return holdItems(transaction, { queueId, userId: actor.userId }, hold);
  }, transactionOptions);
}

/**
 * Takes the caller's latest answer in the queue back, with the decision that it was, or a skip; the item is the caller's again.
 * @throws AssayError `request.not_found` when there is none, `request.conflict` when a later decision replaced it, `review.closed`,
 *   `review.lease_lost` when a colleague has the skipped item by now, or answered it
 */
export async function undoAnswer({ store, actor }: ServiceContext, { projectId, queueId, hold, skipped }: z.output<typeof undoAnswerSchema>): Promise<ClaimedItems> {
  const holder = { queueId, userId: actor.userId };
  return store.$transaction(async (transaction) => {
    checkOpen(await findQueue(transaction, { projectId, queueId }));
    if (skipped !== null) {
      await bringBack(transaction, { ...holder, projectId }, skipped);
      return { items: await holdItems(transaction, holder, Math.max(1, hold)) };
    }
    const item = await transaction.reviewItem.findFirst({ where: { queueId, doneById: actor.userId, doneAt: { not: null } }, orderBy: { doneAt: 'desc' } });
    if (item === null) throw new AssayError('request.not_found', 'There is no answer of yours in this queue to undo.');
    let seenVersion = 0;
    if (item.decisionId !== null) {
      const state = await undoWithin(transaction, actor, { projectId, sampleId: item.sampleId, decisionId: item.decisionId });
      if (state === null) {
        throw new AssayError('request.conflict', 'Your last answer was replaced by a later decision on the same sample.', { hint: 'It can only be changed by a new decision, on the Scores page.' });
      }
      seenVersion = state.version;
    }
    const { count } = await transaction.reviewItem.updateMany({
      where: { id: item.id, doneAt: item.doneAt },
      data: {
        doneById: null, doneAt: null, verdict: null, reason: null, milliseconds: null, decisionId: null,
        claimedById: actor.userId, claimedUntil: new Date(Date.now() + leaseSeconds * 1000), seenVersion,
      },
    });
    if (count === 0) throw new AssayError('request.conflict', 'This answer is being undone already.');
    return { items: await holdItems(transaction, holder, Math.max(1, hold)) };
  }, transactionOptions);
}

function checkOpen({ name, closedAt }: Pick<ReviewQueue, 'name' | 'closedAt'>): void {
  if (closedAt !== null) throw new AssayError('review.closed', `The queue ${name} is closed.`, { hint: 'Answers up to then are kept. Choose another queue, or review on your own.' });
}

function leaseLost(): AssayError {
  return new AssayError('review.lease_lost', 'This item went to a colleague, because it was not answered for 5 minutes.', { hint: 'Your answer was not needed any more; go on with the next item.' });
}

type LockedItem = Pick<ReviewItem, 'id' | 'sampleId' | 'kind' | 'position' | 'seenVersion' | 'claimedById' | 'claimedUntil' | 'doneAt'> & { fileName: string; queue: Pick<ReviewQueue, 'name' | 'runId' | 'closedAt'> };

/** The item with what its answer needs to know, held against everybody else until the transaction ends; null when the queue has no such item. */
async function lockItem(transaction: Transaction, { projectId, queueId, itemId }: { projectId: string; queueId: string; itemId: string }): Promise<LockedItem | null> {
  const [row] = await transaction.$queryRaw<(Omit<LockedItem, 'queue'> & LockedItem['queue'])[]>`
    SELECT item."id", item."sampleId", item."kind"::text, item."position", item."seenVersion", item."claimedById", item."claimedUntil", item."doneAt", sample."fileName", queue."name", queue."runId", queue."closedAt"
    FROM "ReviewItem" item
    JOIN "ReviewQueue" queue ON queue."id" = item."queueId"
    JOIN "Sample" sample ON sample."id" = item."sampleId"
    WHERE item."id" = ${itemId}::uuid AND queue."id" = ${queueId}::uuid AND queue."projectId" = ${projectId}::uuid
    FOR UPDATE OF item`;
  if (row === undefined) return null;
  const { name, runId, closedAt, ...item } = row;
  return { ...item, queue: { name, runId, closedAt } };
}

async function moveToEnd(transaction: Transaction, itemId: string, queueId: string): Promise<void> {
  await transaction.$executeRaw`
    UPDATE "ReviewItem" SET "claimedById" = NULL, "claimedUntil" = NULL, "seenVersion" = NULL,
      "position" = (SELECT max("position") + 1 FROM "ReviewItem" WHERE "queueId" = ${queueId}::uuid)
    WHERE "id" = ${itemId}::uuid`;
}

/** Undoes a skip: the item is the caller's again, at the place that it had before, never farther back than it stands. */
async function bringBack(transaction: Transaction, { projectId, queueId, userId }: { projectId: string; queueId: string; userId: string }, { itemId, position }: NonNullable<z.output<typeof undoAnswerSchema>['skipped']>): Promise<void> {
  const item = await lockItem(transaction, { projectId, queueId, itemId });
  const isMine = item?.claimedById === userId;
  const isHeld = !isMine && item?.claimedUntil != null && item.claimedUntil > new Date();
  if (item?.doneAt !== null || isHeld) throw new AssayError('review.lease_lost', 'The item that you skipped is with a colleague by now, or answered.', { hint: 'There is nothing to take back; go on with the next item.' });
  const state = isMine ? null : await transaction.sampleState.findUnique({ where: { sampleId: item.sampleId }, select: { version: true } });
  await transaction.reviewItem.update({
    where: { id: item.id },
    data: {
      position: Math.min(position, item.position), claimedById: userId, claimedUntil: new Date(Date.now() + leaseSeconds * 1000),
      seenVersion: isMine ? item.seenVersion : (state?.version ?? 0),
    },
  });
}

type Judgement = Omit<OneAnswer, 'verdict'> & { verdict: 'accepted' | 'rejected' };

async function writeAnswer(transaction: Transaction, { actor }: ServiceContext, answer: Judgement, item: LockedItem): Promise<void> {
  const { projectId, verdict, reason, note, milliseconds } = answer;
  const { sampleId, fileName, queue } = item;
  const decision = { projectId, sampleId, verdict, reason, note, expectedVersion: item.seenVersion ?? 0, runId: queue.runId };
  const decisionId = item.kind === 'control' ? null : (await writeDecision(transaction, actor, decision, fileName)).decisionId;
  await transaction.$executeRaw`
    UPDATE "ReviewItem" SET "doneById" = ${actor.userId}, "doneAt" = clock_timestamp(), "verdict" = ${verdict}::"Verdict", "reason" = ${reason}::"RejectReason",
      "milliseconds" = ${milliseconds}, "decisionId" = ${decisionId}::uuid, "claimedById" = NULL, "claimedUntil" = NULL
    WHERE "id" = ${item.id}::uuid`;
}
