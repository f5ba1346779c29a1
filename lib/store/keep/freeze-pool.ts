import type { RankingFilter } from '@/lib/api/contracts/exports';
import { selectionOf } from '@/lib/store/exports/selection';
import { Prisma } from '@/lib/store/generated/client';
import type { Transaction } from '@/lib/store/client';

export type Pool = {
  readonly pickId: string;
  readonly projectId: string;
  readonly runId: string;
  readonly featureSetId: string;
  readonly filter: RankingFilter;
  /** Instead of what the filter shows. */
  readonly ids: readonly string[] | null;
  readonly avoidAccepted: boolean;
};

/**
 * Writes down what a diverse choice picks among: auxiliary samples that the run scored and, with `avoidAccepted`, the accepted ones of its feature set, which
 * then are no longer among the first.
 * @returns how many there are to pick among
 */
export async function freezePool(transaction: Transaction, { pickId, projectId, runId, featureSetId, filter, ids, avoidAccepted }: Pool): Promise<{ pool: number }> {
  const selection = await selectionOf(transaction, projectId, { runId, filter: ids === null ? filter : {} });
  const chosen = ids === null ? Prisma.empty : Prisma.sql`AND s."id" = ANY(${[...ids]}::uuid[])`;
  const open = avoidAccepted ? Prisma.sql`AND t."verdict" IS DISTINCT FROM 'accepted'` : Prisma.empty;
  // In the order of the files' hashes: the same files give the same choice in every import.
  const accepted = avoidAccepted
    ? Prisma.sql`(SELECT coalesce(array_agg(s."id" ORDER BY s."sha256"), '{}') FROM "Sample" s JOIN "SampleState" t ON t."sampleId" = s."id" AND t."verdict" = 'accepted'
        WHERE s."projectId" = ${projectId}::uuid AND s."role" = 'auxiliary'
          AND s."id" IN (SELECT unnest("sampleIds") FROM "FeatureChunk" WHERE "featureSetId" = ${featureSetId}::uuid))`
    : Prisma.sql`'{}'::uuid[]`;
  const [row] = await transaction.$queryRaw<{ pool: number }[]>`
    UPDATE "DiversePick" SET
      "poolIds" = (SELECT coalesce(array_agg(s."id" ORDER BY s."sha256"), '{}') ${selection} AND s."role" = 'auxiliary' AND c."quality" IS NOT NULL ${chosen} ${open}),
      "acceptedIds" = ${accepted}
    WHERE "id" = ${pickId}::uuid
    RETURNING cardinality("poolIds") AS pool`;
  return { pool: row?.pool ?? 0 };
}
