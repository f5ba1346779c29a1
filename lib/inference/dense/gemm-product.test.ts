import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eap } from '@/lib/anomaly/eap/eap';
import { eapPresets } from '@/lib/anomaly/eap/parameters';
import { crossDistances, forEachBlock, selfDistances, type DistanceSource } from '@/lib/anomaly/linalg/distances';
import { createMatrix, rowRange, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { nearestNeighbours, nearestReferences } from '@/lib/anomaly/linalg/nearest';
import { rocAuc } from '@/lib/anomaly/metrics/roc-auc';
import { averageRanks } from '@/lib/anomaly/metrics/ranks';
import { tsne } from '@/lib/anomaly/projection/tsne';
import { createRandom, type RandomGenerator } from '@/lib/anomaly/random/generator';
import { createGemmProduct, type GemmProduct } from './gemm-product';

let gemm: GemmProduct;
beforeAll(async () => {
  gemm = await createGemmProduct({ threads: 2 });
});
afterAll(() => gemm.dispose());

function filled(rows: number, cols: number, value: (random: RandomGenerator, row: number) => number, seed = 1): Matrix {
  const random = createRandom(seed);
  return createMatrix(Float64Array.from({ length: rows * cols }, (_, i) => value(random, Math.floor(i / cols))), rows, cols);
}

async function allOf(source: DistanceSource): Promise<Float64Array> {
  const all = new Float64Array(source.rows * source.references);
  await forEachBlock(source, {}, (block, start) => all.set(block, start * source.references));
  return all;
}

it('multiplies A by the transpose of B, also from views into larger arrays', async () => {
  const all = filled(9, 5, (random) => random.normal());
  const a = rowRange(all, 2, 5);
  const b = rowRange(all, 5, 9);
  const product = await gemm.product(a, b);
  for (let i = 0; i < 3; i += 1) {
    for (let j = 0; j < 4; j += 1) {
      let dot = 0;
      for (let c = 0; c < 5; c += 1) dot += a.data[i * 5 + c]! * b.data[j * 5 + c]!;
      expect(product[i * 4 + j]).toBeCloseTo(dot, 13);
    }
  }
});

it('gives an empty product for empty operands', async () => {
  const none = createMatrix([], 0, 4);
  expect((await gemm.product(none, filled(2, 4, () => 1))).length).toBe(0);
  expect((await gemm.product(filled(2, 4, () => 1), none)).length).toBe(0);
});

/** Duplicates and clusters far from the centre are where |a|² + |b|² - 2ab loses its digits. */
const kinds: [string, (random: RandomGenerator, row: number) => number][] = [
  ['Gaussian rows', (random) => random.normal()],
  ['lattice rows', (random) => random.integer(3)],
  ['0/1 rows, standardised', (random) => (random.integer(2) - 0.3) / 0.458257569],
  ['single-precision rows far from the origin', (random) => Math.fround(1000 + random.normal())],
  ['tight clusters far apart', (random, row) => (row % 4) * 50 + 1e-5 * random.normal()],
  ['rows of very different size', (random, row) => random.normal() * 10 ** ((row % 7) - 3)],
  ['constant rows', () => 3.7],
];

describe.each(kinds)('distances of %s', (_name, value) => {
  const points = filled(130, 67, value);
  points.data.copyWithin(5 * 67, 0, 67 * 3);
  const queries = filled(41, 67, value, 2);
  queries.data.set(points.data.subarray(0, 67 * 6));

  it('are, bit for bit, those by coordinate differences', async () => {
    expect(await allOf(selfDistances(points, gemm.product))).toEqual(await allOf(selfDistances(points)));
    expect(await allOf(crossDistances(queries, points, gemm.product))).toEqual(await allOf(crossDistances(queries, points)));
    expect(await allOf(selfDistances(points, gemm.product, 0))).toEqual(await allOf(selfDistances(points)));
  });
});

it('multiplies in single precision into the front of an array', async () => {
  const a = { data: Float32Array.of(1, 2, 3, 4, 5, 6), rows: 2, cols: 3 };
  const b = { data: Float32Array.of(9, 9, 9, 1, 0, -1, 2, 2, 2).subarray(3), rows: 2, cols: 3 };
  const out = new Float32Array(5).fill(7);
  await gemm.singleProduct(a, b, out);
  expect(Array.from(out)).toEqual([-2, 12, -2, 30, 7]);
  await gemm.singleProduct({ data: new Float32Array(0), rows: 0, cols: 3 }, b, out);
  expect(Array.from(out)).toEqual([-2, 12, -2, 30, 7]);
});

describe.each(kinds)('nearest rows of %s', (_name, value) => {
  it.each([16, 67, 768])('are those without products (%d columns)', async (cols) => {
    const points = filled(300, cols, value);
    points.data.copyWithin(20 * cols, 0, 10 * cols);
    const queries = filled(60, cols, value, 2);
    for (const k of [1, 10]) {
      expect(await nearestNeighbours(points, k, gemm)).toEqual(await nearestNeighbours(points, k));
      expect(await nearestReferences(queries, points, k, gemm)).toEqual(await nearestReferences(queries, points, k));
    }
  });
});

it('gives the same map as without products', async () => {
  const points = filled(800, 40, (random, row) => (row % 5) + random.normal());
  const few = { iterations: 60, perplexity: 20 };
  expect(await tsne(points, few, gemm)).toEqual(await tsne(points, few));
});

describe.each(kinds.slice(0, 5))('EAP of %s', (_name, value) => {
  const train = filled(120, 33, value);
  train.data.copyWithin(10 * 33, 0, 33 * 4);
  const labels = Uint8Array.from({ length: 120 }, (_, i) => (i % 17 === 0 ? 1 : 0));
  const auxiliary = filled(30, 33, value, 3);
  auxiliary.data.set(train.data.subarray(0, 33 * 5));
  auxiliary.data.fill(1e4, 33 * 28);

  it.each([eapPresets.paper, { ...eapPresets.released, subsets: 3 }])('is the same with and without the product (centres $centres)', async (preset) => {
    const plain = await eap({ train, labels, auxiliary }, preset);
    const fast = await eap({ train, labels, auxiliary }, preset, { product: gemm.product });
    expect(fast).toEqual(plain);
    expect(averageRanks(fast.quality, 'higher_is_better')).toEqual(averageRanks(plain.quality, 'higher_is_better'));
    const truth = Uint8Array.from({ length: 30 }, (_, i) => (i < 10 ? 1 : 0));
    expect(rocAuc(truth, fast.quality)).toBe(rocAuc(truth, plain.quality));
  });
});
