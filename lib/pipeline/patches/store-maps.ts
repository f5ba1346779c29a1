import type { PatchMemory } from '@/lib/anomaly/detectors/patch-memory';
import type { PatchScale } from '@/lib/api/contracts/patches';
import { preprocessSpec, type ModelManifest } from '@/lib/inference/manifest';
import { seenArea } from '@/lib/inference/preprocess/seen-area';
import { encodeDistances } from '@/lib/store/patches/distances';
import { compute } from '../compute/compute';
import type { PipelineContext } from '../context';
import { readChunk, type PatchSamples } from './normal-patches';

type Grid = { readonly rows: number; readonly columns: number };
type Sized = { readonly id: string; readonly width: number | null; readonly height: number | null };

/**
 * Measures every sample's patches against the memory (a training normal's without those of its own image) and stores a map of each, chunk by chunk.
 * @returns what the colours of all maps are measured by
 */
export async function storeMaps(featureSetId: string, samples: PatchSamples, memory: PatchMemory, { rows, columns }: Grid, manifest: ModelManifest, context: PipelineContext): Promise<PatchScale> {
  const { store } = context;
  const numberOf = new Map(samples.normals.map((id, number) => [id, number]));
  const chunks = await store.patchChunk.findMany({ where: { featureSetId }, orderBy: { index: 'asc' } });
  const total = chunks.reduce((sum, { sampleIds }) => sum + sampleIds.length, 0);
  const normals: number[] = [];
  let [done, largest] = [0, 0];
  await store.patchMap.deleteMany({ where: { featureSetId } });
  for (const { sampleIds, sha256 } of chunks) {
    context.signal.throwIfAborted();
    context.progress({ step: 'measuring distances', done, total, unit: 'images' });
    const present = new Map((await store.sample.findMany({ where: { id: { in: sampleIds } }, select: { id: true, width: true, height: true } })).map((sample) => [sample.id, sample]));
    const owners = Int32Array.from(sampleIds, (id) => numberOf.get(id) ?? -1);
    const { images, patches } = await compute('patchDistances', { memory, queries: await chunkPatches(sha256, context), owners }, { ...context, progress: () => undefined });
    const data = sampleIds.flatMap((id, i) => {
      const sample = present.get(id);
      if (sample === undefined) return [];
      const distances = patches.subarray(i * rows * columns, (i + 1) * rows * columns);
      if (owners[i]! >= 0) for (const distance of distances) normals.push(distance);
      for (const distance of distances) largest = Math.max(largest, distance);
      return [{ featureSetId, sampleId: id, rows, columns, ...areaOf(sample, manifest), ...encodeDistances(distances), score: images[i]! }];
    });
    await store.patchMap.createMany({ data });
    done += sampleIds.length;
  }
  context.progress({ done });
  const sorted = Float64Array.from(normals).sort();
  return { normalMedian: quantile(sorted, 0.5), normalHigh: quantile(sorted, 0.99), largest, memory: memory.patches.rows };
}

async function chunkPatches(sha256: string, context: PipelineContext): Promise<{ points: { data: Float64Array; rows: number; cols: number }; perImage: number }> {
  const chunk = await readChunk(sha256, context);
  const rows = chunk.images * chunk.patches;
  const data = new Float64Array(rows * chunk.dim);
  for (let row = 0; row < rows; row += 1) chunk.read(row, data, row * chunk.dim);
  return { points: { data, rows, cols: chunk.dim }, perImage: chunk.patches };
}

function areaOf({ width, height }: Sized, manifest: ModelManifest) {
  return seenArea(preprocessSpec(manifest), width ?? 1, height ?? 1);
}

/** The smallest value with at least that share of all values not above it. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
