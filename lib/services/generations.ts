import type { z } from 'zod';
import {
  generationSummarySchema,
  generatorIdSchema,
  generatorParametersSchema,
  type diffusionModelListSchema,
  type Generation as GenerationDto,
  type GenerationOutcome,
  type generationListSchema,
  type generationSeedsQuerySchema,
  type generationSeedsSchema,
  type startGenerationSchema,
} from '@/lib/api/contracts/generators';
import { recordEvent } from '@/lib/audit/record';
import { env } from '@/lib/env';
import { AssayError } from '@/lib/errors';
import { enqueueJob } from '@/lib/jobs/enqueue';
import type { Prisma } from '@/lib/store/generated/client';
import { freezeGeneration, generationFolder, trainingNormalIds } from '@/lib/store/generations/freeze';
import { checkedParameters, describeGenerator, fewestSeeds, mostImages } from '@/lib/synthesis/describe';
import { limitSeeds } from '@/lib/synthesis/seed-limit';
import type { ServiceContext } from './context';
import { nothingDecided, outcomesOf } from './generation-outcomes';
import { namesOf } from './names';
import { isPrivateProject } from './private-projects';

const withCounts = { _count: { select: { samples: true } }, diffusionModel: { select: { name: true } } } as const;
type WithCounts = Prisma.GenerationGetPayload<{ include: typeof withCounts }>;
type OfProject = { readonly projectId: string };

/** Batches of synthetic anomalies of a project, newest first. */
export async function listGenerations({ store }: ServiceContext, { projectId }: OfProject): Promise<z.infer<typeof generationListSchema>> {
  const rows = await store.generation.findMany({ where: { projectId }, include: withCounts, orderBy: { id: 'desc' } });
  const names = await namesOf(store, rows.map(({ createdById }) => createdById));
  const outcomes = await outcomesOf(store, projectId, rows.map(({ id }) => id));
  return { generations: rows.map((row) => toGenerationDto(row, names, outcomes)) };
}

/** @throws AssayError `request.not_found` */
export async function getGeneration({ store }: ServiceContext, { projectId, generationId }: OfProject & { generationId: string }): Promise<GenerationDto> {
  const row = await store.generation.findFirst({ where: { id: generationId, projectId }, include: withCounts });
  if (row === null) throw new AssayError('request.not_found', 'There is no such batch in this project.');
  return toGenerationDto(row, await namesOf(store, [row.createdById]), await outcomesOf(store, projectId, [generationId]));
}

/** Training normals in the order in which `startGeneration` with the same seed and limit would take them. */
export async function generationSeeds(
  { store }: ServiceContext,
  { projectId, seed, seedLimit }: OfProject & z.output<typeof generationSeedsQuerySchema>,
): Promise<z.infer<typeof generationSeedsSchema>> {
  return { sampleIds: [...limitSeeds(await trainingNormalIds(store, projectId), seed, seedLimit ?? null)] };
}

/** Networks that DiffStyle can be run with, by name. */
export async function listDiffusionModels({ store }: ServiceContext): Promise<z.infer<typeof diffusionModelListSchema>> {
  const models = await store.diffusionModel.findMany({ orderBy: { name: 'asc' } });
  return { models: models.map(({ id, name, sha256, bytes, width, height, createdAt }) => ({ id, name, sha256, bytes: Number(bytes), width, height, createdAt: createdAt.toISOString() })) };
}

/**
 * Starts a batch of synthetic anomalies. Of a private project no job is queued: the browser that asked makes it.
 * @throws AssayError or NumericsError `parameter.invalid`, `data.too_few_rows`, `data.mixed` (feature vectors), `model.missing`,
 *   `project.private` for DiffStyle, whose network runs on the server only
 */
export async function startGeneration({ store, actor }: ServiceContext, input: z.output<typeof startGenerationSchema>): Promise<GenerationDto> {
  const { projectId, generator, seed, seedLimit, seeds, count, qualityLabel } = input;
  const parameters = checkedParameters(generator, input.parameters);
  const { needsNetwork } = describeGenerator(generator);
  const diffusionModelId = needsNetwork ? await requireDiffusionModel(store, input.diffusionModelId) : null;
  const row = await store.$transaction(async (transaction) => {
    const { id } = await freezeGeneration(transaction, projectId, {
      generator, parameters, seed, seeds, count, qualityLabel, diffusionModelId,
      limit: (ids) => limitSeeds(ids, seed, seedLimit),
      fewest: fewestSeeds(generator),
      most: (seedCount) => mostImages(generator, seedCount),
      codeVersion: env().version,
      createdById: actor.userId,
      browserMayMake: !needsNetwork,
    });
    await recordEvent(transaction, { actor, projectId }, { type: 'generation.started', generationId: id, generator, count, seed });
    if (await isPrivateProject(transaction, projectId)) return transaction.generation.findUniqueOrThrow({ where: { id }, include: withCounts });
    const job = await enqueueJob(transaction, { kind: 'generate', projectId, createdById: actor.userId, input: { generationId: id } });
    return transaction.generation.update({ where: { id }, data: { jobId: job.id }, include: withCounts });
  });
  return toGenerationDto(row, new Map([[actor.userId, actor.name]]), new Map());
}

async function requireDiffusionModel(store: ServiceContext['store'], id: string | null): Promise<string> {
  const model = id === null ? null : await store.diffusionModel.findUnique({ where: { id }, select: { id: true } });
  if (model !== null) return model.id;
  throw new AssayError('model.missing', id === null ? 'DiffStyle needs a diffusion network.' : 'There is no such diffusion network.', { hint: 'docs/diffstyle.md says how to get one and to add it.' });
}

function toGenerationDto(row: WithCounts, names: ReadonlyMap<string, string>, outcomes: ReadonlyMap<string, GenerationOutcome>): GenerationDto {
  const { id, seed, count, qualityLabel, codeVersion, state, jobId } = row;
  return {
    id, seed, count, qualityLabel, codeVersion, state, jobId,
    generator: generatorIdSchema.parse(row.generator),
    parameters: generatorParametersSchema.parse(row.parameters),
    seedCount: row.seedSampleIds.length,
    diffusionModelName: row.diffusionModel?.name ?? null,
    folder: generationFolder(row),
    samples: row._count.samples,
    summary: row.summary === null ? null : generationSummarySchema.parse(row.summary),
    outcome: outcomes.get(id) ?? nothingDecided,
    createdBy: row.createdById === null ? null : (names.get(row.createdById) ?? null),
    createdAt: row.createdAt.toISOString(),
  };
}
