import type { z } from 'zod';
import type { FeatureSet as FeatureSetDto } from '@/lib/api/contracts/features';
import { patchScaleSchema, type patchMapAnswerSchema } from '@/lib/api/contracts/patches';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { enqueueJob } from '@/lib/jobs/enqueue';
import { decodeDistances } from '@/lib/store/patches/distances';
import { isGivenValues } from '@/lib/store/vectors/given-values';
import type { ServiceContext } from './context';
import { featureSetDto } from './features';
import { requireServerProject } from './private-projects';

/** Of the random projection and of the patches that the memory is chosen among. */
const SEED = 0;

/**
 * Starts a job that makes heat maps of a feature set. Does nothing where they are there or being made; after a failure or a cancellation the job goes on
 * with the patches that are stored.
 * @throws AssayError `request.not_found`, `request.conflict` while the feature set is not ready, `project.private`, `patches.none`
 */
export async function startPatchMaps({ store, actor }: ServiceContext, { projectId, featureSetId }: { projectId: string; featureSetId: string }): Promise<FeatureSetDto> {
  await requireServerProject(store, projectId, 'A heat map made on the server');
  await store.$transaction(async (transaction) => {
    const set = await transaction.featureSet.findFirst({ where: { id: featureSetId, projectId }, include: { model: true, patchSet: true } });
    if (set === null) throw new AssayError('request.not_found', 'There is no such feature set in this project.');
    if (set.state !== 'ready') throw new AssayError('request.conflict', 'The feature set is not ready; heat maps are made of a finished one.');
    if (isGivenValues(set.model)) throw new AssayError('patches.none', 'The vectors of this set came in tables: there are no images to make heat maps of.');
    if (set.patchSet?.state === 'ready' || set.patchSet?.state === 'pending') return;
    await transaction.patchSet.upsert({
      where: { featureSetId },
      create: { featureSetId, seed: SEED, parameters: {}, createdById: actor.userId },
      update: { state: 'pending' },
    });
    const job = await enqueueJob(transaction, { kind: 'patches', projectId, createdById: actor.userId, input: { featureSetId } });
    await recordEvent(transaction, { actor, projectId }, { type: 'patches.started', featureSetId, modelName: set.model.name });
    await transaction.patchSet.update({ where: { featureSetId }, data: { jobId: job.id } });
  });
  return featureSetDto(store, { projectId, featureSetId });
}

/** The heat map of a sample; null where the finished set has none of it, or there is no finished set. */
export async function getPatchMap({ store }: ServiceContext, { projectId, featureSetId, sampleId }: { projectId: string; featureSetId: string; sampleId: string }): Promise<z.infer<typeof patchMapAnswerSchema>> {
  const found = await store.patchMap.findFirst({
    where: { featureSetId, sampleId, sample: { projectId }, patchSet: { state: 'ready', featureSet: { projectId } } },
    include: { patchSet: { select: { scale: true } } },
  });
  if (found === null) return { map: null };
  const { rows, columns, left, top, width, height, score } = found;
  return { map: { rows, columns, area: { left, top, width, height }, distances: Array.from(decodeDistances(found), rounded), score, scale: patchScaleSchema.parse(found.patchSet.scale) } };
}

/** Five digits: finer than the steps in which distances are stored. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
