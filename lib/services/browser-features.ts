import type { z } from 'zod';
import type { FeatureSet as FeatureSetDto } from '@/lib/api/contracts/features';
import type { chunkInputSchema, endBrowserExtractionSchema, MissingSample, startBrowserExtractionSchema } from '@/lib/api/contracts/parity';
import { recordEvent } from '@/lib/audit/record';
import { AssayError } from '@/lib/errors';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { Transaction } from '@/lib/store/client';
import type { FeatureSet, ParityCertificate, ParityReference } from '@/lib/store/generated/client';
import type { ServiceContext } from './context';
import { featureSetDto, requireModel, requireSamples } from './features';
import { decodeFloats } from './floats';
import { afterCursor, toPage, type Page } from './pages';

/** A driver may change under a page; a certificate of yesterday says little about today's. */
const CERTIFICATE_HOURS = 24;

type Where = { projectId: string; featureSetId: string };
type Certificate = ParityCertificate & { reference: ParityReference };

/**
 * Makes a feature set that a browser will fill. What an earlier set of the same fingerprint holds is taken over with its
 * certificates, so that only new samples cost time.
 * @throws AssayError `parity.failed` without a usable certificate
 */
export async function startBrowserExtraction({ store, actor }: ServiceContext, { projectId, modelId, certificateId }: z.output<typeof startBrowserExtractionSchema>): Promise<FeatureSetDto> {
  await requireSamples(store, projectId);
  const id = await store.$transaction(async (transaction) => {
    const model = await requireModel(transaction, { projectId, modelId });
    const certificate = await usableCertificate(transaction, actor.userId, certificateId, modelId);
    const { fingerprint, fingerprintParts, runtime, provider } = certificate;
    const set = await transaction.featureSet.create({
      data: { projectId, modelId, dim: certificate.reference.dim, createdById: actor.userId, certificateId, fingerprint, fingerprintParts: fingerprintParts as object, runtime, provider },
    });
    await takeOver(transaction, set);
    await recordEvent(transaction, { actor, projectId }, { type: 'features.started', featureSetId: set.id, modelName: model.name, provider });
    return set.id;
  });
  return featureSetDto(store, { projectId, featureSetId: id });
}

async function takeOver(transaction: Transaction, { id, projectId, fingerprint }: FeatureSet): Promise<void> {
  const earlier = await transaction.featureSet.findFirst({ where: { projectId, fingerprint, state: 'ready' }, orderBy: { createdAt: 'desc' }, include: { chunks: true } });
  if (earlier === null) return;
  await transaction.featureChunk.createMany({ data: earlier.chunks.map((chunk) => ({ ...chunk, featureSetId: id })) });
  await transaction.featureSet.update({ where: { id }, data: { count: await vectorCount(transaction, id) } });
}

/** Samples that a set lacks, in the order of their ids. */
export async function listMissingSamples({ store }: ServiceContext, { cursor, limit, ...where }: Where & { cursor?: string | undefined; limit: number }): Promise<Page<MissingSample>> {
  await requireSet(store, where);
  const { gt } = (afterCursor(cursor, 'gt').id as { gt: string } | undefined) ?? { gt: '00000000-0000-0000-0000-000000000000' };
  const rows = await store.$queryRaw<MissingSample[]>`
    SELECT sample."id", sample."fileName" FROM "Sample" sample
    WHERE sample."projectId" = ${where.projectId}::uuid AND sample."id" > ${gt}::uuid
      AND sample."id" NOT IN (SELECT unnest(chunk."sampleIds") FROM "FeatureChunk" chunk WHERE chunk."featureSetId" = ${where.featureSetId}::uuid)
    ORDER BY sample."id" LIMIT ${limit + 1}`;
  return toPage(rows, limit);
}

/**
 * Keeps vectors that a browser made. Sending them again is harmless: what the set holds is not replaced, and samples
 * that are gone are left out.
 * @throws AssayError `parity.failed` without a usable certificate, `data.shape`, `data.not_finite`, `request.conflict` when the set has ended
 */
export async function storeChunk({ store, actor }: ServiceContext, { certificateId, sampleIds, vectors, ...where }: Where & z.output<typeof chunkInputSchema>): Promise<{ stored: number }> {
  const set = await requireSet(store, where);
  const values = decodeFloats(Buffer.from(vectors, 'base64'));
  if (values.length !== sampleIds.length * set.dim) {
    throw new AssayError('data.shape', `${sampleIds.length} vectors of ${set.dim} values were announced, but ${values.length} values came.`);
  }
  if (!values.every(Number.isFinite)) throw new AssayError('data.not_finite', 'A vector holds NaN or an infinite value.');
  return store.$transaction(async (transaction) => {
    await lockPending(transaction, where);
    await sameReference(transaction, set, await usableCertificate(transaction, actor.userId, certificateId, set.modelId));
    const wanted = await wantedRows(transaction, where, sampleIds);
    if (wanted.length === 0) return { stored: 0 };
    const kept = new Float32Array(wanted.length * set.dim);
    wanted.forEach((row, index) => kept.set(values.subarray(row * set.dim, (row + 1) * set.dim), index * set.dim));
    const sha256 = await blobStore().put(new Uint8Array(kept.buffer));
    const last = await transaction.featureChunk.aggregate({ where: { featureSetId: set.id }, _max: { index: true } });
    await transaction.featureChunk.create({
      data: { featureSetId: set.id, index: (last._max.index ?? -1) + 1, sampleIds: wanted.map((row) => sampleIds[row]!), sha256, certificateId },
    });
    await transaction.featureSet.update({ where: { id: set.id }, data: { count: { increment: wanted.length } } });
    return { stored: wanted.length };
  }, { timeout: 60_000, maxWait: 20_000 });
}

/** Ends a set that a browser filled. One without vectors cannot be ready. */
export async function endBrowserExtraction({ store, actor }: ServiceContext, { outcome, imagesPerSecond, ...where }: z.output<typeof endBrowserExtractionSchema>): Promise<FeatureSetDto> {
  await requireSet(store, where);
  await store.$transaction(async (transaction) => {
    await lockPending(transaction, where);
    const count = await vectorCount(transaction, where.featureSetId);
    if (outcome === 'ready' && count === 0) throw new AssayError('data.too_few_rows', 'No image gave a vector.', { hint: 'See the list of images that failed.' });
    const { model } = await transaction.featureSet.update({ where: { id: where.featureSetId }, data: { state: outcome, count, imagesPerSecond }, include: { model: { select: { name: true } } } });
    if (outcome === 'cancelled') {
      await recordEvent(transaction, { actor, projectId: where.projectId }, { type: 'features.cancelled', featureSetId: where.featureSetId, modelName: model.name });
    }
  });
  return featureSetDto(store, where);
}

/** A set of this project that a browser makes. @throws AssayError `request.not_found` */
async function requireSet(store: ServiceContext['store'], { projectId, featureSetId }: Where): Promise<FeatureSet> {
  const set = await store.featureSet.findFirst({ where: { id: featureSetId, projectId, certificateId: { not: null } } });
  if (set === null) throw new AssayError('request.not_found', 'There is no such feature set of a browser in this project.');
  return set;
}

/** Two pages may fill one set: each waits for the other's chunk. @throws AssayError `request.conflict` when it has ended */
async function lockPending(transaction: Transaction, { featureSetId }: Where): Promise<void> {
  const [row] = await transaction.$queryRaw<{ state: string }[]>`SELECT "state"::text AS state FROM "FeatureSet" WHERE "id" = ${featureSetId}::uuid FOR UPDATE`;
  if (row?.state === 'pending') return;
  throw new AssayError('request.conflict', `This feature set is ${row?.state ?? 'gone'}; it takes no more vectors.`, { hint: 'Extract again: a new set takes over what this one holds.' });
}

async function usableCertificate(transaction: Transaction, userId: string, certificateId: string, modelId: string): Promise<Certificate> {
  const since = new Date(Date.now() - CERTIFICATE_HOURS * 3_600_000);
  const certificate = await transaction.parityCertificate.findFirst({
    where: { id: certificateId, createdById: userId, createdAt: { gte: since }, reference: { modelId } },
    include: { reference: true },
  });
  if (certificate !== null) return certificate;
  throw new AssayError('parity.failed', 'Vectors of a browser are taken only with a parity certificate of the last day, made by the same person with the same network.', {
    hint: 'Compare this browser with the server again.',
  });
}

/** A set may be gone on with by another provider, if both were compared with the same vectors of the server. */
async function sameReference(transaction: Transaction, set: FeatureSet, { reference }: Certificate): Promise<void> {
  const first = await transaction.parityCertificate.findFirst({ where: { id: set.certificateId ?? '' }, include: { reference: true } });
  if (first?.reference.fingerprint === reference.fingerprint) return;
  throw new AssayError('features.fingerprint_mismatch', 'The runtime of the server changed while this feature set was being made; its vectors would not fit together.', {
    hint: 'Start the extraction again: a new set is made.',
  });
}

/** Positions in `sampleIds` whose samples exist in the project and lack a vector. */
async function wantedRows(transaction: Transaction, { projectId, featureSetId }: Where, sampleIds: readonly string[]): Promise<number[]> {
  const rows = await transaction.$queryRaw<{ id: string }[]>`
    SELECT sample."id" FROM "Sample" sample
    WHERE sample."projectId" = ${projectId}::uuid AND sample."id" = ANY (${[...sampleIds]}::uuid[])
      AND sample."id" NOT IN (SELECT unnest(chunk."sampleIds") FROM "FeatureChunk" chunk WHERE chunk."featureSetId" = ${featureSetId}::uuid)`;
  const wanted = new Set(rows.map(({ id }) => id));
  // Each id once, also where it was sent twice.
  return [...sampleIds.keys()].filter((row) => wanted.delete(sampleIds[row]!));
}

/** Vectors whose sample still exists. */
async function vectorCount(transaction: Transaction, featureSetId: string): Promise<number> {
  const [row] = await transaction.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM "FeatureChunk" chunk, unnest(chunk."sampleIds") AS held(id)
    JOIN "Sample" sample ON sample."id" = held.id WHERE chunk."featureSetId" = ${featureSetId}::uuid`;
  return Number(row?.count ?? 0);
}
