import { Prisma } from '@/lib/store/generated/client';

/**
 * Decisions of a sample that were neither made by an undo nor undone form a stack; only its top stands.
 * @param decision alias of the "Decision" in question
 */
export const kept = (decision: string) => Prisma.raw(`${decision}."undoesDecisionId" IS NULL AND NOT EXISTS (
  SELECT 1 FROM "Decision" later WHERE later."sampleId" = ${decision}."sampleId" AND later."undoesDecisionId" = ${decision}."id")`);

/** Whether a decision (alias d) is the top of the stack of its sample. */
export const onTop = Prisma.sql`${kept('d')}
  AND NOT EXISTS (SELECT 1 FROM "Decision" over WHERE over."sampleId" = d."sampleId" AND over."version" > d."version" AND ${kept('over')})`;

/** The decision below d in the stack, which stands again when d is undone: columns of `below`, null when there is none. */
export const joinBelow = Prisma.sql`LEFT JOIN LATERAL (
  SELECT b."verdict", b."reason", b."userId" FROM "Decision" b
  WHERE b."sampleId" = d."sampleId" AND b."version" < d."version" AND ${kept('b')}
  ORDER BY b."version" DESC LIMIT 1
) below ON true`;
