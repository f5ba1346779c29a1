import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openExtractor, type Extractor } from '@/lib/inference/node/extractor';
import { probeImage } from '@/lib/inference/node/probe';
import { builtInModels } from '@/lib/inference/registry';
import { extractImages, type ExtractImagesOptions } from './extract-images';
import type { ExtractionPlan } from './plan';
import { openExtractionThreads, planNow, startEmbedding } from './threads';

const root = path.resolve(import.meta.dirname, '../../..');
let folder: string;
let extractor: Extractor;
let model: Uint8Array;
let files: Uint8Array[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-extraction-'));
  const file = path.join(folder, 'extraction-thread.mjs');
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  await build({ absWorkingDir: root, entryPoints: ['lib/pipeline/extraction/thread.ts'], outfile: file, bundle: true, format: 'esm', platform: 'node', packages: 'external' });
  openExtractionThreads(pathToFileURL(file));
  const embedded = (await builtInModels(path.join(root, 'public/models'))).find(({ manifest }) => manifest.id === 'scattering')!;
  model = await readFile(embedded.modelPath);
  extractor = await openExtractor(model, embedded.manifest, { threads: 1 });
  files = await Promise.all(
    Array.from({ length: 11 }, (_, i) => {
      const { rgb, width, height } = probeImage(i);
      return sharp(Buffer.from(rgb), { raw: { width, height, channels: 3 } }).png().toBuffer();
    }),
  );
}, 60_000);

afterAll(async () => {
  await extractor.close();
  await rm(folder, { recursive: true, force: true });
});

async function extracted(plan: ExtractionPlan | null, options: Partial<ExtractImagesOptions<number>> = {}) {
  const embedding = await startEmbedding(plan, model, extractor.manifest, extractor);
  const items: number[] = [];
  const vectors: number[] = [];
  const failures: [number, string][] = [];
  try {
    const counts = await extractImages(embedding, files.map((_, i) => i), {
      dim: extractor.dim,
      read: async (item) => files[item]!,
      onBatch: (batch) => {
        items.push(...batch.items);
        vectors.push(...batch.vectors);
      },
      onFailure: (item, { code }) => void failures.push([item, code]),
      batchSize: 3,
      ...options,
    });
    return { ...counts, items, vectors, failures };
  } finally {
    await embedding.close();
  }
}

describe('extraction', { timeout: 60_000 }, () => {
  it.each(['whole', 'prepare'] as const)('in threads (%s) gives the vectors of one image at a time, in the order of the source', async (mode) => {
    const here = await extracted(null, { batchSize: 1 });
    const there = await extracted({ mode, threads: 2, networkThreads: 1 });
    expect(there.items).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(there.extracted).toBe(11);
    expect(there.vectors.length).toBe(here.vectors.length);
    const largest = there.vectors.reduce((most, value, i) => Math.max(most, Math.abs(value - here.vectors[i]!)), 0);
    expect(largest).toBeLessThan(1e-5);
  });

  it.each([null, { mode: 'whole', threads: 2, networkThreads: 1 } as const])('names what cannot be read or decoded; the rest proceeds (%o)', async (plan) => {
    const { items, failures, failed } = await extracted(plan, {
      read: async (item) => {
        if (item === 4) throw new Error('gone');
        return item === 7 ? files[7]!.subarray(0, 60) : item === 8 ? new TextEncoder().encode('no image at all') : files[item]!;
      },
    });
    expect(items).toEqual([0, 1, 2, 3, 5, 6, 9, 10]);
    expect(failed).toBe(3);
    expect(failures).toEqual([[4, 'internal'], [7, 'image.truncated'], [8, 'image.not_an_image']]);
  });

  it('reads no further than the batches that may be under way', async () => {
    const read = new Set<number>();
    const cancel = new AbortController();
    const run = extracted({ mode: 'whole', threads: 1, networkThreads: 1 }, {
      batchSize: 1,
      signal: cancel.signal,
      read: async (item) => {
        read.add(item);
        return files[item]!;
      },
      onBatch: () => cancel.abort(),
    });
    await expect(run).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(read.size).toBeLessThanOrEqual(4);
  });

  it('divides the cores while another extraction runs', async () => {
    const given = { cores: 2, modelBytes: model.length, provider: 'cpu' } as const;
    const first = await startEmbedding(planNow(given), model, extractor.manifest, extractor);
    expect(planNow(given)?.threads).toBe(1);
    await first.close();
    expect(planNow(given)?.threads).toBe(2);
  });
});
