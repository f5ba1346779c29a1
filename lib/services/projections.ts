import type { z } from 'zod';
import type { MapMethod, MapParameters, Projection as ProjectionDto, projectionListSchema, startProjectionSchema } from '@/lib/api/contracts/runs';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { enqueueJob } from '@/lib/jobs/enqueue';
import type { Projection } from '@/lib/store/generated/client';
import { endedBecause } from './browser-results';
import type { ServiceContext } from './context';

const withModel = { featureSet: { select: { model: { select: { name: true } } } } } as const;
type WithModel = Projection & { featureSet: { model: { name: string } } };

/** Maps of a project, newest first. */
export async function listProjections(
  { store }: ServiceContext,
  { projectId }: { projectId: string },
): Promise<z.infer<typeof projectionListSchema>> {
  const projections = await store.projection.findMany({ where: { projectId }, include: withModel, orderBy: { createdAt: 'desc' } });
  return { projections: projections.map(toProjectionDto) };
}

/** @throws AssayError `request.not_found` */
export async function getProjection({ store }: ServiceContext, { projectId, projectionId }: { projectId: string; projectionId: string }): Promise<ProjectionDto> {
  const projection = await store.projection.findFirst({ where: { id: projectionId, projectId }, include: withModel });
  if (projection === null) throw new AssayError('request.not_found', 'There is no such map in this project.');
  return toProjectionDto(projection);
}

/** Starts a map of a ready feature set. Of a private project no job is queued: the browser that asked computes it. */
export async function startProjection(
  { store, actor }: ServiceContext,
  { projectId, featureSetId, method, seed, ...chosen }: z.output<typeof startProjectionSchema>,
): Promise<ProjectionDto> {
  const set = await store.featureSet.findFirst({ where: { id: featureSetId, projectId, state: 'ready' }, include: { project: { select: { isPrivate: true } } } });
  if (set === null) {
    throw new AssayError('request.not_found', 'There is no such ready feature set in this project.', { hint: 'Extract features first.' });
  }
  return store.$transaction(async (transaction) => {
    const projection = await transaction.projection.create({
      data: { projectId, featureSetId, method, parameters: parametersOf(method, chosen), seed, createdById: actor.userId },
      include: withModel,
    });
    const { id } = projection;
    await recordEvent(transaction, { actor, projectId }, { type: 'projection.started', projectionId: id, method });
    if (set.project.isPrivate) return toProjectionDto(projection);
    const job = await enqueueJob(transaction, { kind: 'project', projectId, createdById: actor.userId, input: { projectionId: id } });
    return toProjectionDto(await transaction.projection.update({ where: { id }, data: { jobId: job.id }, include: withModel }));
  });
}

/** Key of the blob that holds the coordinates. @throws AssayError `request.not_found` until it is ready */
export async function projectionColumnsBlob(
  { store }: ServiceContext,
  { projectId, projectionId }: { projectId: string; projectionId: string },
): Promise<string> {
  const projection = await store.projection.findFirst({ where: { id: projectionId, projectId } });
  if (projection === null) throw new AssayError('request.not_found', 'There is no such map in this project.');
  if (projection.columnsSha256 === null) throw new AssayError('request.not_found', 'This map is not computed yet.', { hint: 'Wait for its job to end.' });
  return projection.columnsSha256;
}

function toProjectionDto(projection: WithModel): ProjectionDto {
  const { id, featureSetId, method, parameters, seed, state, jobId, createdAt } = projection;
  return { id, featureSetId, modelName: projection.featureSet.model.name, method, parameters, seed, state, jobId, error: endedBecause(projection), createdAt: createdAt.toISOString() };
}

/** The part of what a person sets that a method takes. */
function parametersOf(method: MapMethod, { perplexity, learningRate, neighbours, minimalDistance }: MapParameters): Partial<MapParameters> {
  if (method === 't-SNE') return { perplexity, learningRate };
  return method === 'UMAP' ? { neighbours, minimalDistance, learningRate } : {};
}
