import type { z } from 'zod';
import type { GeneratedImage, generationPlanSchema, generationResultSchema, storedGeneratedSchema, storeGeneratedSchema } from '@/lib/api/contracts/browser-generations';
import type { browserEndSchema } from '@/lib/api/contracts/browser-runs';
import type { Generation as GenerationDto, GenerationSummary } from '@/lib/api/contracts/generators';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { MAX_PIXELS } from '@/lib/ingest/limits';
import type { Transaction } from '@/lib/store/client';
import type { Generation, Prisma } from '@/lib/store/generated/client';
import { generationFolder } from '@/lib/store/generations/freeze';
import { anomalyFileName, sampleParameters } from '@/lib/synthesis/provenance';
import { serverComputes } from './browser-set';
import type { ServiceContext } from './context';
import { getGeneration } from './generations';
import { storeThumbnail } from './private-projects';

type Where = { projectId: string; generationId: string };
type Frozen = Generation & { readonly project: { readonly sendsThumbnails: boolean } };
type GenerationState = GenerationDto['state'];

/**
 * What a browser needs to make a batch, to go on with it, or to make again what it lacks of it.
 * @throws AssayError `request.not_found`, `request.conflict` of a project whose images the server keeps
 */
export async function generationPlan({ store }: ServiceContext, { projectId, generationId }: Where): Promise<z.infer<typeof generationPlanSchema>> {
  const generation = await store.generation.findFirst({ where: { id: generationId, projectId }, select: { seedSampleIds: true, project: { select: { isPrivate: true } } } });
  if (generation === null) throw notThere();
  if (!generation.project.isPrivate) throw serverComputes();
  const samples = await store.sample.findMany({ where: { generationId, generationIndex: { not: null } }, select: { id: true, generationIndex: true, sha256: true }, orderBy: { generationIndex: 'asc' } });
  return { seedSampleIds: generation.seedSampleIds, made: samples.map(({ id, generationIndex, sha256 }) => ({ index: generationIndex!, sampleId: id, sha256 })) };
}

/**
 * Makes samples of synthetic anomalies that a browser made and keeps. Telling them again is harmless.
 * @throws AssayError `request.conflict` when the batch has ended or the project is not private, `data.shape` for a number or a parent that the
 *   batch does not have, `image.too_many_pixels`, `request.invalid` for a thumbnail that is none
 */
export async function storeGenerated({ store }: ServiceContext, { images, ...where }: Where & z.output<typeof storeGeneratedSchema>): Promise<z.infer<typeof storedGeneratedSchema>> {
  const wanted = await store.project.findUniqueOrThrow({ where: { id: where.projectId }, select: { sendsThumbnails: true } });
  const thumbnails = new Map<number, string>();
  for (const { index, thumbnail } of images) if (wanted.sendsThumbnails && thumbnail !== null) thumbnails.set(index, await storeThumbnail(thumbnail));
  return store.$transaction(async (transaction) => {
    const generation = await lockPending(transaction, where);
    const data = images.map((image) => sampleOf(generation, image, thumbnails.get(image.index) ?? null));
    await transaction.sample.createMany({ data, skipDuplicates: true });
    const stored = await transaction.sample.findMany({ where: { generationId: where.generationId, generationIndex: { in: images.map(({ index }) => index) } }, select: { id: true, generationIndex: true, sha256: true } });
    const idOf = ({ index, sha256 }: GeneratedImage) => stored.find((sample) => sample.generationIndex === index && sample.sha256 === sha256)?.id ?? null;
    return { samples: images.map((image) => ({ index: image.index, sampleId: idOf(image) })) };
  });
}

function sampleOf(generation: Frozen, image: GeneratedImage, thumbnailSha256: string | null): Prisma.SampleCreateManyInput {
  const { id, projectId, generator, seed, count, seedSampleIds, qualityLabel } = generation;
  const { index, sha256, maskSha256, width, height, bytes, drawn } = image;
  const parents = image.parents.map((place) => seedSampleIds[place]);
  if (index >= count || parents.includes(undefined)) throw new AssayError('data.shape', `The batch has ${count} images of ${seedSampleIds.length} seed images; number ${index} does not fit.`);
  if (width * height > MAX_PIXELS) throw new AssayError('image.too_many_pixels', `The image has ${width} x ${height} pixels; at most ${MAX_PIXELS / 1e6} million are read.`);
  const provenance = { generator, seed, index, parents: parents as string[], settings: generation.parameters as Record<string, unknown> };
  return {
    projectId, sha256, maskSha256, width, height, bytes, generator, qualityLabel,
    // The project may have been told to send none while this one was on its way.
    thumbnailSha256: generation.project.sendsThumbnails ? thumbnailSha256 : null,
    generationId: id,
    generationIndex: index,
    fileName: anomalyFileName(provenance),
    folder: generationFolder(generation),
    role: 'auxiliary',
    format: 'png',
    parameters: sampleParameters(drawn, provenance) as Prisma.InputJsonObject,
  };
}

/** Makes a batch ready whose images were all told. @throws AssayError as `storeGenerated` */
export async function storeGeneration(context: ServiceContext, { duplicates, failures, seconds, ...where }: Where & z.output<typeof generationResultSchema>): Promise<GenerationDto> {
  return end(context, where, 'ready', { duplicates, failures, seconds });
}

/** Ends a batch of a browser before it is complete; its samples stay. @throws AssayError as `storeGenerated` */
export async function endBrowserGeneration(context: ServiceContext, { end: how, ...where }: Where & { end: z.output<typeof browserEndSchema> }): Promise<GenerationDto> {
  const error = how.outcome === 'failed' ? { error: { code: how.code, message: how.message } } : {};
  return end(context, where, how.outcome, { duplicates: 0, failures: [], seconds: 0, ...error });
}

async function end(context: ServiceContext, where: Where, state: Exclude<GenerationState, 'pending'>, rest: Omit<GenerationSummary, 'made'>): Promise<GenerationDto> {
  await context.store.$transaction(async (transaction) => {
    const { id, generator } = await lockPending(transaction, where);
    const made = await transaction.sample.count({ where: { generationId: id } });
    const summary: GenerationSummary = { made, ...rest };
    await transaction.generation.update({ where: { id }, data: { state, summary } });
    await recordEvent(transaction, { actor: context.actor, projectId: where.projectId }, { type: 'generation.ended', generationId: id, generator, state, made });
  });
  return getGeneration(context, where);
}

/** Holds a batch so that no other call changes it, and sees that a browser may still make it. */
async function lockPending(transaction: Transaction, { projectId, generationId }: Where): Promise<Frozen> {
  await transaction.$queryRaw`SELECT 1 FROM "Generation" WHERE "id" = ${generationId}::uuid FOR UPDATE`;
  const generation = await transaction.generation.findFirst({ where: { id: generationId, projectId }, include: { project: { select: { isPrivate: true, sendsThumbnails: true } } } });
  if (generation === null) throw notThere();
  if (!generation.project.isPrivate) throw serverComputes();
  if (generation.state !== 'pending') throw new AssayError('request.conflict', `This batch is ${generation.state} already; it takes no more images.`, { hint: 'Start another one.' });
  return generation;
}

function notThere(): AssayError {
  return new AssayError('request.not_found', 'There is no such batch in this project.');
}
