import type { z } from 'zod';
import type { EndExport, Export as ExportDto, ExportRule, exportListSchema, startExportSchema } from '@/lib/api/contracts/exports';
import { exportFormatSchema, exportRuleSchema } from '@/lib/api/contracts/exports';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { exportFile } from '@/lib/export/formats';
import { manifestText } from '@/lib/export/manifest';
import { enqueueJob } from '@/lib/jobs/enqueue';
import type { Export } from '@/lib/store/generated/client';
import { exportFiles } from '@/lib/store/exports/files';
import { freezeExport } from '@/lib/store/exports/freeze';
import { exportHead } from '@/lib/store/exports/head';
import { countSelection } from '@/lib/store/exports/selection';
import { requireExportable, writesInBrowsers, writtenInBrowsers } from '@/lib/store/exports/written-in-browsers';
import type { ServiceContext } from './context';
import { namesOf } from './names';
import { databaseClock, pastTime } from './past-time';

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
 * Freezes what the rule selects now, or selected at a past time, and queues the writing of its file, in one transaction. The folder of a private project
 * is written by a browser: no job is queued.
 * @throws AssayError `data.too_few_rows` when nothing is selected, `request.not_found` for a foreign run,
 *   `project.private` or `request.invalid` when the project cannot be exported in this format
 */
export async function startExport({ store, actor }: ServiceContext, { projectId, runId, filter, format = 'folder', at }: z.input<typeof startExportSchema>): Promise<ExportDto> {
  const row = await store.$transaction(async (transaction) => {
    const project = await transaction.project.findUniqueOrThrow({ where: { id: projectId }, select: { isPrivate: true, kind: true } });
    requireExportable(project, format);
    const frozen = await freezeExport(transaction, projectId, { runId, filter }, { createdById: actor.userId, format, ...(at === undefined ? {} : { at: pastTime(at, await databaseClock(transaction)) }) });
    const { id, count } = frozen;
    await recordEvent(transaction, { actor, projectId }, { type: 'export.started', exportId: id, count, format });
    if (writesInBrowsers(project, format)) return frozen;
    const job = await enqueueJob(transaction, { kind: 'export', projectId, createdById: actor.userId, input: { exportId: id } });
    return transaction.export.update({ where: { id }, data: { jobId: job.id } });
  }, { timeout: 60_000, maxWait: 20_000 });
  return toExportDto(row, new Map([[actor.userId, actor.name]]));
}

/**
 * The manifest of an export that a browser writes, as JSON in pieces, without the sizes of masks.
 * @throws AssayError `request.not_found`, `request.conflict` when the server writes it or samples were deleted since
 */
export async function exportManifest(context: ServiceContext, where: Where): Promise<Iterable<string>> {
  const frozen = await browserExport(context, where);
  const files = await exportFiles(frozen, frozen.project.objectName, context);
  return manifestText(await exportHead(frozen, context.store), files);
}

/**
 * Notes what became of a zip that a browser wrote. One that was ready stays what it was, also when it is written again
 * elsewhere: the answer tells the browser whether it made the same bytes.
 * @throws AssayError `request.not_found`, `request.conflict` when the server writes it, or it has ended and did not become ready
 */
export async function endExport(context: ServiceContext, { outcome, ...where }: EndExport): Promise<ExportDto> {
  const { store, actor } = context;
  const { id } = await browserExport(context, where);
  const change = outcome.state === 'ready' ? { state: outcome.state, sha256: outcome.sha256, bytes: outcome.bytes } : { state: outcome.state };
  // A cancelled or failed one may be written again; one that is ready can be written again, but is not changed by it.
  const from = outcome.state === 'ready' ? (['pending', 'cancelled', 'failed'] as const) : (['pending'] as const);
  const row = await store.$transaction(async (transaction) => {
    const { count } = await transaction.export.updateMany({ where: { id, state: { in: [...from] } }, data: change });
    const current = await transaction.export.findUniqueOrThrow({ where: { id } });
    if (count === 0 && outcome.state !== 'ready') throw new AssayError('request.conflict', 'This export has ended already.', { hint: 'Reload the page.' });
    if (count > 0) await recordEvent(transaction, { actor, projectId: where.projectId }, { type: 'export.ended', exportId: id, count: current.count, ...change });
    return current;
  });
  return toExportDto(row, await namesOf(store, [row.createdById]));
}

type Where = { projectId: string; exportId: string };

async function browserExport({ store }: ServiceContext, { projectId, exportId }: Where) {
  const row = await store.export.findFirst({ where: { id: exportId, projectId }, include: { project: true } });
  if (row === null) throw new AssayError('request.not_found', 'There is no such export in this project.');
  if (!writesInBrowsers(row.project, exportFormatSchema.parse(row.format))) throw new AssayError('request.conflict', 'The server writes the exports of this project.', { hint: 'Download the zip from the server.' });
  return row;
}

/** The file of an export as it can be downloaded now. */
export type ExportDownload = { readonly sha256: string; readonly bytes: number; readonly fileName: string; readonly contentType: string };

/**
 * Finds the file of an export of this project.
 * @throws AssayError `request.not_found` (unknown, of another project, or not written yet), `export.expired`,
 *   `project.private` (written in a browser)
 */
export async function exportDownload({ store }: ServiceContext, { projectId, exportId }: Where): Promise<ExportDownload> {
  const row = await store.export.findFirst({ where: { id: exportId, projectId }, include: { project: true } });
  if (row === null) throw new AssayError('request.not_found', 'There is no such export in this project.');
  // Every zip that the server wrote has an expiry; the SHA-256 that a browser sent must never name a blob to read.
  const format = exportFormatSchema.parse(row.format);
  if (writesInBrowsers(row.project, format) || (row.state === 'ready' && row.expiresAt === null)) throw writtenInBrowsers();
  if (row.state !== 'ready' || row.sha256 === null || row.bytes === null) throw new AssayError('request.not_found', 'This export is not written.', { hint: 'Wait for its job to end.' });
  if (row.expiresAt !== null && row.expiresAt < new Date()) throw new AssayError('export.expired', 'This export has expired and its file is gone.', { hint: 'Make it again.' });
  return { sha256: row.sha256, bytes: Number(row.bytes), ...exportFile({ exportId: row.id, projectName: row.project.name, createdAt: row.createdAt.toISOString(), format }) };
}

/**
 * Finds the report of an export of this project.
 * @throws AssayError as `exportDownload`, and `request.not_found` for an export of another format
 */
export async function exportReport(context: ServiceContext, where: Where): Promise<ExportDownload> {
  const isReport = await context.store.export.count({ where: { id: where.exportId, projectId: where.projectId, format: 'report' } });
  if (isReport === 0) throw new AssayError('request.not_found', 'There is no such report in this project.');
  return exportDownload(context, where);
}

function toExportDto(row: Export, names: ReadonlyMap<string, string>): ExportDto {
  return {
    id: row.id,
    state: row.state,
    format: exportFormatSchema.parse(row.format),
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
