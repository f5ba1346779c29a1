import { Prisma, type PrismaClient } from '@/lib/store/generated/client';

type Database = Pick<PrismaClient, '$queryRaw'>;

/** The answers of a queue: everyone's, or with `userId` one person's. */
type Of = { readonly queueId: string; readonly runId: string | null; readonly userId: string | null };

const answersOf = ({ queueId, userId }: Of) => Prisma.sql`
  SELECT i.* FROM "ReviewItem" i WHERE i."queueId" = ${queueId}::uuid AND i."doneAt" IS NOT NULL AND (${userId}::text IS NULL OR i."doneById" = ${userId})`;

/** All scored samples of the queue with their tenth by quality (1 the lowest), whether they are answered or not. */
const tenths = ({ queueId, runId }: Of) => Prisma.sql`
  SELECT i."id", c."quality", c."zone", ntile(10) OVER (ORDER BY c."quality", i."id")::int AS "decile"
  FROM "ReviewItem" i JOIN "Score" c ON c."sampleId" = i."sampleId" AND c."runId" = ${runId}::uuid
  WHERE i."queueId" = ${queueId}::uuid AND i."kind" = 'sample'`;

export type ReviewerTotals = {
  userId: string;
  userName: string | null;
  items: number;
  accepted: number;
  rejected: number;
  anomalies: number;
  anomalyHits: number;
  normals: number;
  normalHits: number;
  normalsNamed: number;
  q1: number | null;
  median: number | null;
  q3: number | null;
  scoreAgreement: number | null;
  zoned: number;
  zoneAgree: number;
  shared: number;
  sharedAgree: number;
};

/**
 * One row for each reviewer, computed in the database. Agreement with the score is the Mann-Whitney statistic of the
 * accepted samples' qualities among the decided ones (mid-ranks for ties) over the number of pairs. A colleague's answer is
 * their latest decision on the sample that was neither made by an undo nor undone.
 */
export async function reviewerTotals(database: Database, of: Of): Promise<ReviewerTotals[]> {
  return database.$queryRaw<ReviewerTotals[]>`
    WITH answers AS (${answersOf(of)}),
    totals AS (
      SELECT "doneById" AS "userId", count(*)::int AS "items",
        count(*) FILTER (WHERE "kind" = 'sample' AND "verdict" = 'accepted')::int AS "accepted",
        count(*) FILTER (WHERE "kind" = 'sample' AND "verdict" = 'rejected')::int AS "rejected",
        count(*) FILTER (WHERE "expected" = 'accepted')::int AS "anomalies",
        count(*) FILTER (WHERE "expected" = 'accepted' AND "verdict" = 'accepted')::int AS "anomalyHits",
        count(*) FILTER (WHERE "expected" = 'rejected')::int AS "normals",
        count(*) FILTER (WHERE "expected" = 'rejected' AND "verdict" = 'rejected')::int AS "normalHits",
        count(*) FILTER (WHERE "expected" = 'rejected' AND "reason" = 'indistinguishable')::int AS "normalsNamed",
        percentile_cont(0.25) WITHIN GROUP (ORDER BY "milliseconds") AS "q1",
        percentile_cont(0.5) WITHIN GROUP (ORDER BY "milliseconds") AS "median",
        percentile_cont(0.75) WITHIN GROUP (ORDER BY "milliseconds") AS "q3"
      FROM answers GROUP BY "doneById"
    ),
    scored AS (
      SELECT a."doneById" AS "userId", a."verdict", c."zone",
        rank() OVER (PARTITION BY a."doneById" ORDER BY c."quality") + (count(*) OVER (PARTITION BY a."doneById", c."quality") - 1) / 2.0 AS "midRank"
      FROM answers a JOIN "Score" c ON c."sampleId" = a."sampleId" AND c."runId" = ${of.runId}::uuid
      WHERE a."kind" = 'sample'
    ),
    agreement AS (
      SELECT "userId",
        (sum("midRank") FILTER (WHERE "verdict" = 'accepted') - count(*) FILTER (WHERE "verdict" = 'accepted') * (count(*) FILTER (WHERE "verdict" = 'accepted') + 1) / 2.0)
          / NULLIF(count(*) FILTER (WHERE "verdict" = 'accepted') * count(*) FILTER (WHERE "verdict" = 'rejected'), 0) AS "share",
        count("zone")::int AS "zoned",
        count(*) FILTER (WHERE "zone" IS NOT NULL AND ("zone" = 'realistic') = ("verdict" = 'accepted'))::int AS "agree"
      FROM scored GROUP BY "userId"
    ),
    pairs AS (
      SELECT DISTINCT ON (a."id", d."userId") a."doneById" AS "userId", a."verdict" AS "own", d."verdict" AS "other"
      FROM answers a JOIN "Decision" d ON d."sampleId" = a."sampleId" AND d."userId" <> a."doneById" AND d."undoesDecisionId" IS NULL
      WHERE a."kind" = 'sample' AND d."verdict" IN ('accepted', 'rejected')
        AND NOT EXISTS (SELECT 1 FROM "Decision" later WHERE later."sampleId" = d."sampleId" AND later."undoesDecisionId" = d."id")
      ORDER BY a."id", d."userId", d."version" DESC
    ),
    colleagues AS (SELECT "userId", count(*)::int AS "shared", count(*) FILTER (WHERE "own" = "other")::int AS "agree" FROM pairs GROUP BY "userId")
    SELECT totals.*, u."name" AS "userName", agreement."share"::float8 AS "scoreAgreement",
      COALESCE(agreement."zoned", 0) AS "zoned", COALESCE(agreement."agree", 0) AS "zoneAgree",
      COALESCE(colleagues."shared", 0) AS "shared", COALESCE(colleagues."agree", 0) AS "sharedAgree"
    FROM totals
    LEFT JOIN "User" u ON u."id" = totals."userId"
    LEFT JOIN agreement ON agreement."userId" = totals."userId"
    LEFT JOIN colleagues ON colleagues."userId" = totals."userId"
    ORDER BY totals."items" DESC, u."name"`;
}

/** Least and largest quality of each tenth of the queue's samples. */
export async function tenthsOf(database: Database, of: Of): Promise<{ decile: number; least: number; largest: number }[]> {
  return database.$queryRaw`
    WITH tenths AS (${tenths(of)})
    SELECT "decile", min("quality") AS "least", max("quality") AS "largest" FROM tenths GROUP BY "decile" ORDER BY "decile"`;
}

/** How many of each tenth a reviewer decided, and accepted. */
export async function reviewerDeciles(database: Database, of: Of): Promise<{ userId: string; decile: number; of: number; accepted: number }[]> {
  return database.$queryRaw`
    WITH tenths AS (${tenths(of)}), answers AS (${answersOf(of)})
    SELECT answers."doneById" AS "userId", tenths."decile", count(*)::int AS "of", count(*) FILTER (WHERE answers."verdict" = 'accepted')::int AS "accepted"
    FROM answers JOIN tenths ON tenths."id" = answers."id" GROUP BY answers."doneById", tenths."decile" ORDER BY tenths."decile"`;
}

export type Disagreement = { sampleId: string; userName: string | null; verdict: 'accepted' | 'rejected'; quality: number; decile: number };

/** Samples rejected in the highest three tenths or accepted in the lowest three, those nearest to the ends first. */
export async function scoreDisagreements(database: Database, of: Of, limit: number): Promise<Disagreement[]> {
  return database.$queryRaw`
    WITH tenths AS (${tenths(of)}), answers AS (${answersOf(of)})
    SELECT answers."sampleId", u."name" AS "userName", answers."verdict"::text, tenths."quality", tenths."decile"
    FROM answers JOIN tenths ON tenths."id" = answers."id" LEFT JOIN "User" u ON u."id" = answers."doneById"
    WHERE (answers."verdict" = 'rejected' AND tenths."decile" >= 8) OR (answers."verdict" = 'accepted' AND tenths."decile" <= 3)
    ORDER BY abs(tenths."decile" - 5.5) DESC, CASE answers."verdict" WHEN 'accepted' THEN tenths."quality" ELSE -tenths."quality" END, answers."id"
    LIMIT ${limit}`;
}
