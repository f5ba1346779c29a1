import type { BulkTarget } from '@/lib/api/contracts/bulk';
import { Prisma, type PrismaClient } from '@/lib/store/generated/client';
import type { Transaction } from './client';
import { selectionOf } from './exports/selection';

/**
 * FROM and WHERE of the samples (alias s, with their states as t) that a bulk verb means: of this project only, whatever
 * ids were named.
 * @throws AssayError `request.not_found` for a rule about a run of another project
 */
export async function targetOf(database: Pick<PrismaClient | Transaction, '$queryRaw' | 'run'>, projectId: string, target: BulkTarget): Promise<Prisma.Sql> {
  if ('rule' in target) return selectionOf(database, projectId, target.rule);
  return Prisma.sql`
    FROM "Sample" s
    LEFT JOIN "SampleState" t ON t."sampleId" = s."id"
    WHERE s."projectId" = ${projectId}::uuid AND s."id" = ANY(${target.ids}::uuid[])`;
}
