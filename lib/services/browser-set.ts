import { Readable } from 'node:stream';
import { AssayError } from '@/lib/errors';
import { encodeSamples, type PlacedSample } from '@/lib/scoring/sample-columns';
import { blobStore } from '@/lib/store/blobs/blob-store';
import type { Transaction } from '@/lib/store/client';
import type { ServiceContext } from './context';

type Where = { projectId: string; featureSetId: string };

/** Samples of a feature set, for a browser that computes: columns as `featureSetSamples` describes them. */
export async function featureSetSamples({ store }: ServiceContext, where: Where): Promise<Uint8Array<ArrayBuffer>> {
  await requirePrivateSet(store, where);
  return encodeSamples(await placedSamples(store, where));
}

/** Vectors of a feature set in the order of their chunks, read chunk by chunk as the browser takes them. */
export async function featureSetVectors({ store, signal }: ServiceContext, where: Where): Promise<{ body: Readable; bytes: number }> {
  const { dim } = await requirePrivateSet(store, where);
  const chunks = await store.featureChunk.findMany({ where: { featureSetId: where.featureSetId }, orderBy: { index: 'asc' }, select: { sha256: true, sampleIds: true } });
  async function* vectors() {
    for (const { sha256 } of chunks) {
      signal.throwIfAborted();
      yield await blobStore().read(sha256);
    }
  }
  const rows = chunks.reduce((sum, { sampleIds }) => sum + sampleIds.length, 0);
  return { body: Readable.from(vectors()), bytes: rows * dim * Float32Array.BYTES_PER_ELEMENT };
}

/**
 * Samples of a set that still exist and are not excluded, in the order in which lib/pipeline/vectors.ts reads them, with the places of their vectors.
 * Of a sample that two chunks hold, the later one counts.
 */
export async function placedSamples(store: Pick<Transaction, 'featureChunk' | 'sample'>, { projectId, featureSetId }: Where): Promise<PlacedSample[]> {
  const chunks = await store.featureChunk.findMany({ where: { featureSetId }, orderBy: { index: 'asc' }, select: { sampleIds: true } });
  const places = new Map(chunks.flatMap(({ sampleIds }) => sampleIds).map((id, at) => [id, at]));
  const samples = await store.sample.findMany({
    where: { projectId, excluded: false },
    select: { id: true, role: true, split: true, defectType: true, qualityLabel: true },
    orderBy: { sha256: 'asc' },
  });
  return samples.flatMap((sample) => {
    const at = places.get(sample.id);
    return at === undefined ? [] : [{ ...sample, at }];
  });
}

async function requirePrivateSet(store: ServiceContext['store'], { projectId, featureSetId }: Where): Promise<{ dim: number }> {
  const set = await store.featureSet.findFirst({ where: { id: featureSetId, projectId }, select: { dim: true, state: true, project: { select: { isPrivate: true } } } });
  if (set === null) throw new AssayError('request.not_found', 'There is no such feature set in this project.');
  if (!set.project.isPrivate) throw serverComputes();
  if (set.state !== 'ready') throw new AssayError('request.conflict', 'This feature set is not ready.', { hint: 'Wait for its extraction to end.' });
  return set;
}

/** Browsers compute for private projects only. */
export function serverComputes(): AssayError {
  return new AssayError('request.conflict', 'This project is not private: the server computes its scores and maps.', { hint: 'Start the run; a worker takes it.' });
}
