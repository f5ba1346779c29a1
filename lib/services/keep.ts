import type { z } from 'zod';
import { keepSettingsSchema, keepSummarySchema, type KeepAnalysis, type KeepSettings, type keepAnalysisListSchema, type startKeepAnalysisSchema } from '@/lib/api/contracts/keep';
import { recordEvent } from '@/lib/audit/record';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { enqueueJob } from '@/lib/jobs/enqueue';
import { planKeep, type RealCounts } from '@/lib/scoring/keep-plan';
import type { Prisma, PrismaClient } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { jobErrors } from './job-errors';
import { namesOf } from './names';
import { requireServerProject } from './private-projects';

type OfProject = { readonly projectId: string };
type OfAnalysis = OfProject & { readonly analysisId: string };

/** With their curves: a list of many runs is long. */
const LIST_LIMIT = 20;
const withModel = { featureSet: { select: { model: { select: { name: true } } } } } as const;
type Row = Prisma.KeepAnalysisGetPayload<{ include: typeof withModel }>;

/** Analyses of a project, newest first. */
export async function listKeepAnalyses({ store }: ServiceContext, { projectId }: OfProject): Promise<z.infer<typeof keepAnalysisListSchema>> {
  const rows = await store.keepAnalysis.findMany({ where: { projectId }, include: withModel, orderBy: { id: 'desc' }, take: LIST_LIMIT });
  return { analyses: await toDtos(store, rows) };
}

/** @throws AssayError `request.not_found` */
export async function getKeepAnalysis({ store }: ServiceContext, { projectId, analysisId }: OfAnalysis): Promise<KeepAnalysis> {
  const row = await store.keepAnalysis.findFirst({ where: { id: analysisId, projectId }, include: withModel });
  if (row === null) throw notFound();
  return (await toDtos(store, [row]))[0]!;
}

/** Key of the blob with the distances to higher-ranked samples. @throws AssayError `request.not_found` until it is ready */
export async function keepColumnsBlob({ store }: ServiceContext, { projectId, analysisId }: OfAnalysis): Promise<string> {
  const row = await store.keepAnalysis.findFirst({ where: { id: analysisId, projectId }, select: { columnsSha256: true } });
  if (row === null) throw notFound();
  if (row.columnsSha256 === null) throw new AssayError('request.not_found', 'This analysis has no result yet.', { hint: 'Wait for it to end.' });
  return row.columnsSha256;
}

/**
 * Starts an analysis of how many samples to keep: learning curves over the rankings of some runs of one feature set, and near copies in them.
 * @throws AssayError `project.private`, `request.not_found`, `request.conflict` for runs that are not ready or of another feature set, `data.too_few_rows`
 */
export async function startKeepAnalysis({ store, actor }: ServiceContext, input: z.output<typeof startKeepAnalysisSchema>): Promise<KeepAnalysis> {
  const { projectId, featureSetId, seed } = input;
  await requireServerProject(store, projectId, 'An analysis of how many samples to keep');
  const runIds = [...new Set(input.runIds)];
  await requireReadyRuns(store, { projectId, featureSetId, runIds });
  const settings = { ...input.settings, classifier: input.settings.classifier ?? (await usualClassifier(store, projectId)) };
  planKeep(await countReal(store, { projectId, featureSetId }), settings);
  const row = await store.$transaction(async (transaction) => {
    const { id } = await transaction.keepAnalysis.create({ data: { projectId, featureSetId, runIds, settings, seed, codeVersion: env().version, createdById: actor.userId } });
    const job = await enqueueJob(transaction, { kind: 'analyse_keep', projectId, createdById: actor.userId, input: { analysisId: id } });
    await recordEvent(transaction, { actor, projectId }, { type: 'keep.started', analysisId: id, runs: runIds.length, seed });
    return transaction.keepAnalysis.update({ where: { id }, data: { jobId: job.id }, include: withModel });
  });
  return (await toDtos(store, [row]))[0]!;
}

/** What the authors of EAP train: a random forest on tables, an SVM on features of images. */
async function usualClassifier(store: PrismaClient, projectId: string): Promise<KeepSettings['classifier']> {
  const { kind } = await store.project.findUniqueOrThrow({ where: { id: projectId }, select: { kind: true } });
  return kind === 'vector' ? 'random_forest' : 'svm';
}

async function requireReadyRuns(store: PrismaClient, { projectId, featureSetId, runIds }: OfProject & { featureSetId: string; runIds: readonly string[] }): Promise<void> {
  const set = await store.featureSet.findFirst({ where: { id: featureSetId, projectId }, select: { id: true } });
  if (set === null) throw new AssayError('request.not_found', 'There is no such feature set in this project.');
  const runs = await store.run.findMany({ where: { id: { in: [...runIds] }, projectId }, select: { featureSetId: true, state: true, evaluator: true } });
  if (runs.length < runIds.length) throw new AssayError('request.not_found', 'There is no such run in this project.');
  const foreign = runs.find((run) => run.featureSetId !== featureSetId);
  if (foreign !== undefined) {
    throw new AssayError('request.conflict', `The run of ${foreign.evaluator} is of another feature set: its ranking is not one of these samples' vectors.`, { hint: 'Choose runs of one feature set.' });
  }
  const unready = runs.find(({ state }) => state !== 'ready');
  if (unready !== undefined) throw new AssayError('request.conflict', `The run of ${unready.evaluator} has no scores.`, { hint: 'Wait for it to end, or leave it out.' });
}

/** What lib/pipeline/vectors.ts would read of the set, by role and mark. */
async function countReal(store: PrismaClient, { projectId, featureSetId }: OfProject & { featureSetId: string }): Promise<RealCounts> {
  const [counts] = await store.$queryRaw<RealCounts[]>`
    SELECT
      count(*) FILTER (WHERE "role" = 'normal' AND "split" IS DISTINCT FROM 'test')::int AS "trainNormals",
      count(*) FILTER (WHERE "role" = 'normal' AND "split" = 'test')::int AS "testNormals",
      count(*) FILTER (WHERE "role" = 'anomaly' AND "split" IS DISTINCT FROM 'test')::int AS "trainAnomalies",
      count(*) FILTER (WHERE "role" = 'anomaly' AND "split" = 'test')::int AS "testAnomalies"
    FROM "Sample"
    WHERE "projectId" = ${projectId}::uuid AND NOT "excluded"
      AND "id" IN (SELECT unnest("sampleIds") FROM "FeatureChunk" WHERE "featureSetId" = ${featureSetId}::uuid)`;
  return counts ?? { trainNormals: 0, testNormals: 0, trainAnomalies: 0, testAnomalies: 0 };
}

async function toDtos(store: PrismaClient, rows: readonly Row[]): Promise<KeepAnalysis[]> {
  const [names, errors] = await Promise.all([namesOf(store, rows.map(({ createdById }) => createdById)), jobErrors(store, rows)]);
  return rows.map((row) => ({
    id: row.id,
    featureSetId: row.featureSetId,
    modelName: row.featureSet.model.name,
    runIds: row.runIds,
    settings: keepSettingsSchema.parse(row.settings),
    seed: row.seed,
    codeVersion: row.codeVersion,
    state: row.state,
    summary: row.summary === null ? null : keepSummarySchema.parse(row.summary),
    jobId: row.jobId,
    error: errors(row.jobId),
    createdBy: row.createdById === null ? null : (names.get(row.createdById) ?? null),
    createdAt: row.createdAt.toISOString(),
  }));
}

function notFound(): AssayError {
  return new AssayError('request.not_found', 'There is no such analysis in this project.');
}
