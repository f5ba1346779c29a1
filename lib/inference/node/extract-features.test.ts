import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AssayError } from '@/lib/errors';
import type { RgbImage } from '../preprocess/image';
import { builtInModels } from '../registry';
import { extractFeatures } from './extract-features';
import type { Extractor } from './extractor';
import { openExtractor } from './extractor';
import { probeImage } from './probe';

let extractor: Extractor;

beforeAll(async () => {
  const models = await builtInModels(path.resolve(import.meta.dirname, '../../../public/models'));
  const scattering = models.find(({ manifest }) => manifest.id === 'scattering');
  extractor = await openExtractor(scattering!.modelPath, scattering!.manifest, { threads: 1 });
});

afterAll(() => extractor.close());

const ignoreBatch = (): void => undefined;
function failOnFailure(item: number, error: AssayError): never {
  throw new Error(`item ${item} failed`, { cause: error });
}

test('vectors come in the order of the source, equal to one image at a time', async () => {
  const seen: number[] = [];
  const vectors: Float32Array[] = [];
  const sizes: number[] = [];
  const result = await extractFeatures(extractor, [5, 4, 3, 2, 1], {
    // Later items are ready earlier.
    load: async (item) => {
      for (let turn = 0; turn < item; turn++) await new Promise(setImmediate);
      return probeImage(item);
    },
    onBatch: (batch) => {
      sizes.push(batch.items.length);
      seen.push(...batch.items);
      batch.items.forEach((_, i) => vectors.push(batch.vectors.slice(i * extractor.dim, (i + 1) * extractor.dim)));
    },
    onFailure: failOnFailure,
    batchSize: 2,
    concurrency: 3,
  });
  expect(result).toEqual({ extracted: 5, failed: 0 });
  expect(seen).toEqual([5, 4, 3, 2, 1]);
  expect(sizes).toEqual([2, 2, 1]);
  for (const [i, item] of seen.entries()) {
    const alone = await extractor.embed([probeImage(item)]);
    const difference = alone.map((value, j) => value - vectors[i]![j]!);
    expect(Math.hypot(...difference)).toBeLessThan(1e-4);
  }
});

test('an image that cannot be read is reported, the rest proceeds', async () => {
  const failures: [number, string][] = [];
  const kept: number[] = [];
  const result = await extractFeatures(extractor, [1, 2, 3], {
    load: (item) => (item === 2 ? Promise.reject(new AssayError('image.truncated', 'The file ends early.')) : Promise.resolve(probeImage(item))),
    onBatch: ({ items }) => void kept.push(...items),
    onFailure: (item, error) => void failures.push([item, error.code]),
  });
  expect(result).toEqual({ extracted: 2, failed: 1 });
  expect(kept).toEqual([1, 3]);
  expect(failures).toEqual([[2, 'image.truncated']]);
});

test('no more images are under way than allowed', async () => {
  let underWay = 0;
  let most = 0;
  const load = async (item: number): Promise<RgbImage> => {
    most = Math.max(most, ++underWay);
    await new Promise(setImmediate);
    underWay--;
    return probeImage(item);
  };
  await extractFeatures(extractor, Array.from({ length: 12 }, (_, i) => i), { load, onBatch: ignoreBatch, onFailure: failOnFailure, concurrency: 3, batchSize: 4 });
  expect(most).toBe(3);
});

test('a raised signal stops it before the next batch', async () => {
  const controller = new AbortController();
  let batches = 0;
  const run = extractFeatures(extractor, Array.from({ length: 20 }, (_, i) => i), {
    load: (item) => Promise.resolve(probeImage(item)),
    onBatch: () => {
      batches++;
      controller.abort();
    },
    onFailure: failOnFailure,
    batchSize: 2,
    signal: controller.signal,
  });
  await expect(run).rejects.toMatchObject({ code: 'job.cancelled' });
  expect(batches).toBe(1);
});

test('an error of the receiver ends the extraction', async () => {
  const run = extractFeatures(extractor, [1, 2], {
    load: (item) => Promise.resolve(probeImage(item)),
    onBatch: () => Promise.reject(new AssayError('storage.full', 'No space left.')),
    onFailure: failOnFailure,
  });
  await expect(run).rejects.toMatchObject({ code: 'storage.full' });
});
