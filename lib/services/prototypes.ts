import type { z } from 'zod';
import { NumericsError } from '@/lib/anomaly/errors';
import {
  prototypeSettingsSchema,
  prototypeSummarySchema,
  prototypeTailSchema,
  type prototypeEstimateQuerySchema,
  type PrototypeEstimate,
  type PrototypeSearch as PrototypeSearchDto,
  type prototypeSearchListSchema,
  type prototypeTailAnswerSchema,
  type startPrototypeSearchSchema,
} from '@/lib/api/contracts/prototypes';
import { recordEvent } from '@/lib/audit/record';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { enqueueJob } from '@/lib/jobs/enqueue';
import { planSearch, prototypeRowCounts, type PrototypeCounts } from '@/lib/scoring/prototype-plan';
import type { Prisma, PrismaClient } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { jobErrors } from './job-errors';
import { namesOf } from './names';
import { requireServerProject } from './private-projects';

type OfProject = { readonly projectId: string };
type OfSearch = OfProject & { readonly searchId: string };

/** A search without its long tail. */
const slim = { featureSet: { select: { model: { select: { name: true } } } } } as const;
const omitTail = { tail: true } as const;
type Slim = Prisma.PrototypeSearchGetPayload<{ include: typeof slim; omit: typeof omitTail }>;

/** Searches of a project, newest first. */
export async function listPrototypeSearches({ store }: ServiceContext, { projectId }: OfProject): Promise<z.infer<typeof prototypeSearchListSchema>> {
  const rows = await store.prototypeSearch.findMany({ where: { projectId }, include: slim, omit: omitTail, orderBy: { id: 'desc' } });
  return { searches: await toSearchDtos(store, rows) };
}

/** @throws AssayError `request.not_found` */
export async function getPrototypeSearch({ store }: ServiceContext, { projectId, searchId }: OfSearch): Promise<PrototypeSearchDto> {
  const row = await store.prototypeSearch.findFirst({ where: { id: searchId, projectId }, include: slim, omit: omitTail });
  if (row === null) throw searchNotFound();
  return one(await toSearchDtos(store, [row]));
}

/** Every candidate, most harmful first; empty where the long tail was not asked for. @throws AssayError `request.not_found` until the search is ready */
export async function prototypeTail({ store }: ServiceContext, { projectId, searchId }: OfSearch): Promise<z.infer<typeof prototypeTailAnswerSchema>> {
  const row = await store.prototypeSearch.findFirst({ where: { id: searchId, projectId }, select: { tail: true } });
  if (row === null) throw searchNotFound();
  if (row.tail === null) throw new AssayError('request.not_found', 'This search has no result yet.', { hint: 'Wait for it to end.' });
  return { tail: prototypeTailSchema.parse(row.tail) };
}

/** What a search would work on and about how long it would take; what stands against it is part of the answer. */
export async function estimatePrototypeSearch(
  { store }: ServiceContext,
  { projectId, featureSetId, settings }: OfProject & z.output<typeof prototypeEstimateQuerySchema>,
): Promise<PrototypeEstimate> {
  const set = await requireReadySet(store, { projectId, featureSetId });
  const counts = await countRows(store, { projectId, featureSetId });
  try {
    const { rows, plan, seconds } = planSearch(counts, set.dim, settings);
    return { rows, methods: [...plan.methods], population: plan.population, generations: plan.generations, seconds, obstacle: null };
  } catch (error) {
    if (!(error instanceof AssayError) && !(error instanceof NumericsError)) throw error;
    const obstacle = { message: error.message, hint: error instanceof AssayError ? (error.hint ?? null) : null };
    return { rows: prototypeRowCounts(counts, settings), methods: settings.methods ?? [], population: settings.population ?? 0, generations: settings.generations ?? 0, seconds: null, obstacle };
  }
}

/**
 * Starts a search for prototypes of normality over a ready feature set.
 * @throws AssayError or NumericsError `project.private`, `request.not_found`, `request.conflict`, `data.too_few_rows`, `parameter.invalid`
 */
export async function startPrototypeSearch({ store, actor }: ServiceContext, { projectId, featureSetId, settings }: z.output<typeof startPrototypeSearchSchema>): Promise<PrototypeSearchDto> {
  await requireServerProject(store, projectId, 'A search for prototypes');
  const set = await requireReadySet(store, { projectId, featureSetId });
  planSearch(await countRows(store, { projectId, featureSetId }), set.dim, settings);
  const row = await store.$transaction(async (transaction) => {
    const { id } = await transaction.prototypeSearch.create({
      data: { projectId, featureSetId, settings, seed: settings.seed, codeVersion: env().version, createdById: actor.userId },
    });
    const job = await enqueueJob(transaction, { kind: 'find_prototypes', projectId, createdById: actor.userId, input: { searchId: id } });
    await recordEvent(transaction, { actor, projectId }, { type: 'prototypes.started', searchId: id, detector: settings.detector, seed: settings.seed });
    return transaction.prototypeSearch.update({ where: { id }, data: { jobId: job.id }, include: slim, omit: omitTail });
  });
  return one(await toSearchDtos(store, [row]));
}

async function requireReadySet(store: PrismaClient, { projectId, featureSetId }: OfProject & { featureSetId: string }): Promise<{ dim: number }> {
  const set = await store.featureSet.findFirst({ where: { id: featureSetId, projectId }, select: { dim: true, state: true } });
  if (set === null) throw new AssayError('request.not_found', 'There is no such feature set in this project.');
  if (set.state !== 'ready') {
    throw new AssayError('request.conflict', 'This feature set is not ready.', { hint: 'Wait for its extraction to end, or choose another one.' });
  }
  return set;
}

/** What lib/pipeline/vectors.ts would read of the set, by use. */
async function countRows(store: PrismaClient, { projectId, featureSetId }: OfProject & { featureSetId: string }): Promise<PrototypeCounts> {
  const [counts] = await store.$queryRaw<PrototypeCounts[]>`
    SELECT
      count(*) FILTER (WHERE "role" = 'normal' AND "split" IS DISTINCT FROM 'test')::int AS "trainingNormals",
      count(*) FILTER (WHERE "role" = 'normal' AND "split" = 'test')::int AS "heldOutNormals",
      count(*) FILTER (WHERE "role" = 'anomaly')::int AS "anomalies"
    FROM "Sample"
    WHERE "projectId" = ${projectId}::uuid AND NOT "excluded"
      AND "id" IN (SELECT unnest("sampleIds") FROM "FeatureChunk" WHERE "featureSetId" = ${featureSetId}::uuid)`;
  return counts ?? { trainingNormals: 0, heldOutNormals: 0, anomalies: 0 };
}

async function toSearchDtos(store: PrismaClient, rows: readonly Slim[]): Promise<PrototypeSearchDto[]> {
  const [names, errors] = await Promise.all([namesOf(store, rows.map(({ createdById }) => createdById)), jobErrors(store, rows)]);
  return rows.map((row) => ({
    id: row.id,
    featureSetId: row.featureSetId,
    modelName: row.featureSet.model.name,
    settings: prototypeSettingsSchema.parse(row.settings),
    codeVersion: row.codeVersion,
    state: row.state,
    summary: row.summary === null ? null : prototypeSummarySchema.parse(row.summary),
    jobId: row.jobId,
    error: errors(row.jobId),
    createdBy: row.createdById === null ? null : (names.get(row.createdById) ?? null),
    createdAt: row.createdAt.toISOString(),
  }));
}

function one<T>(list: readonly T[]): T {
  return list[0]!;
}

function searchNotFound(): AssayError {
  return new AssayError('request.not_found', 'There is no such search in this project.');
}
