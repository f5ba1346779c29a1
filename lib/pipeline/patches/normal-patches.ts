import { memoryCandidates, type MemoryCandidates } from '@/lib/anomaly/detectors/patch-memory';
import { AssayError } from '@/lib/errors';
import type { PipelineContext } from '../context';
import { decodePatches, type StoredPatches } from './chunk-codec';
import { heatMapParameters } from './parameters';

/** Where the patches of a sample lie. */
export type PatchPlace = { readonly sha256: string; readonly image: number };

/** Samples of a set of patches that still exist, by what they are used for. */
export type PatchSamples = {
  readonly placeOf: ReadonlyMap<string, PatchPlace>;
  /** Training normals, in the order of their files' hashes; their place in it is their number in the memory. */
  readonly normals: readonly string[];
};

type Stores = Pick<PipelineContext, 'store' | 'blobs' | 'signal'>;

/** @throws AssayError `data.too_few_rows` */
export async function patchSamples(featureSetId: string, projectId: string, { store }: Stores): Promise<PatchSamples> {
  const chunks = await store.patchChunk.findMany({ where: { featureSetId }, orderBy: { index: 'asc' } });
  const placeOf = new Map(chunks.flatMap(({ sampleIds, sha256 }) => sampleIds.map((id, image) => [id, { sha256, image }] as const)));
  // By content, not by id: the same files give the same numbers in every import.
  const samples = await store.sample.findMany({ where: { projectId, role: 'normal', excluded: false, OR: [{ split: null }, { split: { not: 'test' } }] }, select: { id: true }, orderBy: { sha256: 'asc' } });
  const normals = samples.map(({ id }) => id).filter((id) => placeOf.has(id));
  if (normals.length < 2) {
    throw new AssayError('data.too_few_rows', `There are ${normals.length} training normals with patches; a heat map needs at least 2.`, {
      hint: 'Upload images of good parts, or change the role of some samples to normal.',
    });
  }
  return { placeOf, normals };
}

/** The patches of training normals that the memory is chosen among: drawn by seed where there are many. One chunk is held at a time. */
export async function normalCandidates({ placeOf, normals }: PatchSamples, seed: number, context: Stores): Promise<MemoryCandidates> {
  const first = await readChunk(placeOf.get(normals[0]!)!.sha256, context);
  const { patches, dim } = first;
  const total = normals.length * patches;
  const rows = memoryCandidates(total, { seed, candidates: heatMapParameters.memory.candidates }) ?? Int32Array.from({ length: total }, (_, row) => row);
  const data = new Float64Array(rows.length * dim);
  const image = rows.map((row) => Math.floor(row / patches));
  const placeOfRow = (i: number): PatchPlace => placeOf.get(normals[image[i]!]!)!;
  const order = Array.from(rows.keys()).sort((a, b) => (placeOfRow(a).sha256 < placeOfRow(b).sha256 ? -1 : Number(placeOfRow(a).sha256 > placeOfRow(b).sha256)));
  let held = { sha256: '', chunk: first };
  for (const i of order) {
    const { sha256, image: inChunk } = placeOfRow(i);
    if (sha256 !== held.sha256) {
      context.signal.throwIfAborted();
      held = { sha256, chunk: await readChunk(sha256, context) };
    }
    held.chunk.read(inChunk * patches + (rows[i]! % patches), data, i * dim);
  }
  return { candidates: { data, rows: rows.length, cols: dim }, image, total };
}

export async function readChunk(sha256: string, { blobs }: Pick<Stores, 'blobs'>): Promise<StoredPatches> {
  return decodePatches(await blobs.read(sha256));
}
