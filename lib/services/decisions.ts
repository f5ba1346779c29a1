import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { RejectReason, Verdict } from '@/lib/api/contracts/common';
import { conflictDetails } from '@/lib/api/contracts/conflict';
import { type decisionInputSchema, type SampleState, type undoInputSchema } from '@/lib/api/contracts/decisions';
import { recordEvent } from '@/lib/audit/record';
import type { Actor } from '@/lib/auth/actor';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import { Prisma } from '@/lib/store/generated/client';
import { undoGroupWithin } from './bulk-decisions';
import type { ServiceContext } from './context';
import { joinBelow, onTop } from './decision-stack';
import { sampleNotFound } from './samples';
import { toStateDto, type StateRow } from './states';

/** Waiting for a connection is no reason to lose a decision. */
const transactionOptions = { maxWait: 15_000, timeout: 60_000 };

/** An undo that meets a colleague's decision looks again this often. */
const undoAttempts = 5;

/**
 * Takes a decision: state, decision and audit event in one transaction, on the condition that the sample's state still
 * has the version that the person saw.
 * @throws AssayError `request.conflict` whose details carry the colleague's state, `request.not_found`
 */
export async function decide({ store, actor }: ServiceContext, input: z.output<typeof decisionInputSchema>): Promise<SampleState> {
  const { state } = await store.$transaction((transaction) => decideWithin(transaction, actor, input), transactionOptions);
  return state;
}

async function decideWithin(transaction: Transaction, actor: Actor, input: z.output<typeof decisionInputSchema>): Promise<{ decisionId: string; state: SampleState }> {
  const { projectId, sampleId, runId } = input;
  const sample = await transaction.sample.findFirst({ where: { id: sampleId, projectId }, select: { fileName: true } });
  if (sample === null) throw sampleNotFound();
  if (runId !== null && (await transaction.run.count({ where: { id: runId, projectId } })) === 0) {
    throw new AssayError('request.not_found', 'There is no such run in this project.');
  }
  return writeDecision(transaction, actor, input, sample.fileName);
}

/**
 * Writes a decision inside a transaction that changes something else too, on a sample and in the light of a run that are known to be the project's.
 * @throws AssayError `request.conflict` as `decide`
 */
export async function writeDecision(
  transaction: Transaction,
  actor: Actor,
  { projectId, sampleId, verdict, reason, note, expectedVersion, runId }: z.output<typeof decisionInputSchema>,
  fileName: string,
): Promise<{ decisionId: string; state: SampleState }> {
  const decisionId = randomUUID();
  const next = { projectId, sampleId, verdict, reason, decisionId, userId: actor.userId };
  const written = await writeState(transaction, next, expectedVersion);
  if (written === null) throw await conflict(transaction, sampleId, fileName);
  const { version, updatedAt } = written;
  await transaction.decision.create({
    data: { id: decisionId, projectId, sampleId, userId: actor.userId, verdict, reason, note, version, runId, createdAt: updatedAt },
  });
  await recordEvent(transaction, { actor, projectId }, { type: 'decision.made', decisionId, sampleId, fileName, verdict, reason, version });
  return { decisionId, state: toStateDto({ sampleId, verdict, reason, version, userId: actor.userId, userName: actor.name, updatedAt }) };
}

/**
 * Takes back the caller's own latest decision that stands: one that was not undone and that no later decision on the
 * same sample replaced. A new decision event restores the state before it (a colleague's verdict, or none), so that
 * repeated undo walks further back. Without a sample, decisions that were taken as one step are taken back as one.
 * @throws AssayError `request.not_found` when nothing of the caller's stands
 */
export async function undo({ store, actor }: ServiceContext, { projectId, sampleId }: z.output<typeof undoInputSchema>): Promise<SampleState> {
  for (let attempt = 0; attempt < undoAttempts; attempt++) {
    const state = await store.$transaction(async (transaction) => {
      const standing = await latestStanding(transaction, { projectId, sampleId, userId: actor.userId });
      if (standing === undefined) {
        throw new AssayError('request.not_found', 'There is no decision of yours to undo here.', {
          hint: 'A decision that a colleague replaced can only be changed by a new decision.',
        });
      }
      if (sampleId !== null || standing.groupId === null) return restoreBefore(transaction, standing, { actor, projectId });
      await undoGroupWithin(transaction, { actor, projectId, groupId: standing.groupId });
      return storedState(transaction, standing.sampleId);
    }, transactionOptions);
    if (state !== null) return state;
  }
  throw new AssayError('request.conflict', 'Colleagues are deciding on this sample at the same time.', { hint: 'Try again.' });
}

/**
 * Takes one decision of the caller's back inside a transaction, if it still is the latest that stands on its sample.
 * Null when it does not stand any more, or the state is being changed at the same time.
 */
export async function undoWithin(transaction: Transaction, actor: Actor, { projectId, sampleId, decisionId }: { projectId: string; sampleId: string; decisionId: string }): Promise<SampleState | null> {
  const standing = await latestStanding(transaction, { projectId, sampleId, userId: actor.userId });
  return standing?.id === decisionId ? restoreBefore(transaction, standing, { actor, projectId }) : null;
}

type NextState = { projectId: string; sampleId: string; verdict: Verdict | null; reason: RejectReason | null; decisionId: string; userId: string };

/**
 * Writes the state of a sample if its version still is `expected` (0: there is none yet): one statement, so that of two
 * people at once exactly one succeeds. Null for the loser. The stamp is the database's clock (see listStates).
 */
async function writeState(transaction: Transaction, next: NextState, expected: number): Promise<{ version: number; updatedAt: Date } | null> {
  const { projectId, sampleId, verdict, reason, decisionId, userId } = next;
  const rows =
    expected === 0
      ? await transaction.$queryRaw<{ version: number; updatedAt: Date }[]>`
          INSERT INTO "SampleState" ("sampleId", "projectId", "verdict", "reason", "version", "decisionId", "userId", "updatedAt")
          VALUES (${sampleId}::uuid, ${projectId}::uuid, ${verdict}::"Verdict", ${reason}::"RejectReason", 1, ${decisionId}::uuid, ${userId}, clock_timestamp())
          ON CONFLICT ("sampleId") DO NOTHING
          RETURNING "version", "updatedAt"`
      : await transaction.$queryRaw<{ version: number; updatedAt: Date }[]>`
          UPDATE "SampleState" SET "verdict" = ${verdict}::"Verdict", "reason" = ${reason}::"RejectReason", "version" = "version" + 1,
            "decisionId" = ${decisionId}::uuid, "userId" = ${userId}, "updatedAt" = clock_timestamp()
          WHERE "sampleId" = ${sampleId}::uuid AND "version" = ${expected}
          RETURNING "version", "updatedAt"`;
  return rows[0] ?? null;
}

type Standing = {
  id: string;
  /** Of a decision that was taken with others as one step. */
  groupId: string | null;
  sampleId: string;
  fileName: string;
  /** Version of the sample's state now. */
  version: number;
  /** The decision below it, which stands again; nulls when there is none. */
  beforeVerdict: Verdict | null;
  beforeReason: RejectReason | null;
  beforeUserId: string | null;
};

async function latestStanding(
  transaction: Transaction,
  { projectId, sampleId, userId }: { projectId: string; sampleId: string | null; userId: string },
): Promise<Standing | undefined> {
  const onSample = sampleId === null ? Prisma.empty : Prisma.sql`AND d."sampleId" = ${sampleId}::uuid`;
  const [standing] = await transaction.$queryRaw<Standing[]>`
    SELECT d."id", d."groupId", d."sampleId", sample."fileName", state."version",
      below."verdict"::text AS "beforeVerdict", below."reason"::text AS "beforeReason", below."userId" AS "beforeUserId"
    FROM "Decision" d
    JOIN "Sample" sample ON sample."id" = d."sampleId"
    JOIN "SampleState" state ON state."sampleId" = d."sampleId"
    ${joinBelow}
    WHERE d."projectId" = ${projectId}::uuid AND d."userId" = ${userId} ${onSample} AND ${onTop}
    ORDER BY d."createdAt" DESC, d."version" DESC
    LIMIT 1`;
  return standing;
}

/** Null when the state moved on since `standing` was read. */
async function restoreBefore(
  transaction: Transaction,
  { id, sampleId, fileName, version: expected, beforeVerdict: verdict, beforeReason: reason, beforeUserId }: Standing,
  { actor, projectId }: { actor: ServiceContext['actor']; projectId: string },
): Promise<SampleState | null> {
  const decisionId = randomUUID();
  // The verdict that stands again is still its author's.
  const userId = beforeUserId ?? actor.userId;
  const written = await writeState(transaction, { projectId, sampleId, verdict, reason, decisionId, userId }, expected);
  if (written === null) return null;
  const { version, updatedAt } = written;
  await transaction.decision.create({
    data: { id: decisionId, projectId, sampleId, userId: actor.userId, verdict, reason, undoesDecisionId: id, version, createdAt: updatedAt },
  });
  await recordEvent(
    transaction,
    { actor, projectId },
    { type: 'decision.undone', decisionId, undoesDecisionId: id, sampleId, fileName, verdict, reason, version },
  );
  const user = await transaction.user.findUnique({ where: { id: userId }, select: { name: true } });
  return toStateDto({ sampleId, verdict, reason, version, userId, userName: user?.name ?? null, updatedAt });
}

async function storedState(transaction: Transaction, sampleId: string): Promise<SampleState | null> {
  const [row] = await transaction.$queryRaw<StateRow[]>`
    SELECT s."sampleId", s."verdict"::text, s."reason"::text, s."version", s."userId", u."name" AS "userName", s."updatedAt"
    FROM "SampleState" s LEFT JOIN "User" u ON u."id" = s."userId" WHERE s."sampleId" = ${sampleId}::uuid`;
  return row === undefined ? null : toStateDto(row);
}

async function conflict(transaction: Transaction, sampleId: string, fileName: string): Promise<AssayError> {
  const state = await storedState(transaction, sampleId);
  if (state === null) return new AssayError('request.conflict', `${fileName} is undecided.`, { hint: 'Decide again.' });
  return new AssayError('request.conflict', `${state.userName} decided on ${fileName} in the meantime: ${state.verdict ?? 'undecided'}.`, {
    hint: 'Look at the decision, then decide again if you do not agree.',
    details: conflictDetails(state),
  });
}
