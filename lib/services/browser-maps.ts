import type { z } from 'zod';
import type { browserEndSchema, mapResultSchema } from '@/lib/api/contracts/browser-runs';
import { unpackUuids } from '@/lib/api/contracts/columns';
import type { Projection as ProjectionDto } from '@/lib/api/contracts/runs';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { mapColumns } from '@/lib/scoring/map-columns';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { endedFields, lockPending, otherSamples } from './browser-results';
import { placedSamples } from './browser-set';
import type { ServiceContext } from './context';
import { decodeFloats } from './floats';
import { getProjection } from './projections';

type Where = { projectId: string; projectionId: string };
const UUID_BYTES = 16;

/**
 * Keeps a map that a browser computed.
 * @throws AssayError `request.conflict` when it has ended or the project is not private, `data.shape` for other samples than those of its feature set,
 * `data.not_finite`
 */
export async function storeProjection(context: ServiceContext, { ids, positions, parameters, divergence, ...where }: Where & z.output<typeof mapResultSchema>): Promise<ProjectionDto> {
  const packed = Buffer.from(ids, 'base64');
  const coordinates = decodeFloats(Buffer.from(positions, 'base64'));
  if (packed.length % UUID_BYTES !== 0 || coordinates.length !== (2 * packed.length) / UUID_BYTES) throw otherSamples();
  if (!coordinates.every(Number.isFinite)) throw new AssayError('data.not_finite', 'A coordinate of the map is NaN or infinite.');
  const axis = (offset: 0 | 1) => Float32Array.from({ length: coordinates.length / 2 }, (_, row) => coordinates[2 * row + offset]!);
  await context.store.$transaction(async (transaction) => {
    const featureSetId = await lockPending(transaction, { kind: 'Projection', id: where.projectionId, projectId: where.projectId });
    const { parameters: chosen, seed } = await transaction.projection.findUniqueOrThrow({ where: { id: where.projectionId }, select: { parameters: true, seed: true } });
    if (!Object.entries({ ...(chosen as object), seed }).every(([name, value]) => parameters[name] === value)) {
      throw new AssayError('data.shape', 'The map was computed with other parameters than it was started with.', { hint: 'Compute it again.' });
    }
    const samples = await placedSamples(transaction, { ...where, featureSetId });
    const given = unpackUuids(packed);
    if (given.length !== samples.length || !samples.every(({ id }, row) => id === given[row])) throw otherSamples();
    const columnsSha256 = await blobStore().put(mapColumns(samples, axis(0), axis(1)));
    await transaction.projection.update({ where: { id: where.projectionId }, data: { state: 'ready', columnsSha256, parameters, summary: { divergence } } });
  }, { timeout: 60_000, maxWait: 20_000 });
  return getProjection(context, where);
}

/** Ends a map of a browser without a result. */
export async function endBrowserProjection(context: ServiceContext, { end, ...where }: Where & { end: z.output<typeof browserEndSchema> }): Promise<ProjectionDto> {
  await context.store.$transaction(async (transaction) => {
    await lockPending(transaction, { kind: 'Projection', id: where.projectionId, projectId: where.projectId });
    const { method } = await transaction.projection.update({ where: { id: where.projectionId }, data: endedFields(end) });
    await recordEvent(transaction, { actor: context.actor, projectId: where.projectId }, { type: 'projection.ended', projectionId: where.projectionId, method, state: end.outcome });
  });
  return getProjection(context, where);
}
