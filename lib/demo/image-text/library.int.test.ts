import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { modelManifestSchema } from '@/lib/inference/manifest';
import { demonstrationPairName, ensureBuiltInPair } from '@/lib/pipeline/built-in-pair';
import { textEmbeddings } from '@/lib/pipeline/prompt-texts';
import { blobStore } from '@/lib/store/blobs/blob-store';
import { store } from '@/lib/store/client';
import { freshDatabase, type FreshDatabase } from '@/lib/store/testing/fresh-database';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await store().$disconnect();
  await database.drop();
});

it('the committed pair is taken into the model library as any other pair', async () => {
  const stores = { store: store(), blobs: blobStore() };
  await ensureBuiltInPair(stores);
  const tower = await store().textTower.findUniqueOrThrow({ where: { name: demonstrationPairName }, include: { model: true } });
  expect(tower).toMatchObject({ isDemonstration: true, config: { kind: 'softmax', headSource: 'config', output: 'text_embeds', mask: { name: 'attention_mask' } } });
  expect((tower.config as { logitScale: number }).logitScale).toBeCloseTo(10, 9);
  const manifest = modelManifestSchema.parse(tower.model.manifest);
  expect(manifest).toMatchObject({ output: { name: 'image_embeds', pooling: 'none' }, input: { name: 'pixel_values', width: 128, height: 128, pixelRange: 'unit', mean: [0, 0, 0], std: [1, 1, 1] }, resize: { mode: 'stretch' }, interpolation: 'bilinear' });
  const { rows, cols, data } = await textEmbeddings(tower.id, ['metal plate', 'metal plate with flaw'], stores);
  expect([rows, cols]).toEqual([2, tower.dim]);
  // Rows of length 1 that are not alike.
  const cosine = data.subarray(0, cols).reduce((sum, value, c) => sum + value * data[cols + c]!, 0);
  expect(cosine).toBeGreaterThan(0);
  expect(cosine).toBeLessThan(0.95);
});
