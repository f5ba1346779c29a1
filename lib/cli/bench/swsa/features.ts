import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { openExtractor, type Extractor } from '@/lib/inference/node/extractor';
import type { Group } from './material';
import type { Candidate } from './networks';

/** Vectors of groups of images by one network. */
export type GroupFeatures = ReadonlyMap<string, Matrix>;

const batchSize = 8;

type Cache = { read(candidate: Candidate, group: Group): Promise<Matrix | undefined>; write(candidate: Candidate, group: Group, vectors: Matrix): Promise<void> };

/**
 * Keeps vectors in a folder, so that a benchmark that was stopped goes on where it was; without a folder keeps nothing. They are found by
 * network and by name of the group: take a new folder when generators or the reading of images change.
 */
function cacheIn(folder: string | undefined): Cache {
  const file = ({ manifest, sha256 }: Candidate, { name, count }: Group) => path.join(folder ?? '', `${manifest.id}-${sha256}-${name}-${count}.f64`);
  return {
    async read(candidate, group) {
      if (folder === undefined || !existsSync(file(candidate, group))) return undefined;
      const bytes = await readFile(file(candidate, group));
      const data = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
      return { data, rows: group.count, cols: data.length / group.count };
    },
    async write(candidate, group, { data }) {
      if (folder === undefined) return;
      await mkdir(folder, { recursive: true });
      await writeFile(file(candidate, group), new Uint8Array(data.buffer));
    },
  };
}

/** Vectors of one group by several networks; every image is read or made once for all of them. */
async function embed({ count, load }: Group, extractors: readonly Extractor[]): Promise<Matrix[]> {
  const found = extractors.map(({ dim }) => ({ data: new Float64Array(count * dim), rows: count, cols: dim }));
  for (let start = 0; start < count; start += batchSize) {
    const images = await Promise.all(Array.from({ length: Math.min(batchSize, count - start) }, (_, i) => load(start + i)));
    for (const [e, extractor] of extractors.entries()) found[e]!.data.set(await extractor.embed(images), start * extractor.dim);
  }
  return found;
}

/**
 * Vectors of all groups by all networks.
 * @param cache folder to keep vectors in
 */
export async function groupFeatures(candidates: readonly Candidate[], groups: readonly Group[], cache: string | undefined): Promise<Map<Candidate, GroupFeatures>> {
  const kept = cacheIn(cache);
  const found = new Map(candidates.map((candidate) => [candidate, new Map<string, Matrix>()]));
  const open = new Map<Candidate, Extractor>();
  for (const group of groups) {
    const missing: Candidate[] = [];
    for (const candidate of candidates) {
      const vectors = await kept.read(candidate, group);
      if (vectors === undefined) missing.push(candidate);
      else found.get(candidate)!.set(group.name, vectors);
    }
    if (missing.length === 0) continue;
    for (const candidate of missing) if (!open.has(candidate)) open.set(candidate, await openExtractor(candidate.modelPath, candidate.manifest, { threads: 1 }));
    const vectors = await embed(group, missing.map((candidate) => open.get(candidate)!));
    for (const [i, candidate] of missing.entries()) {
      found.get(candidate)!.set(group.name, vectors[i]!);
      await kept.write(candidate, group, vectors[i]!);
    }
    process.stderr.write(`${group.name}: ${group.count} images by ${missing.length} networks\n`);
  }
  for (const extractor of open.values()) await extractor.close();
  return found;
}
