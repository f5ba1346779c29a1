import { AssayError } from '@/lib/errors';
import { modelManifestSchema } from '@/lib/inference/manifest';
import { openExtractor } from '@/lib/inference/node/extractor';
import { maxAbsLimit } from '@/lib/inference/parity/compare';
import { PARITY_PROBE_VERSION, parityImages } from '@/lib/inference/parity/probe-images';
import type { JobResult } from '@/lib/jobs/definition';
import type { PipelineContext } from './context';
import { modelSource } from './models/model-source';
import { encodeVectors } from './vectors';

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
