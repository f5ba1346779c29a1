import type { z } from 'zod';
import type { FeatureSet as FeatureSetDto, featureSetListSchema } from '@/lib/api/contracts/features';
import { patchScaleSchema } from '@/lib/api/contracts/patches';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { enqueueJob } from '@/lib/jobs/enqueue';
import type { Transaction } from '@/lib/store/client';
import type { FeatureSet, Model, ParityCertificate, ParityReference, PatchSet } from '@/lib/store/generated/client';
import { givenValues, isGivenValues } from '@/lib/store/vectors/given-values';
import type { ServiceContext } from './context';
import { toCertificateDto } from './parity';
import { requireServerProject } from './private-projects';

type WithModel = FeatureSet & { model: Pick<Model, 'name' | 'sha256' | 'manifest'>; patchSet: (PatchSet & { _count: { maps: number } }) | null; certificate: (ParityCertificate & { reference: ParityReference }) | null };
type Wanted = { projectId: string; modelId: string | null };

const described = { model: { select: { name: true, sha256: true, manifest: true } }, patchSet: { include: { _count: { select: { maps: true } } } }, certificate: { include: { reference: true } } } as const;

/** Feature sets of a project, newest first. */
export async function listFeatureSets({ store }: ServiceContext, { projectId }: { projectId: string }): Promise<z.infer<typeof featureSetListSchema>> {
  const [sets, samples] = await Promise.all([
    store.featureSet.findMany({ where: { projectId }, include: described, orderBy: { createdAt: 'desc' } }),
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
  wanted: Wanted,
): Promise<FeatureSetDto> {
  const { projectId } = wanted;
  await requireServerProject(store, projectId, 'Feature extraction on the server');
  const samples = await requireSamples(store, projectId);
  return store.$transaction(async (transaction) => {
    const model = await requireModel(transaction, wanted);
    const set = await transaction.featureSet.create({
      data: { projectId, modelId: model.id, dim: model.dim, createdById: actor.userId },
    });
    const job = await enqueueJob(transaction, { kind: 'extract', projectId, createdById: actor.userId, input: { featureSetId: set.id } });
    await recordEvent(transaction, { actor, projectId }, { type: 'features.started', featureSetId: set.id, modelName: model.name });
    const queued = await transaction.featureSet.update({
      where: { id: set.id },
      data: { jobId: job.id },
      include: described,
    });
    return toFeatureSetDto(queued, samples);
  });
}

/** One feature set as the contracts describe it. */
export async function featureSetDto(store: ServiceContext['store'], { projectId, featureSetId }: { projectId: string; featureSetId: string }): Promise<FeatureSetDto> {
  const [set, samples] = await Promise.all([
    store.featureSet.findFirstOrThrow({ where: { id: featureSetId, projectId }, include: described }),
    store.sample.count({ where: { projectId } }),
  ]);
  return toFeatureSetDto(set, samples);
}

/** @throws AssayError `data.too_few_rows` when the project has no samples */
export async function requireSamples(store: ServiceContext['store'], projectId: string): Promise<number> {
  const samples = await store.sample.count({ where: { projectId } });
  if (samples === 0) throw new AssayError('data.too_few_rows', 'The project has no samples yet.', { hint: 'Upload images or a table of vectors first.' });
  return samples;
}

/** The network that was asked for, or the entry for values as given. @throws AssayError `model.missing`, `data.mixed` */
export async function requireModel(transaction: Transaction, { projectId, modelId }: Wanted): Promise<Model> {
  const { kind } = await transaction.project.findUniqueOrThrow({ where: { id: projectId }, select: { kind: true } });
  const given = modelId === null ? await givenValues(transaction) : null;
  const model = given ?? (await transaction.model.findUnique({ where: { id: modelId ?? '' } }));
  if (model === null) throw new AssayError('model.missing', 'There is no such extractor.', { hint: 'Choose one of the installed models.' });
  if (kind === 'vector' && !isGivenValues(model)) throw new AssayError('data.mixed', 'The vectors of this project came in tables; no network can be run over them.');
  if (kind === 'image' && isGivenValues(model)) throw new AssayError('data.mixed', 'This project holds images; a network has to make vectors of them first.');
  return model;
}

function toPatchSetDto({ state, scale, jobId, createdAt, _count }: NonNullable<WithModel['patchSet']>): NonNullable<FeatureSetDto['patches']> {
  return { state, scale: scale === null ? null : patchScaleSchema.parse(scale), count: _count.maps, jobId, createdAt: createdAt.toISOString() };
}

function toFeatureSetDto(set: WithModel, samples: number): FeatureSetDto {
  return {
    id: set.id,
    modelId: set.modelId,
    modelName: set.model.name,
    given: isGivenValues(set.model),
    state: set.state,
    fingerprint: set.fingerprint,
    runtime: set.runtime,
    provider: set.provider,
    dim: set.dim,
    count: set.count,
    missing: Math.max(0, samples - set.count),
    imagesPerSecond: set.imagesPerSecond,
    certificate: set.certificate === null ? null : toCertificateDto(set.certificate),
    patches: set.patchSet === null ? null : toPatchSetDto(set.patchSet),
    mayHavePatches: !isGivenValues(set.model) && (set.model.manifest as { patches?: unknown }).patches !== null,
    jobId: set.jobId,
    createdAt: set.createdAt.toISOString(),
  };
}
