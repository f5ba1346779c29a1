import type { DecisionRow } from '@/lib/api/contracts/decision-log';
import { Prisma, type PrismaClient } from '@/lib/store/generated/client';

const ROWS_PER_PAGE = 1_000;

type Asked = { readonly projectId: string; /** Later ones are left out, undos too. */ readonly until: Date };

/** Every decision and undo of a project up to a moment, oldest first, a page at a time. */
export async function* decisionPages(store: PrismaClient, asked: Asked, signal: AbortSignal, perPage = ROWS_PER_PAGE): AsyncGenerator<DecisionRow[]> {
  let last: DecisionRow | undefined;
  for (;;) {
    signal.throwIfAborted();
    const rows = await pageAfter(store, asked, last, perPage);
    if (rows.length > 0) yield rows;
    last = rows.at(-1);
    if (rows.length < perPage) return;
  }
}

/** Which rows are on the page is settled before anything is joined: many decisions share their time. */
function pageAfter(store: PrismaClient, { projectId, until }: Asked, last: DecisionRow | undefined, perPage: number): Promise<DecisionRow[]> {
  const after = last === undefined ? Prisma.empty : Prisma.sql`AND (d."createdAt", d."id") > (${last.createdAt}::timestamptz, ${last.id}::uuid)`;
  return store.$queryRaw<DecisionRow[]>`
    SELECT page."id", page."createdAt", page."userId", who."name" AS "userName", page."sampleId",
      coalesce(s."folder", gone."folder") AS "folder", coalesce(s."fileName", gone."fileName") AS "fileName", coalesce(s."role", gone."role")::text AS "role", s."id" IS NULL AS "deleted",
      page."verdict"::text AS "verdict", page."reason"::text AS "reason", page."note", page."version", page."groupId", page."undoesDecisionId",
      back."createdAt" AS "takenBackAt", backer."name" AS "takenBackBy", page."runId", run."evaluator", run."preset", run."seed"
    FROM (
      SELECT d.* FROM "Decision" d WHERE d."projectId" = ${projectId}::uuid AND d."createdAt" <= ${until}::timestamptz ${after}
      ORDER BY d."createdAt", d."id" LIMIT ${perPage}
    ) page
    LEFT JOIN "User" who ON who."id" = page."userId"
    LEFT JOIN "Sample" s ON s."id" = page."sampleId"
    LEFT JOIN "DeletedSample" gone ON gone."sampleId" = page."sampleId"
    LEFT JOIN "Run" run ON run."id" = page."runId"
    LEFT JOIN LATERAL (
      SELECT u."createdAt", u."userId" FROM "Decision" u WHERE u."undoesDecisionId" = page."id" AND u."createdAt" <= ${until}::timestamptz ORDER BY u."createdAt" LIMIT 1
    ) back ON TRUE
    LEFT JOIN "User" backer ON backer."id" = back."userId"
    ORDER BY page."createdAt", page."id"`;
}
