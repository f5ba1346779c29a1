import type { z } from 'zod';
import type { FeatureSet as FeatureSetDto, featureSetListSchema } from '@/lib/api/contracts/features';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { enqueueJob } from '@/lib/jobs/enqueue';
import type { FeatureSet } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';

type WithModel = FeatureSet & { model: { name: string } };

/** Feature sets of a project, newest first. */
export async function listFeatureSets({ store }: ServiceContext, { projectId }: { projectId: string }): Promise<z.infer<typeof featureSetListSchema>> {
  const [sets, samples] = await Promise.all([
    store.featureSet.findMany({ where: { projectId }, include: { model: { select: { name: true } } }, orderBy: { createdAt: 'desc' } }),
    store.sample.count({ where: { projectId } }),
  ]);
  return { featureSets: sets.map((set) => toFeatureSetDto(set, samples)) };
}

/**
 * Starts a job that makes a new feature set of all samples. Vectors that an earlier set of the same fingerprint
 * holds are taken over, so that only new samples cost time.
 */
export async function extractFeatures(
  { store, actor }: ServiceContext,
  { projectId, modelId }: { projectId: string; modelId: string },
): Promise<FeatureSetDto> {
  const [model, samples] = await Promise.all([store.model.findUnique({ where: { id: modelId } }), store.sample.count({ where: { projectId } })]);
  if (model === null) throw new AssayError('model.missing', 'There is no such extractor.', { hint: 'Choose one of the installed models.' });
  if (samples === 0) throw new AssayError('data.too_few_rows', 'The project has no samples yet.', { hint: 'Upload images first.' });
  return store.$transaction(async (transaction) => {
    const set = await transaction.featureSet.create({
      data: { projectId, modelId, dim: model.dim, createdById: actor.userId },
    });
    const job = await enqueueJob(transaction, { kind: 'extract', projectId, createdById: actor.userId, input: { featureSetId: set.id } });
    await recordEvent(transaction, { actor, projectId }, { type: 'features.started', featureSetId: set.id, modelName: model.name });
    const queued = await transaction.featureSet.update({
      where: { id: set.id },
      data: { jobId: job.id },
      include: { model: { select: { name: true } } },
    });
    return toFeatureSetDto(queued, samples);
  });
}

function toFeatureSetDto(set: WithModel, samples: number): FeatureSetDto {
  return {
    id: set.id,
    modelId: set.modelId,
    modelName: set.model.name,
    state: set.state,
    fingerprint: set.fingerprint,
    runtime: set.runtime,
    provider: set.provider,
    dim: set.dim,
    count: set.count,
    missing: Math.max(0, samples - set.count),
    imagesPerSecond: set.imagesPerSecond,
    jobId: set.jobId,
    createdAt: set.createdAt.toISOString(),
  };
}
