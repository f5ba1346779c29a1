import { AssayError } from '@/lib/errors';
import type { VectorSample, Vectors } from '@/lib/scoring/vectors';
import type { PipelineContext } from './context';

type NamedSample = VectorSample & { readonly fileName: string };

/**
 * Reads the vectors of a feature set for the samples that still exist and are not excluded, in the order of their files' hashes.
 * @throws AssayError `data.not_finite` when a vector holds NaN or infinity
 */
export async function readVectors({ store, blobs, signal }: PipelineContext, featureSetId: string): Promise<Vectors> {
  const set = await store.featureSet.findUniqueOrThrow({ where: { id: featureSetId }, include: { chunks: { orderBy: { index: 'asc' } } } });
  const samples = await store.sample.findMany({
    where: { projectId: set.projectId, excluded: false },
    select: { id: true, fileName: true, role: true, split: true, defectType: true, qualityLabel: true },
    // By content, not by id: the same files give the same numbers in every import.
    orderBy: { sha256: 'asc' },
  });
  const inSet = new Set(set.chunks.flatMap((chunk) => chunk.sampleIds));
  const present = samples.filter((sample) => inSet.has(sample.id));
  const rowOf = new Map(present.map((sample, row) => [sample.id, row]));
  const data = new Float32Array(present.length * set.dim);
  for (const chunk of set.chunks) {
    signal.throwIfAborted();
    const vectors = decodeVectors(await blobs.read(chunk.sha256));
    chunk.sampleIds.forEach((id, index) => {
      const row = rowOf.get(id);
      if (row !== undefined) data.set(vectors.subarray(index * set.dim, (index + 1) * set.dim), row * set.dim);
    });
  }
  assertFinite(data, set.dim, present);
  return { samples: present, dim: set.dim, data };
}

/** Little-endian Float32 bytes of a chunk. */
export function encodeVectors(vectors: Float32Array): Uint8Array {
  return new Uint8Array(vectors.buffer, vectors.byteOffset, vectors.byteLength);
}

function decodeVectors(bytes: Buffer): Float32Array {
  // A Buffer may start at any offset of a shared pool; Float32Array needs a multiple of 4.
  const copy = new Uint8Array(bytes);
  return new Float32Array(copy.buffer);
}

function assertFinite(data: Float32Array, dim: number, samples: readonly NamedSample[]): void {
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const sample = samples[Math.floor(bad / dim)];
  throw new AssayError('data.not_finite', `The vector of ${sample?.fileName} holds a value that is not finite.`, {
    hint: 'Extract the features again, or check the model.',
  });
}
