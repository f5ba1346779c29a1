import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { SampleRole } from '@/lib/api/contracts/common';
import { decodeColumns, type Columns } from '@/lib/api/contracts/columns';
import { runSummarySchema } from '@/lib/api/contracts/runs';
import type { ReportDecision, ReportModel, ReportRun } from '@/lib/report/model';
import { reportHtml } from '@/lib/report/report';
import { ruleInWords } from '@/lib/report/rule';
import { exportHead } from '@/lib/store/exports/head';
import type { PrismaClient, Run } from '@/lib/store/generated/client';
import type { PipelineContext } from '../context';
import type { ExportWriter, FrozenExport } from './frozen-export';
import { otherRuns } from './other-runs';
import { reportStrips } from './report-samples';

/** The report of the curation as a page of its own. */
export const reportFile: ExportWriter = async (frozen, context) => Readable.from([reportHtml(await reportModel(frozen, context))]);

async function reportModel(frozen: FrozenExport, context: PipelineContext): Promise<ReportModel> {
  const { store, progress } = context;
  const head = await exportHead(frozen, store);
  const creator = frozen.createdById === null ? null : await store.user.findUnique({ where: { id: frozen.createdById }, select: { name: true } });
  const runs = await reportRuns(frozen, context);
  context.signal.throwIfAborted();
  const model = {
    head,
    rule: ruleInWords(head.rule),
    createdBy: creator?.name ?? null,
    roles: await roleCounts(frozen, store),
    runs,
    decisions: await latestDecisions(frozen, store),
    strips: await reportStrips(frozen, context),
    selectionSha256: await selectionHash(frozen, store),
  };
  progress({ step: 'drawing' });
  return model;
}

async function reportRuns({ runId, cutOffAt }: FrozenExport, context: PipelineContext): Promise<ReportRun[]> {
  const run = runId === null ? null : await context.store.run.findUnique({ where: { id: runId } });
  if (run === null) return [];
  const runs: ReportRun[] = [];
  for (const each of [run, ...(await otherRuns(run, cutOffAt, context.store))]) runs.push(await reportRun(each, context));
  return runs;
}

async function reportRun({ id, evaluator, preset, parameters, seed, summary, columnsSha256 }: Run, context: PipelineContext): Promise<ReportRun> {
  const known = runSummarySchema.safeParse(summary);
  return { id, evaluator, preset, parameters, seed, summary: known.success ? known.data : null, columns: await columnsOf(columnsSha256, context) };
}

async function columnsOf(sha256: string | null, { blobs }: PipelineContext): Promise<Columns | null> {
  if (sha256 === null || (await blobs.size(sha256)) === null) return null;
  return decodeColumns(new Uint8Array(await blobs.read(sha256)).buffer);
}

async function roleCounts({ id, projectId }: FrozenExport, store: PrismaClient): Promise<ReportModel['roles']> {
  const project = await store.sample.groupBy({ by: ['role', 'excluded'], where: { projectId }, _count: true });
  const selection = await store.$queryRaw<{ role: SampleRole; count: number }[]>`SELECT s."role"::text AS "role", count(*)::int AS "count" FROM "ExportSample" e JOIN "Sample" s ON s."id" = e."sampleId" WHERE e."exportId" = ${id}::uuid GROUP BY 1`;
  const roles = { project: { normal: 0, anomaly: 0, auxiliary: 0 }, selection: { normal: 0, anomaly: 0, auxiliary: 0 }, excluded: 0 };
  for (const { role, excluded, _count } of project) {
    roles.project[role] += _count;
    if (excluded) roles.excluded += _count;
  }
  for (const { role, count } of selection) roles.selection[role] = count;
  return roles;
}

/** The decision that stood on each sample of the project at the cut-off. */
async function latestDecisions({ projectId, cutOffAt }: FrozenExport, store: PrismaClient): Promise<ReportDecision[]> {
  return store.$queryRaw<ReportDecision[]>`
    SELECT DISTINCT ON (d."sampleId") d."sampleId", d."verdict"::text AS "verdict", d."reason"::text AS "reason", COALESCE(u."name", 'no longer known') AS "reviewer"
    FROM "Decision" d LEFT JOIN "User" u ON u."id" = d."userId"
    WHERE d."projectId" = ${projectId}::uuid AND d."createdAt" <= ${cutOffAt} ORDER BY d."sampleId", d."version" DESC`;
}

async function selectionHash({ id }: FrozenExport, store: PrismaClient): Promise<string> {
  const rows = await store.$queryRaw<{ sha256: string }[]>`SELECT s."sha256" FROM "ExportSample" e JOIN "Sample" s ON s."id" = e."sampleId" WHERE e."exportId" = ${id}::uuid ORDER BY s."sha256" COLLATE "C"`;
  const hash = createHash('sha256');
  for (const { sha256 } of rows) hash.update(`${sha256}\n`);
  return hash.digest('hex');
}
