import { createHash } from 'node:crypto';
import type { Certificate, CertificateEntry, CertifyInput } from '@/lib/api/contracts/parity';
import { AssayError } from '@/lib/errors';
import { canonicalFingerprint, type FeatureFingerprint } from '@/lib/inference/fingerprint';
import { compareVectors, PARITY_COSINE } from '@/lib/inference/parity/compare';
import { PARITY_PROBE_VERSION } from '@/lib/inference/parity/probe-images';
import { PREPROCESSING_VERSION } from '@/lib/inference/preprocess/preprocess';
import { enqueueParityReference } from '@/lib/jobs/enqueue';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { ParityCertificate, ParityReference } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { jobOutcome } from './job-outcome';
import { decodeFloats } from './floats';
import { namesOf } from './names';
import { afterCursor, toPage, type Page } from './pages';

type WithReference = ParityCertificate & { reference: ParityReference };

/** Runtimes that were shown to give the server's vectors with a model, newest first. */
export async function listCertificates({ store }: ServiceContext, { modelId, cursor, limit }: { modelId: string; cursor?: string | undefined; limit: number }): Promise<Page<CertificateEntry>> {
  const rows = await store.parityCertificate.findMany({
    where: { reference: { modelId }, ...afterCursor(cursor, 'lt') },
    include: { reference: true },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const names = await namesOf(store, rows.map(({ createdById }) => createdById));
  const entries = rows.map((row) => ({ ...toCertificateDto(row), createdBy: row.createdById === null ? null : (names.get(row.createdById) ?? null) }));
  return toPage(entries, limit);
}

/**
 * Compares the vectors that a browser made of the probe images with those of the server (a worker computes these when
 * a model is added) and keeps a certificate when they agree. The server compares, so that nobody can claim it.
 * @throws AssayError `parity.failed` with both figures; `request.stale_client` when the page is older than the server
 */
export async function certify(context: ServiceContext, { modelId, vectors, ...said }: CertifyInput & { modelId: string }): Promise<Certificate> {
  if (said.probeVersion !== PARITY_PROBE_VERSION || said.preprocessingVersion !== PREPROCESSING_VERSION) {
    throw new AssayError('request.stale_client', 'Assay was updated since this page was opened.', { hint: 'Reload the page and do it again.' });
  }
  const { store, actor } = context;
  const reference = await referenceOf(context, modelId);
  const result = compareVectors(decodeFloats(await blobStore().read(reference.sha256)), decodeFloats(Buffer.from(vectors, 'base64')), reference.dim, reference.maxAbsLimit);
  if (!result.passed) throw notTheSame(said.provider, result, reference.maxAbsLimit);
  const fingerprintParts = browserFingerprint(reference, said);
  const certificate = await store.parityCertificate.create({
    data: {
      referenceId: reference.id,
      fingerprint: createHash('sha256').update(canonicalFingerprint(fingerprintParts)).digest('hex'),
      fingerprintParts,
      runtime: `${fingerprintParts.runtime} ${fingerprintParts.runtimeVersion}`,
      provider: said.provider,
      device: said.device,
      cosine: result.cosine,
      maxAbs: result.maxAbs,
      createdById: actor.userId,
    },
    include: { reference: true },
  });
  return toCertificateDto(certificate);
}

/**
 * The newest reference of a model. A worker makes it when the model is added; where it has not yet come to that, it is
 * waited for.
 */
async function referenceOf({ store, actor, signal }: ServiceContext, modelId: string): Promise<ParityReference> {
  const newest = () => store.parityReference.findFirst({ where: { modelId, probeVersion: PARITY_PROBE_VERSION }, orderBy: { createdAt: 'desc' } });
  const present = await newest();
  if (present !== null) return present;
  if ((await store.model.count({ where: { id: modelId } })) === 0) throw new AssayError('model.missing', 'There is no such extractor.');
  const job = await store.$transaction((transaction) => enqueueParityReference(transaction, modelId, 'awaited', actor.userId));
  await jobOutcome(store, job.id, signal);
  const made = await newest();
  if (made === null) throw new AssayError('internal', 'The reference vectors were made, but are not there.');
  return made;
}

/** The server's fingerprint with the browser's runtime in its place. */
function browserFingerprint({ fingerprintParts }: ParityReference, { runtimeVersion, provider }: Pick<CertifyInput, 'runtimeVersion' | 'provider'>): FeatureFingerprint {
  return {
    ...(fingerprintParts as FeatureFingerprint),
    runtime: 'onnxruntime-web',
    runtimeVersion,
    // Threads change the speed, not which code computes.
    provider: provider === 'webgpu' ? 'webgpu' : 'wasm',
  };
}

function notTheSame(provider: string, { cosine, maxAbs }: { cosine: number; maxAbs: number }, limit: number): AssayError {
  const figures = `cosine ${cosine.toFixed(6)}, at least ${PARITY_COSINE} is needed; largest difference ${maxAbs.toPrecision(3)}, at most ${limit.toPrecision(3)}`;
  return new AssayError('parity.failed', `The vectors made here with ${provider} are not those of the server (${figures}).`, {
    hint: 'Update the browser and the driver of the graphics card, or let the server extract.',
  });
}

/** A certificate as the contracts describe it. */
export function toCertificateDto({ reference, ...certificate }: WithReference): Certificate {
  const { runtime, runtimeVersion, provider } = reference.fingerprintParts as FeatureFingerprint;
  return {
    id: certificate.id,
    reference: `${runtime} ${runtimeVersion}, ${provider}`,
    runtime: certificate.runtime,
    provider: certificate.provider,
    device: certificate.device,
    cosine: certificate.cosine,
    maxAbs: certificate.maxAbs,
    maxAbsLimit: reference.maxAbsLimit,
    createdAt: certificate.createdAt.toISOString(),
  };
}
