import { Prisma } from '@/lib/store/generated/client';

/**
 * Where samples stood at a time, as a SELECT of sampleId, verdict, reason, userId (whose verdict it is) and decidedAt: of each
 * sample the newest decision that an undo neither made nor had taken back by then. Samples without one are left out.
 */
export function standingAt(projectId: string, at: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT DISTINCT ON (d."sampleId") d."sampleId", d."verdict", d."reason", d."userId", d."createdAt" AS "decidedAt"
    FROM "Decision" d
    WHERE d."projectId" = ${projectId}::uuid AND d."createdAt" <= ${at}::timestamptz AND d."undoesDecisionId" IS NULL
      AND NOT EXISTS (
        SELECT 1 FROM "Decision" u
        WHERE u."projectId" = ${projectId}::uuid AND u."undoesDecisionId" = d."id" AND u."createdAt" <= ${at}::timestamptz)
    ORDER BY d."sampleId", d."version" DESC`;
}

/** The same of this moment, from the states that are kept. */
export function standingNow(projectId: string): Prisma.Sql {
  return Prisma.sql`SELECT "sampleId", "verdict", "reason", "userId", "updatedAt" AS "decidedAt" FROM "SampleState" WHERE "projectId" = ${projectId}::uuid`;
}

/** Samples that existed at a time, as a SELECT of id, role, folder and fileName. Roles are those of today, or of the deletion. */
export function samplesAt(projectId: string, at: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT s."id", s."role", s."folder", s."fileName" FROM "Sample" s WHERE s."projectId" = ${projectId}::uuid AND s."createdAt" <= ${at}::timestamptz
    UNION ALL
    SELECT gone."sampleId", gone."role", gone."folder", gone."fileName" FROM "DeletedSample" gone
    WHERE gone."projectId" = ${projectId}::uuid AND gone."createdAt" <= ${at}::timestamptz AND gone."deletedAt" > ${at}::timestamptz`;
}
