import { env } from '@/lib/env';
import { AssayError, toAssayError } from '@/lib/errors';
import { modelManifestSchema } from '@/lib/inference/manifest';
import { openExtractor, type Extractor } from '@/lib/inference/node/extractor';
import type { JobResult } from '@/lib/jobs/definition';
import type { FeatureSet } from '@/lib/store/generated/client';
import { isGivenValues } from '@/lib/store/vectors/given-values';
import type { PipelineContext } from './context';
import { modelSource } from './models/model-source';
import { extractImages, type VectorBatch } from './extraction/extract-images';
import { planNow, startEmbedding, type Embedding } from './extraction/threads';
import { fillVectorSet } from './standardise-vectors';
import { encodeVectors } from './vectors';

/** Vectors in one chunk, at least, but for the last: the unit of resumption after a kill. */
const CHUNK_IMAGES = 64;
const BATCH_IMAGES = 4;

type Item = { readonly id: string; readonly fileName: string; readonly sha256: string };
type Failure = { readonly sampleId: string; readonly fileName: string; readonly code: string; readonly message: string };

/**
 * Fills a feature set: takes over chunks that another set of the same fingerprint holds, then extracts what is
 * missing, in threads, and stores it in chunks. A killed worker's successor goes on after the last stored chunk. Images that fail are named in the result; the rest proceeds.
 */
export async function extractFeatureSet({ featureSetId }: { featureSetId: string }, context: PipelineContext): Promise<JobResult> {
  const set = await context.store.featureSet.findUniqueOrThrow({ where: { id: featureSetId }, include: { model: true } });
  if (set.state === 'ready') return { featureSetId };
  if (isGivenValues(set.model)) return fillVectorSet(set, context);
  context.progress({ step: 'loading the network', unit: 'images', rate: null });
  const manifest = modelManifestSchema.parse(set.model.manifest);
  const source = await modelSource(context.blobs, set.model.sha256, manifest);
  const plan = planNow({ cores: env().extractionThreads, modelBytes: Number(set.model.bytes), provider: env().onnxProvider });
  const options = { provider: env().onnxProvider, ...(plan === null ? {} : { threads: plan.networkThreads }) };
  const extractor = await openExtractor(source, manifest, options);
  const { notice } = extractor;
  if (notice !== undefined) context.logger.warn({ featureSetId, provider: options.provider }, notice);
  const embedding = await startEmbedding(plan, source, manifest, extractor);
  try {
    await nameFingerprint(set, extractor, context);
    await takeOverChunks(set, extractor.fingerprintHash, context);
    const { failures, imagesPerSecond } = await extractMissing(set, extractor, embedding, context);
    const count = await storedSampleCount(set.id, context);
    if (count === 0) throw nothingExtracted(failures);
    await context.store.featureSet.update({ where: { id: set.id }, data: { state: 'ready', count, ...(imagesPerSecond === null ? {} : { imagesPerSecond }) } });
    return { featureSetId, count, failures, ...(notice === undefined ? {} : { notice }) };
  } finally {
    await embedding.close();
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
  embedding: Embedding,
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
  let index = chunks;
  let chunk: VectorBatch<Item>[] = [];
  const store = async (atLeast: number) => {
    if (chunk.reduce((sum, { items }) => sum + items.length, 0) < atLeast) return;
    await storeChunk(set.id, index, chunk, extractor.dim, context);
    index += 1;
    chunk = [];
  };
  await extractImages(embedding, missing, {
    dim: extractor.dim,
    read: ({ sha256 }) => context.blobs.read(sha256),
    onBatch: async (batch) => {
      chunk.push(batch);
      batch.items.forEach(advance);
      await store(CHUNK_IMAGES);
    },
    onFailure: ({ id, fileName }, error) => {
      failures.push({ sampleId: id, fileName, code: error.code, message: error.message });
      advance();
    },
    batchSize: extractor.fixedBatch ?? BATCH_IMAGES,
    signal: context.signal,
  });
  await store(1);
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

async function storeChunk(featureSetId: string, index: number, batches: readonly VectorBatch<Item>[], dim: number, { store, blobs }: PipelineContext): Promise<void> {
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
