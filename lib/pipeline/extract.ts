import { AssayError, toAssayError } from '@/lib/errors';
import { modelManifestSchema } from '@/lib/inference/manifest';
import { openExtractor, type Extractor } from '@/lib/inference/node/extractor';
import { extractFeatures, type FeatureBatch } from '@/lib/inference/node/extract-features';
import { decodeImage } from '@/lib/ingest/decode';
import type { JobResult } from '@/lib/jobs/definition';
import type { FeatureSet } from '@/lib/store/generated/client';
import { isGivenValues } from '@/lib/store/vectors/given-values';
import type { PipelineContext } from './context';
import { fillVectorSet } from './standardise-vectors';
import { encodeVectors } from './vectors';

/** Vectors in one chunk: the unit of resumption after a kill. */
const CHUNK_IMAGES = 64;
const BATCH_IMAGES = 8;
const DECODE_CONCURRENCY = 4;

type Item = { readonly id: string; readonly fileName: string; readonly sha256: string };
type Failure = { readonly sampleId: string; readonly fileName: string; readonly code: string; readonly message: string };

/**
 * Fills a feature set: takes over chunks that another set of the same fingerprint holds, then extracts what is
 * missing in chunks that are each stored before the next begins. A killed worker's successor goes on after the last
 * stored chunk. Images that fail are named in the result; the rest proceeds.
 */
export async function extractFeatureSet({ featureSetId }: { featureSetId: string }, context: PipelineContext): Promise<JobResult> {
  const set = await context.store.featureSet.findUniqueOrThrow({ where: { id: featureSetId }, include: { model: true } });
  if (set.state === 'ready') return { featureSetId };
  if (isGivenValues(set.model)) return fillVectorSet(set, context);
  context.progress({ step: 'loading the network', unit: 'images', rate: null });
  const extractor = await openExtractor(await context.blobs.read(set.model.sha256), modelManifestSchema.parse(set.model.manifest));
  try {
    await nameFingerprint(set, extractor, context);
    await takeOverChunks(set, extractor.fingerprintHash, context);
    const { failures, imagesPerSecond } = await extractMissing(set, extractor, context);
    const count = await storedSampleCount(set.id, context);
    if (count === 0) throw nothingExtracted(failures);
    await context.store.featureSet.update({ where: { id: set.id }, data: { state: 'ready', count, ...(imagesPerSecond === null ? {} : { imagesPerSecond }) } });
    return { featureSetId, count, failures };
  } finally {
    await extractor.close();
  }
}

async function nameFingerprint(set: FeatureSet, extractor: Extractor, { store }: PipelineContext): Promise<void> {
  const { fingerprint, fingerprintHash, dim } = extractor;
  if (set.fingerprint !== '' && set.fingerprint !== fingerprintHash) {
    throw new AssayError('features.fingerprint_mismatch', 'The runtime changed while this feature set was being made; its vectors would not fit together.', {
      hint: 'Start the extraction again: a new set is made.',
    });
  }
  await store.featureSet.update({
    where: { id: set.id },
    data: { fingerprint: fingerprintHash, fingerprintParts: fingerprint, runtime: `${fingerprint.runtime} ${fingerprint.runtimeVersion}`, provider: fingerprint.provider, dim },
  });
}

/** Copies the chunk rows of the newest ready set of the same fingerprint; their blobs are shared. */
async function takeOverChunks(set: FeatureSet, fingerprint: string, { store }: PipelineContext): Promise<void> {
  if ((await store.featureChunk.count({ where: { featureSetId: set.id } })) > 0) return;
  const earlier = await store.featureSet.findFirst({
    where: { projectId: set.projectId, fingerprint, state: 'ready', id: { not: set.id } },
    orderBy: { createdAt: 'desc' },
    include: { chunks: true },
  });
  if (earlier === null) return;
  await store.featureChunk.createMany({ data: earlier.chunks.map((chunk) => ({ ...chunk, featureSetId: set.id })) });
}

async function extractMissing(
  set: FeatureSet,
  extractor: Extractor,
  context: PipelineContext,
): Promise<{ failures: Failure[]; imagesPerSecond: number | null }> {
  const { chunks, missing } = await missingSamples(set, context);
  const failures: Failure[] = [];
  let done = 0;
  const started = performance.now();
  const rate = () => (done === 0 ? null : done / ((performance.now() - started) / 1000));
  const advance = () => {
    done += 1;
    context.progress({ done, rate: rate() });
  };
  context.progress({ step: 'extracting features', done, total: missing.length, unit: 'images' });
  for (let index = chunks, from = 0; from < missing.length; index += 1, from += CHUNK_IMAGES) {
    const batches: FeatureBatch<Item>[] = [];
    await extractFeatures(extractor, missing.slice(from, from + CHUNK_IMAGES), {
      load: async ({ sha256 }) => decodeImage(await context.blobs.read(sha256)),
      onBatch: (batch) => {
        batches.push(batch);
        batch.items.forEach(advance);
      },
      onFailure: ({ id, fileName }, error) => {
        failures.push({ sampleId: id, fileName, code: error.code, message: error.message });
        advance();
      },
      concurrency: DECODE_CONCURRENCY,
      batchSize: extractor.fixedBatch ?? BATCH_IMAGES,
      signal: context.signal,
    });
    await storeChunk(set.id, index, batches, extractor.dim, context);
  }
  return { failures, imagesPerSecond: rate() };
}

/** Number of chunks stored already, and the samples that none of them holds, in the order of their ids. */
async function missingSamples(set: FeatureSet, { store }: PipelineContext): Promise<{ chunks: number; missing: Item[] }> {
  const chunks = await store.featureChunk.findMany({ where: { featureSetId: set.id }, select: { index: true, sampleIds: true } });
  const present = new Set(chunks.flatMap(({ sampleIds }) => sampleIds));
  const samples = await store.sample.findMany({
    where: { projectId: set.projectId },
    select: { id: true, fileName: true, sha256: true },
    orderBy: { id: 'asc' },
  });
  const next = chunks.reduce((highest, { index }) => Math.max(highest, index + 1), 0);
  return { chunks: next, missing: samples.filter(({ id }) => !present.has(id)) };
}

async function storeChunk(featureSetId: string, index: number, batches: readonly FeatureBatch<Item>[], dim: number, { store, blobs }: PipelineContext): Promise<void> {
  const sampleIds = batches.flatMap(({ items }) => items.map(({ id }) => id));
  if (sampleIds.length === 0) return;
  const vectors = new Float32Array(sampleIds.length * dim);
  let at = 0;
  for (const batch of batches) {
    vectors.set(batch.vectors, at);
    at += batch.vectors.length;
  }
  const sha256 = await blobs.put(encodeVectors(vectors));
  await store.featureChunk.create({ data: { featureSetId, index, sampleIds, sha256 } });
}

/** Vectors whose sample still exists. */
async function storedSampleCount(featureSetId: string, { store }: PipelineContext): Promise<number> {
  const [row] = await store.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM "FeatureChunk" chunk, unnest(chunk."sampleIds") AS held(id)
    JOIN "Sample" sample ON sample."id" = held.id WHERE chunk."featureSetId" = ${featureSetId}::uuid`;
  return Number(row?.count ?? 0);
}

function nothingExtracted(failures: readonly Failure[]): AssayError {
  const [first] = failures;
  if (first === undefined) return new AssayError('data.too_few_rows', 'The project has no samples.', { hint: 'Upload images first.' });
  const { code } = toAssayError(Object.assign(new Error(first.message), { code: first.code }));
  return new AssayError(code, `No image gave a vector; the first failure was ${first.fileName}: ${first.message}`);
}
