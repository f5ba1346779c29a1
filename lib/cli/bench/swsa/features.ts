import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Matrix } from '@/lib/anomaly/linalg/matrix';
import { extractFeatures } from '@/lib/inference/node/extract-features';
import { openExtractor, type Extractor } from '@/lib/inference/node/extractor';
import type { Group } from './material';
import type { Candidate } from './networks';

/** Vectors of groups of images by one network. */
export type GroupFeatures = ReadonlyMap<string, Matrix>;

async function embed(extractor: Extractor, { name, count, load }: Group): Promise<Matrix> {
  const data = new Float64Array(count * extractor.dim);
  const every = Array.from({ length: count }, (_, i) => i);
  await extractFeatures(extractor, every, {
    load,
    onBatch: ({ items, vectors }) => items.forEach((item, i) => data.set(vectors.subarray(i * extractor.dim, (i + 1) * extractor.dim), item * extractor.dim)),
    onFailure: (item, error) => {
      throw new Error(`image ${item} of ${name}: ${error.message}`, { cause: error });
    },
  });
  return { data, rows: count, cols: extractor.dim };
}

/**
 * Vectors of all groups by one network. With a folder for them, vectors that were computed before are read from it, so that a benchmark that was
 * stopped goes on where it was.
 */
export async function groupFeatures(candidate: Candidate, groups: readonly Group[], cache: string | undefined): Promise<GroupFeatures> {
  const found = new Map<string, Matrix>();
  let extractor: Extractor | undefined;
  for (const group of groups) {
    const file = cache === undefined ? undefined : path.join(cache, `${candidate.manifest.id}-${group.name}.f64`);
    if (file !== undefined && existsSync(file)) {
      found.set(group.name, fromBytes(await readFile(file), group.count));
      continue;
    }
    extractor ??= await openExtractor(candidate.modelPath, candidate.manifest);
    const vectors = await embed(extractor, group);
    found.set(group.name, vectors);
    if (file !== undefined) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, new Uint8Array(vectors.data.buffer));
    }
    process.stderr.write(`${candidate.manifest.name}: ${group.name}, ${group.count} images\n`);
  }
  await extractor?.close();
  return found;
}

function fromBytes(bytes: Buffer, rows: number): Matrix {
  const data = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return { data, rows, cols: data.length / rows };
}
