import { env } from '@/lib/env';
import type { ModelManifest } from '@/lib/inference/manifest';
import { openPatchNetwork, type PatchNetwork } from '@/lib/inference/node/patch-network';
import type { PipelineContext } from '../context';
import { extractImages, type VectorBatch } from '../extraction/extract-images';
import { planNow, startEmbedding, type Embedding } from '../extraction/threads';
import { encodePatches } from './chunk-codec';
import type { PatchReading } from './patch-reading';

/** Images in one chunk, at least, but for the last: the unit of resumption after a kill. */
const CHUNK_IMAGES = 32;
const BATCH_IMAGES = 4;

type Item = { readonly id: string; readonly fileName: string; readonly sha256: string };
export type PatchFailure = { readonly sampleId: string; readonly fileName: string; readonly code: string; readonly message: string };

export type ExtractedPatches = { readonly rows: number; readonly columns: number; readonly failures: readonly PatchFailure[] };

/**
 * Stores the patches of all images of the project that no chunk of the set holds yet, in chunks: decoded, resized and run through the network in threads, as
 * features are. A killed worker's successor goes on after the last stored chunk.
 * @throws AssayError `job.cancelled`
 */
export async function extractPatches(set: { readonly featureSetId: string; readonly projectId: string; readonly modelBytes: number }, manifest: ModelManifest, { source, spec, projection }: PatchReading, context: PipelineContext): Promise<ExtractedPatches> {
  // Patches are read on the processor: providers of other devices may refuse tensors inside the graph as outputs.
  const plan = planNow({ cores: env().extractionThreads, modelBytes: set.modelBytes, provider: 'cpu' });
  const network = await openPatchNetwork(source, manifest, spec, projection, plan === null ? {} : { threads: plan.networkThreads });
  try {
    const embedding = await startEmbedding(plan, source, manifest, network, { spec, projection });
    try {
      return { rows: network.rows, columns: network.columns, failures: await extractMissing(set, network, embedding, context) };
    } finally {
      await embedding.close();
    }
  } finally {
    await network.close();
  }
}

async function extractMissing({ featureSetId, projectId }: { featureSetId: string; projectId: string }, network: PatchNetwork, embedding: Embedding, context: PipelineContext): Promise<PatchFailure[]> {
  const { chunks, missing } = await missingSamples(featureSetId, projectId, context);
  const failures: PatchFailure[] = [];
  const patches = network.rows * network.columns;
  const started = performance.now();
  let index = chunks;
  let done = 0;
  let waiting: VectorBatch<Item>[] = [];
  const advance = () => {
    done += 1;
    context.progress({ done, rate: done / ((performance.now() - started) / 1000) });
  };
  const store = async (atLeast: number) => {
    const items = waiting.flatMap((batch) => batch.items);
    if (items.length < atLeast) return;
    const values = new Float32Array(items.length * patches * network.dim);
    let at = 0;
    for (const { vectors } of waiting) {
      values.set(vectors, at);
      at += vectors.length;
    }
    const sha256 = await context.blobs.put(encodePatches({ images: items.length, patches, dim: network.dim, values }));
    await context.store.patchChunk.create({ data: { featureSetId, index, sampleIds: items.map(({ id }) => id), sha256 } });
    index += 1;
    waiting = [];
  };
  context.progress({ step: 'reading patches', done, total: missing.length, unit: 'images', rate: null });
  await extractImages(embedding, missing, {
    dim: patches * network.dim,
    read: ({ sha256 }) => context.blobs.read(sha256),
    onBatch: async (batch) => {
      // The vectors are a view of what the thread sent; they wait here for the rest of their chunk.
      waiting.push(batch);
      batch.items.forEach(advance);
      await store(CHUNK_IMAGES);
    },
    onFailure: ({ id, fileName }, error) => {
      failures.push({ sampleId: id, fileName, code: error.code, message: error.message });
      advance();
    },
    batchSize: network.fixedBatch ?? BATCH_IMAGES,
    signal: context.signal,
  });
  await store(1);
  return failures;
}

/** Number of chunks stored already, and the images that none of them holds, in the order of their ids. */
async function missingSamples(featureSetId: string, projectId: string, { store }: PipelineContext): Promise<{ chunks: number; missing: Item[] }> {
  const chunks = await store.patchChunk.findMany({ where: { featureSetId }, select: { index: true, sampleIds: true } });
  const present = new Set(chunks.flatMap(({ sampleIds }) => sampleIds));
  const samples = await store.sample.findMany({ where: { projectId }, select: { id: true, fileName: true, sha256: true }, orderBy: { id: 'asc' } });
  return { chunks: chunks.reduce((highest, { index }) => Math.max(highest, index + 1), 0), missing: samples.filter(({ id }) => !present.has(id)) };
}
