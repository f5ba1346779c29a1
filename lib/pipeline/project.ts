import { z } from 'zod';
import { tsneDefaults } from '@/lib/anomaly/projection/tsne';
import { encodeColumns, packUuids } from '@/lib/api/contracts/columns';
import { AssayError } from '@/lib/errors';
import type { JobResult } from '@/lib/jobs/definition';
import { compute } from './compute/compute';
import type { PipelineContext } from './context';
import { rowsOf } from './evaluate';
import { readVectors } from './vectors';

const roles = ['normal', 'anomaly', 'auxiliary'];
const MIN_SAMPLES = 3;

const steps = { neighbours: 'finding neighbours', projection: 'laying out the map' };

const parametersSchema = z.object({ perplexity: z.number() });

/** Computes the map of a feature set by t-SNE and stores its coordinates as columns. */
export async function computeProjection({ projectionId }: { projectionId: string }, context: PipelineContext): Promise<JobResult> {
  const projection = await context.store.projection.findUniqueOrThrow({ where: { id: projectionId } });
  if (projection.state === 'ready') return { projectionId };
  context.progress({ step: 'reading vectors', done: 0, total: null });
  const vectors = await readVectors(context, projection.featureSetId);
  if (vectors.samples.length < MIN_SAMPLES) {
    throw new AssayError('data.too_few_rows', `A map needs at least ${MIN_SAMPLES} samples; this feature set has ${vectors.samples.length}.`);
  }
  const parameters = { ...tsneDefaults, ...parametersSchema.parse(projection.parameters), seed: projection.seed };
  const points = rowsOf(vectors, [...vectors.samples.keys()]);
  const { positions, divergences } = await compute('tsne', { points, parameters }, context, { words: steps, unit: 'steps' });
  const columnsSha256 = await context.blobs.put(
    encodeColumns({
      rows: vectors.samples.length,
      columns: {
        id: { type: 'uuid', data: packUuids(vectors.samples.map(({ id }) => id)) },
        x: { type: 'f32', data: axis(positions.data, 0) },
        y: { type: 'f32', data: axis(positions.data, 1) },
        role: { type: 'u8', data: Uint8Array.from(vectors.samples, ({ role }) => roles.indexOf(role)), values: roles },
      },
    }),
  );
  const divergence = divergences.at(-1)?.value ?? null;
  await context.store.projection.update({
    where: { id: projectionId },
    data: { state: 'ready', columnsSha256, parameters: { ...parameters, learningRate: parameters.learningRate ?? null }, summary: { divergence } },
  });
  return { projectionId, divergence };
}

function axis(positions: Float64Array, offset: 0 | 1): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: positions.length / 2 }, (_, row) => positions[2 * row + offset]!);
}
