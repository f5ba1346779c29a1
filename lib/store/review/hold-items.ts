import type { ReviewItem } from '@/lib/api/contracts/review-queues';
import type { Transaction } from '@/lib/store/client';
import type { PrismaClient } from '@/lib/store/generated/client';

type Database = Pick<PrismaClient | Transaction, '$queryRaw' | '$executeRaw'>;

/** Nobody else gets an item that was handed out for so long; every claim and answer of its holder begins the time anew. */
export const leaseSeconds = 300;

type Holder = { readonly queueId: string; readonly userId: string };

/**
 * Sees to it that a reviewer holds `count` open items where there are so many: those that are theirs already, and the next
 * that nobody holds. One statement: rows that a colleague is just taking are locked and passed over, and a row that was taken
 * since the statement began is looked at again before it is written, so that no item goes to two people.
 */
export async function holdItems(database: Database, { queueId, userId }: Holder, count: number): Promise<ReviewItem[]> {
  const rows = await database.$queryRaw<ReviewItem[]>`
    WITH mine AS (
      SELECT "id", true AS "known" FROM "ReviewItem"
      WHERE "queueId" = ${queueId}::uuid AND "doneAt" IS NULL AND "claimedById" = ${userId}
      ORDER BY "position", "id" LIMIT ${count} FOR UPDATE SKIP LOCKED
    ),
    fresh AS (
      SELECT "id", false AS "known" FROM "ReviewItem"
      WHERE "queueId" = ${queueId}::uuid AND "doneAt" IS NULL
        AND ("claimedUntil" IS NULL OR ("claimedUntil" < now() AND "claimedById" IS DISTINCT FROM ${userId}))
      ORDER BY "position", "id" LIMIT greatest(0, ${count} - (SELECT count(*) FROM mine)) FOR UPDATE SKIP LOCKED
    )
    UPDATE "ReviewItem" item SET "claimedById" = ${userId}, "claimedUntil" = now() + make_interval(secs => ${leaseSeconds}),
      "seenVersion" = CASE WHEN held."known" THEN item."seenVersion"
        ELSE COALESCE((SELECT "version" FROM "SampleState" state WHERE state."sampleId" = item."sampleId"), 0) END
    FROM (SELECT * FROM mine UNION ALL SELECT * FROM fresh) held
    WHERE item."id" = held."id"
    RETURNING item."id", item."sampleId", item."position"`;
  return rows.toSorted((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}

/** Gives back what a reviewer holds: everything in the queue, or one item. */
export async function releaseItems(database: Database, { queueId, userId }: Holder, itemId: string | null = null): Promise<void> {
  await database.$executeRaw`
    UPDATE "ReviewItem" SET "claimedById" = NULL, "claimedUntil" = NULL, "seenVersion" = NULL
    WHERE "queueId" = ${queueId}::uuid AND "doneAt" IS NULL AND "claimedById" = ${userId} AND (${itemId}::uuid IS NULL OR "id" = ${itemId}::uuid)`;
}
