import { mapMethodSchema, mapParametersSchema } from '@/lib/api/contracts/runs';
import type { JobResult } from '@/lib/jobs/definition';
import { computeMap } from '@/lib/scoring/map';
import { mapColumns } from '@/lib/scoring/map-columns';
import { computeWith } from './compute/compute';
import type { PipelineContext } from './context';
import { readVectors } from './vectors';

/** Computes the map of a feature set and stores its coordinates as columns. */
export async function computeProjection({ projectionId }: { projectionId: string }, context: PipelineContext): Promise<JobResult> {
  const projection = await context.store.projection.findUniqueOrThrow({ where: { id: projectionId } });
  if (projection.state === 'ready') return { projectionId };
  context.progress({ step: 'reading vectors', done: 0, total: null });
  const choices = { ...mapParametersSchema.parse(projection.parameters), method: mapMethodSchema.parse(projection.method), seed: projection.seed };
  const vectors = await readVectors(context, projection.featureSetId);
  const { x, y, parameters, divergence } = await computeMap(vectors, choices, computeWith(context));
  const columnsSha256 = await context.blobs.put(mapColumns(vectors.samples, x, y));
  await context.store.projection.update({ where: { id: projectionId }, data: { state: 'ready', columnsSha256, parameters, summary: { divergence } } });
  return { projectionId, divergence };
}
