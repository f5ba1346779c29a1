import type { ExportFormat, ExportRule } from '@/lib/api/contracts/exports';
import { AssayError } from '@/lib/errors';
import type { Transaction } from '@/lib/store/client';
import { Prisma, type Export } from '@/lib/store/generated/client';
import { selectionOf } from './selection';

/**
 * Freezes what a rule selects now as an export to be written. Decisions in flight are waited for and new ones wait, so that
 * the selection is exactly what the decisions up to `cutOffAt` say.
 * @param by.format what it is to be written as; a folder when absent
 * @param by.at a past time whose decisions count instead of today's
 * @param by.scoresOf run whose scores the manifest carries; the one of the rule when absent
 * @throws AssayError `data.too_few_rows` when nothing is selected
 */
export async function freezeExport(transaction: Transaction, projectId: string, rule: ExportRule, by: { createdById: string | null; scoresOf?: string | null; format?: ExportFormat; at?: Date }): Promise<Export> {
  await transaction.$executeRaw`LOCK TABLE "SampleState" IN SHARE MODE`;
  const [clock] = await transaction.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
  const { id } = await transaction.export.create({
    data: { projectId, format: by.format ?? 'folder', rule: rule as Prisma.InputJsonObject, runId: by.scoresOf ?? rule.runId, cutOffAt: by.at ?? clock?.now ?? new Date(), count: 0, createdById: by.createdById },
    select: { id: true },
  });
  const selection = await selectionOf(transaction, projectId, rule, by.at);
  const count = await transaction.$executeRaw(Prisma.sql`INSERT INTO "ExportSample" ("exportId", "sampleId") SELECT ${id}::uuid, s."id" ${selection}`);
  if (count === 0) {
    throw new AssayError('data.too_few_rows', 'No sample matches this filter; there is nothing to export.', { hint: 'Accept samples first, or widen the filter.' });
  }
  return transaction.export.update({ where: { id }, data: { count } });
}
