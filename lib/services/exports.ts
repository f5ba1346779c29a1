import type { z } from 'zod';
import type { Export as ExportDto, ExportRule, exportListSchema, startExportSchema } from '@/lib/api/contracts/exports';
import { exportRuleSchema } from '@/lib/api/contracts/exports';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { folderName } from '@/lib/export/layout';
import { enqueueJob } from '@/lib/jobs/enqueue';
import type { Export } from '@/lib/store/generated/client';
import { freezeExport } from '@/lib/store/exports/freeze';
import { countSelection } from '@/lib/store/exports/selection';
import type { ServiceContext } from './context';
import { namesOf } from './names';

/** Exports of a project, newest first. */
export async function listExports({ store }: ServiceContext, { projectId }: { projectId: string }): Promise<z.infer<typeof exportListSchema>> {
  const exports = await store.export.findMany({ where: { projectId }, orderBy: { id: 'desc' } });
  const names = await namesOf(store, exports.map(({ createdById }) => createdById));
  return { exports: exports.map((row) => toExportDto(row, names)) };
}

/** How many samples a rule selects now: the number on the button. Masks are extra files and do not count. */
export async function countExport({ store }: ServiceContext, { projectId, ...rule }: ExportRule & { projectId: string }): Promise<{ count: number }> {
  return { count: await countSelection(store, projectId, rule) };
}

/**
 * Freezes what the rule selects now and queues the writing of the zip, in one transaction.
 * @throws AssayError `data.too_few_rows` when nothing is selected, `request.not_found` for a foreign run
 */
export async function startExport({ store, actor }: ServiceContext, { projectId, runId, filter }: z.output<typeof startExportSchema>): Promise<ExportDto> {
  const row = await store.$transaction(async (transaction) => {
    const { id, count } = await freezeExport(transaction, projectId, { runId, filter }, { createdById: actor.userId });
    const job = await enqueueJob(transaction, { kind: 'export', projectId, createdById: actor.userId, input: { exportId: id } });
    await recordEvent(transaction, { actor, projectId }, { type: 'export.started', exportId: id, count });
    return transaction.export.update({ where: { id }, data: { jobId: job.id } });
  }, { timeout: 60_000, maxWait: 20_000 });
  return toExportDto(row, new Map([[actor.userId, actor.name]]));
}

/** The zip of an export as it can be downloaded now. */
export type ExportDownload = { readonly sha256: string; readonly bytes: number; readonly fileName: string };

/**
 * Finds the zip of an export of this project.
 * @throws AssayError `request.not_found` (unknown, of another project, or not written yet), `export.expired`
 */
export async function exportDownload({ store }: ServiceContext, { projectId, exportId }: { projectId: string; exportId: string }): Promise<ExportDownload> {
  const row = await store.export.findFirst({ where: { id: exportId, projectId }, include: { project: { select: { name: true } } } });
  if (row === null) throw new AssayError('request.not_found', 'There is no such export in this project.');
  if (row.state !== 'ready' || row.sha256 === null || row.bytes === null) throw new AssayError('request.not_found', 'This export is not written.', { hint: 'Wait for its job to end.' });
  if (row.expiresAt !== null && row.expiresAt < new Date()) throw new AssayError('export.expired', 'This export has expired and its file is gone.', { hint: 'Make it again.' });
  const day = row.createdAt.toISOString().slice(0, 10);
  return { sha256: row.sha256, bytes: Number(row.bytes), fileName: `${folderName(row.project.name, 'export')}-${day}-${row.id.slice(-8)}.zip` };
}

function toExportDto(row: Export, names: ReadonlyMap<string, string>): ExportDto {
  return {
    id: row.id,
    state: row.state,
    rule: exportRuleSchema.parse(row.rule),
    cutOffAt: row.cutOffAt.toISOString(),
    count: row.count,
    sha256: row.sha256,
    bytes: row.bytes === null ? null : Number(row.bytes),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    jobId: row.jobId,
    createdBy: row.createdById === null ? null : (names.get(row.createdById) ?? null),
    createdAt: row.createdAt.toISOString(),
  };
}
