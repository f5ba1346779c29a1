import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openExtractor } from '@/lib/inference/node/extractor';
import { probeImage } from '@/lib/inference/node/probe';
import { builtInModels, defaultModelId } from '@/lib/inference/registry';
import { embeddedManifest } from '@/lib/inference/scattering/embedded-model';
import { featureBlocks } from './extractor-blocks';
import { chosenCandidate, dimensionOf, plainCandidate } from './extractor-candidates';
import { chosenOf } from './extractor-choose';
import { coefficientsOf } from './extractor-coefficients';
import { blockRows } from './extractor-score';

const images = [probeImage(1), probeImage(2), probeImage(5)];

test('a candidate has the distances of the network that is built from its settings', async () => {
  const embedded = (await builtInModels(path.resolve(import.meta.dirname, '../../../public/models'))).find(({ manifest }) => manifest.id === defaultModelId)!;
  const extractor = await openExtractor(await readFile(embedded.modelPath), embeddedManifest, { threads: 1 });
  const vectors = await extractor.embed(images);
  const coefficients = await coefficientsOf(chosenCandidate, images);
  const blocks = featureBlocks(chosenCandidate).filter(({ weight }) => weight > 0);
  expect(extractor.dim).toBe(dimensionOf(chosenCandidate));
  for (const [a, b] of [[0, 1], [0, 2], [1, 2]] as const) {
    let expected = 0;
    for (let c = 0; c < extractor.dim; c += 1) expected += (vectors[a * extractor.dim + c]! - vectors[b * extractor.dim + c]!) ** 2;
    const found = blocks.reduce((sum, block) => {
      const rows = blockRows(block, coefficients, images.length);
      let squares = 0;
      for (let c = 0; c < block.length; c += 1) squares += (rows[a * block.length + c]! - rows[b * block.length + c]!) ** 2;
      return sum + (block.weight ** 2 * squares) / block.length;
    }, 0);
    expect(found / expected).toBeCloseTo(1, 4);
  }
  await extractor.close();
});

test('of candidates that are as good as the best, the shortest vector is chosen', () => {
  const long = { candidate: plainCandidate, bySet: [], mean: 0.9 };
  const short = { candidate: { ...plainCandidate, grid: 2 }, bySet: [], mean: 0.8985 } as const;
  const worse = { candidate: { ...plainCandidate, grid: 2, energy: 0 }, bySet: [], mean: 0.897 } as const;
  expect(chosenOf([long, short, worse])).toBe(short);
  expect(chosenOf([long, worse])).toBe(long);
});
