import { AssayError } from '@/lib/errors';
import type { FeatureFingerprint } from '@/lib/inference/fingerprint';
import { modelManifestSchema } from '@/lib/inference/manifest';
import { openExtractor } from '@/lib/inference/node/extractor';
import { runtimeVersion } from '@/lib/inference/node/session';
import { maxAbsLimit } from '@/lib/inference/parity/compare';
import { PARITY_PROBE_VERSION, parityImages } from '@/lib/inference/parity/probe-images';
import { PREPROCESSING_VERSION } from '@/lib/inference/preprocess/preprocess';
import type { JobResult } from '@/lib/jobs/definition';
import { enqueueParityReference } from '@/lib/jobs/enqueue';
import { networksOnly } from '@/lib/store/vectors/given-values';
import type { PipelineContext } from './context';
import { modelSource } from './models/model-source';
import { encodeVectors } from './vectors';

/**
 * Queues the reference vectors of every network that has none of the current probe images, runtime and preprocessing:
 * the one that ships with Assay, and all after an update that changed one of these.
 */
export async function requestParityReferences({ store }: Pick<PipelineContext, 'store'>): Promise<void> {
  const part = (name: keyof FeatureFingerprint, value: string | number) => ({ fingerprintParts: { path: [name], equals: value } });
  const current = { probeVersion: PARITY_PROBE_VERSION, AND: [part('runtimeVersion', runtimeVersion()), part('preprocessingVersion', PREPROCESSING_VERSION)] };
  const lacking = await store.model.findMany({ where: { ...networksOnly, parityReferences: { none: current } }, select: { id: true } });
  for (const { id } of lacking) await store.$transaction((transaction) => enqueueParityReference(transaction, id, 'background'));
}

/**
 * Runs a model over the probe images and keeps the vectors: what browsers are compared with. Does nothing where they
 * are kept already.
 * @throws AssayError `model.missing`
 */
export async function computeParityReference(
  { modelId }: { modelId: string },
  { store, blobs, progress }: Pick<PipelineContext, 'store' | 'blobs' | 'progress'>,
): Promise<JobResult> {
  const model = await store.model.findUnique({ where: { id: modelId } });
  if (model === null) throw new AssayError('model.missing', 'There is no such extractor.');
  progress({ step: 'computing reference vectors', done: 0, total: null });
  const manifest = modelManifestSchema.parse(model.manifest);
  const extractor = await openExtractor(await modelSource(blobs, model.sha256, manifest), manifest);
  try {
    const key = { modelId, probeVersion: PARITY_PROBE_VERSION, fingerprint: extractor.fingerprintHash };
    const vectors = await extractor.embed(parityImages());
    const sha256 = await blobs.put(encodeVectors(vectors));
    const { id } = await store.parityReference.upsert({
      where: { modelId_probeVersion_fingerprint: key },
      create: { ...key, fingerprintParts: extractor.fingerprint, dim: extractor.dim, sha256, maxAbsLimit: maxAbsLimit(vectors) },
      update: {},
    });
    return { referenceId: id };
  } finally {
    await extractor.close();
  }
}
