import type { DecidedMany, DecideMany, UndoneGroup } from '@/lib/api/contracts/bulk';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { targetOf } from '@/lib/store/bulk-target';
import type { Transaction } from '@/lib/store/client';
import { Prisma } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { joinBelow, onTop } from './decision-stack';

/** A hundred thousand decisions in one statement take a while. */
const transactionOptions = { maxWait: 15_000, timeout: 120_000 };

/**
 * Gives many auxiliary samples one verdict: states, decisions and one audit event in one transaction. Where a verdict stands, where a
 * colleague decided since `seen`, and where one decides at this very moment, the sample is left as it is.
 * @throws AssayError `request.not_found` for a foreign run, `request.invalid` for a group that someone else began
 */
export async function decideMany({ store, actor }: ServiceContext, input: DecideMany): Promise<DecidedMany> {
  const { projectId, groupId, target, verdict, reason } = input;
  return store.$transaction(async (transaction) => {
    await requireOwnGroup(transaction, { projectId, groupId, userId: actor.userId });
    await requireRun(transaction, projectId, input.runId);
    const { decided, total } = await writeDecisions(transaction, input, actor.userId);
    if (decided > 0) {
      const rule = 'rule' in target ? { rule: target.rule } : {};
      await recordEvent(transaction, { actor, projectId }, { type: 'decisions.made', groupId, count: decided, verdict, reason, ...rule });
    }
    return { groupId, decided, left: total - decided };
  }, transactionOptions);
}

/**
 * Takes back what stands of a group of the caller's own decisions: each of these samples gets the state before it, as by `undo`. What
 * was decided anew or undone in the meantime is left.
 * @throws AssayError `request.not_found` when the caller has no such group in this project
 */
export async function undoGroup({ store, actor }: ServiceContext, { projectId, groupId }: { projectId: string; groupId: string }): Promise<UndoneGroup> {
  return store.$transaction((transaction) => undoGroupWithin(transaction, { actor, projectId, groupId }), transactionOptions);
}

/** `undoGroup` as a part of a transaction. */
export async function undoGroupWithin(
  transaction: Transaction,
  { actor, projectId, groupId }: Pick<ServiceContext, 'actor'> & { projectId: string; groupId: string },
): Promise<UndoneGroup> {
  const total = await transaction.decision.count({ where: { projectId, groupId, userId: actor.userId, undoesDecisionId: null } });
  if (total === 0) throw new AssayError('request.not_found', 'There are no such decisions of yours to undo.');
  const undone = await restoreGroup(transaction, { projectId, groupId, userId: actor.userId });
  if (undone > 0) await recordEvent(transaction, { actor, projectId }, { type: 'decisions.undone', groupId, count: undone });
  return { undone, left: total - undone };
}

type OwnGroup = { projectId: string; groupId: string; userId: string };

async function requireOwnGroup(transaction: Transaction, { projectId, groupId, userId }: OwnGroup): Promise<void> {
  const foreign = await transaction.decision.findFirst({ where: { groupId, OR: [{ projectId: { not: projectId } }, { userId: { not: userId } }] }, select: { id: true } });
  if (foreign !== null) throw new AssayError('request.invalid', 'These decisions belong to someone else.', { hint: 'Begin with a new groupId.' });
}

async function requireRun(transaction: Transaction, projectId: string, runId: string | null): Promise<void> {
  if (runId !== null && (await transaction.run.count({ where: { id: runId, projectId } })) === 0) throw new AssayError('request.not_found', 'There is no such run in this project.');
}

/**
 * One statement: of two people at once exactly one writes each state, because a state is written only while it has the version that the
 * statement read. Rows are locked in the order of their ids, so that two bulk verbs never wait for each other in a circle.
 */
async function writeDecisions(transaction: Transaction, input: DecideMany, userId: string): Promise<{ decided: number; total: number }> {
  const { projectId, groupId, target, verdict, reason, note, runId, overwrite, seen } = input;
  const replaceable = Prisma.sql`${overwrite}::boolean AND (t."verdict", t."reason") IS DISTINCT FROM (${verdict}::"Verdict", ${reason}::"RejectReason")
    AND (${seen}::timestamptz IS NULL OR t."userId" = ${userId} OR t."updatedAt" < ${seen}::timestamptz)`;
  const [row] = await transaction.$queryRaw<{ decided: number; total: number }[]>`
    WITH target AS MATERIALIZED (
      SELECT s."id", COALESCE(t."version", 0) AS "version", (t."verdict" IS NULL OR (${replaceable})) AS "free"
      ${await targetOf(transaction, projectId, target)} AND s."role" = 'auxiliary'
    ), written AS (
      INSERT INTO "SampleState" ("sampleId", "projectId", "verdict", "reason", "version", "decisionId", "userId", "updatedAt")
      SELECT "id", ${projectId}::uuid, ${verdict}::"Verdict", ${reason}::"RejectReason", "version" + 1, gen_random_uuid(), ${userId}, clock_timestamp()
      FROM target WHERE "free" ORDER BY "id"
      ON CONFLICT ("sampleId") DO UPDATE SET "verdict" = EXCLUDED."verdict", "reason" = EXCLUDED."reason", "version" = EXCLUDED."version",
        "decisionId" = EXCLUDED."decisionId", "userId" = EXCLUDED."userId", "updatedAt" = clock_timestamp()
      WHERE "SampleState"."version" = EXCLUDED."version" - 1
      RETURNING "sampleId", "version", "decisionId", "updatedAt"
    ), made AS (
      INSERT INTO "Decision" ("id", "projectId", "sampleId", "userId", "verdict", "reason", "note", "version", "runId", "groupId", "createdAt")
      SELECT "decisionId", ${projectId}::uuid, "sampleId", ${userId}, ${verdict}::"Verdict", ${reason}::"RejectReason", ${note}, "version", ${runId}::uuid, ${groupId}::uuid, "updatedAt"
      FROM written
      RETURNING 1
    )
    SELECT (SELECT count(*) FROM made)::int AS "decided", (SELECT count(*) FROM target)::int AS "total"`;
  return row ?? { decided: 0, total: 0 };
}

/** How many were restored. A verdict that stands again is still its author's. */
async function restoreGroup(transaction: Transaction, { projectId, groupId, userId }: OwnGroup): Promise<number> {
  return transaction.$executeRaw`
    WITH standing AS MATERIALIZED (
      SELECT d."id", d."sampleId", state."version", below."verdict", below."reason", below."userId", gen_random_uuid() AS "decisionId"
      FROM "Decision" d
      JOIN "SampleState" state ON state."sampleId" = d."sampleId"
      ${joinBelow}
      WHERE d."groupId" = ${groupId}::uuid AND d."projectId" = ${projectId}::uuid AND d."userId" = ${userId} AND ${onTop}
      ORDER BY d."sampleId"
    ), written AS (
      UPDATE "SampleState" t SET "verdict" = standing."verdict", "reason" = standing."reason", "version" = t."version" + 1,
        "decisionId" = standing."decisionId", "userId" = COALESCE(standing."userId", ${userId}), "updatedAt" = clock_timestamp()
      FROM standing WHERE t."sampleId" = standing."sampleId" AND t."version" = standing."version"
      RETURNING t."sampleId", t."verdict", t."reason", t."version", t."decisionId", t."updatedAt", standing."id" AS "undoes"
    )
    INSERT INTO "Decision" ("id", "projectId", "sampleId", "userId", "verdict", "reason", "undoesDecisionId", "version", "groupId", "createdAt")
    SELECT "decisionId", ${projectId}::uuid, "sampleId", ${userId}, "verdict", "reason", "undoes", "version", ${groupId}::uuid, "updatedAt"
    FROM written`;
}
