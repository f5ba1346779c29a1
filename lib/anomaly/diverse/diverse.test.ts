import { describe, expect, it } from 'vitest';
import { rankingOf } from '../curves/ranking';
import { createMatrix, matrixFromRows, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { greedyPick } from './greedy-pick';
import { pickAndCompare } from './pick-figures';

const gaussian = (rows: number, cols: number, seed: number) => {
  const random = createRandom(seed);
  return createMatrix(Float64Array.from({ length: rows * cols }, () => random.normal()), rows, cols);
};
const qualities = (rows: number, seed: number) => Float64Array.from({ length: rows }, createRandom(seed, 1).uniform);

function distance({ data, cols }: Matrix, i: number, j: number): number {
  return Math.hypot(...Array.from({ length: cols }, (_, c) => data[i * cols + c]! - data[j * cols + c]!));
}

/** The rule word for word: q^w d^(1 - w), q from ranks, everything computed anew for each row. */
function bruteForce(points: Matrix, quality: Float64Array, count: number, weight: number): number[] {
  const n = points.rows;
  const share = Array.from(quality, (value) => quality.filter((other) => other <= value).length / n);
  const picked = [quality.indexOf(Math.max(...quality))];
  while (picked.length < count) {
    const worth = Array.from({ length: n }, (_, row) => (picked.includes(row) ? -1 : share[row]! ** weight * Math.min(...picked.map((other) => distance(points, row, other))) ** (1 - weight)));
    picked.push(worth.indexOf(Math.max(...worth)));
  }
  return picked;
}

const coverage = (points: Matrix, centres: readonly number[]) => Math.max(...Array.from({ length: points.rows }, (_, row) => Math.min(...centres.map((centre) => distance(points, row, centre)))));

function* subsets(n: number, size: number, from = 0): Generator<number[]> {
  if (size === 0) yield [];
  else for (let first = from; first <= n - size; first += 1) for (const rest of subsets(n, size - 1, first + 1)) yield [first, ...rest];
}

describe('a greedy diverse choice', () => {
  it.each([0, 0.1, 0.3, 0.5, 0.8, 0.95])('follows its rule with weight %d', async (weight) => {
    for (const seed of [1, 2, 3]) {
      const [points, quality] = [gaussian(60, 4, seed), qualities(60, seed)];
      expect([...(await greedyPick({ points, quality }, { count: 25, weight, seed: 0 }))]).toEqual(bruteForce(points, quality, 25, weight));
    }
  });

  it('with weight 1 is the plain best, those of equal quality by the seed', async () => {
    const points = gaussian(30, 2, 4);
    const quality = Float64Array.from({ length: 30 }, (_, i) => i % 4);
    for (const seed of [0, 7]) expect(await greedyPick({ points, quality }, { count: 12, weight: 1, seed })).toEqual(rankingOf(quality, seed).slice(0, 12));
  });

  it('with weight 0 covers the pool within twice the smallest radius possible', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const points = gaussian(14, 2, seed);
      const picked = await greedyPick({ points, quality: qualities(14, seed) }, { count: 4, weight: 0, seed: 0 });
      const smallest = Math.min(...Array.from(subsets(14, 4), (centres) => coverage(points, centres)));
      expect(coverage(points, [...picked])).toBeLessThanOrEqual(2 * smallest);
    }
  });

  it('does not depend on the scale of the vectors nor on that of the quality', async () => {
    const [points, quality] = [gaussian(50, 3, 5), qualities(50, 5)];
    const scaled = createMatrix(points.data.map((value) => value * 1024), 50, 3);
    const options = { count: 20, weight: 0.4, seed: 0 };
    expect(await greedyPick({ points: scaled, quality: quality.map((value) => 3 * value - 100) }, options)).toEqual(await greedyPick({ points, quality }, options));
  });

  it('passes over copies of what is picked or accepted, however good they are', async () => {
    // ten places, each held five times; the copies of the first place are the best of all
    const points = matrixFromRows(Array.from({ length: 50 }, (_, i) => [Math.floor(i / 5), (i % 5) * 1e-6]));
    const quality = Float64Array.from({ length: 50 }, (_, i) => 1000 - i);
    const picked = await greedyPick({ points, quality }, { count: 10, weight: 0.5, seed: 0 });
    expect(new Set(picked.map((row) => Math.floor(row / 5))).size).toBe(10);
    const known = Float64Array.from({ length: 50 }, (_, i) => Math.floor(i / 5) ** 2);
    const beside = await greedyPick({ points, quality, known }, { count: 9, weight: 0.5, seed: 0 });
    expect(beside.some((row) => row < 5)).toBe(false);
  });

  it('ends where only exact copies are left', async () => {
    const points = matrixFromRows([[0], [1], [0], [1], [1]]);
    const input = { points, quality: Float64Array.of(5, 4, 3, 2, 1) };
    expect([...(await greedyPick(input, { count: 4, weight: 0.5, seed: 0 }))]).toEqual([0, 1]);
    expect([...(await greedyPick(input, { count: 4, weight: 1, seed: 0 }))]).toEqual([0, 1, 2, 3]);
    expect([...(await greedyPick({ ...input, known: new Float64Array(5) }, { count: 4, weight: 0.5, seed: 0 }))]).toEqual([]);
  });

  it('refuses what is no choice, and can be cancelled', async () => {
    const input = { points: gaussian(5, 2, 1), quality: qualities(5, 1) };
    await expect(greedyPick(input, { count: 0, weight: 0.5, seed: 0 })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(greedyPick(input, { count: 2, weight: 1.5, seed: 0 })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(greedyPick({ ...input, quality: qualities(4, 1) }, { count: 2, weight: 0.5, seed: 0 })).rejects.toMatchObject({ code: 'data.shape' });
    await expect(greedyPick(input, { count: 2, weight: 0.5, seed: 0 }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'job.cancelled' });
  });
});

describe('the comparison of a diverse choice with the plain best', () => {
  // a heap of near copies that is best, and single rows all around
  const heap = Array.from({ length: 20 }, (_, i) => [10 + i * 1e-3, 0]);
  const around = Array.from({ length: 20 }, (_, i) => [Math.cos(i) * 5 * (i + 1), Math.sin(i) * 5 * (i + 1)]);
  const pool = matrixFromRows([...heap, ...around]);
  const quality = Float64Array.from({ length: 40 }, (_, i) => 1 - i / 100);
  const request = { pool, quality, accepted: createMatrix([], 0, 2), threshold: 0.5, count: 8, weight: 0.5, seed: 0 };

  it('counts near copies and says how well the pool is covered', async () => {
    const { picked, before, diverse, top, shared } = await pickAndCompare(request);
    expect(before).toBeNull();
    expect(top).toMatchObject({ picked: 8, nearCopies: 7 });
    expect(top.minDistance).toBeCloseTo(1e-3, 9);
    expect(top.largestCoverage).toBeCloseTo(coverage(pool, [0, 1, 2, 3, 4, 5, 6, 7]), 9);
    expect(diverse).toMatchObject({ picked: 8, nearCopies: 0 });
    expect(diverse.largestCoverage).toBeCloseTo(coverage(pool, [...picked]), 9);
    expect(diverse.largestCoverage).toBeLessThan(top.largestCoverage);
    expect(diverse.meanQuality).toBeCloseTo(picked.reduce((sum, row) => sum + quality[row]!, 0) / 8, 12);
    expect(shared).toBe(picked.filter((row) => row < 8).length);
    expect((await pickAndCompare({ ...request, count: 1 })).diverse.minDistance).toBeNull();
  });

  it('takes accepted rows for picked ones', async () => {
    const { picked, before, diverse, top } = await pickAndCompare({ ...request, accepted: matrixFromRows([[10.0005, 0]]) });
    expect(picked.some((row) => row < 20)).toBe(false);
    expect(top.nearCopies).toBe(8);
    expect(before!.meanCoverage).toBeGreaterThan(diverse.meanCoverage);
    expect(before!.largestCoverage).toBeCloseTo(Math.max(...Array.from({ length: 40 }, (_, i) => Math.hypot(pool.data[2 * i]! - 10.0005, pool.data[2 * i + 1]!))), 9);
  });

  it('refuses a pool of nothing but copies of accepted rows', async () => {
    const copies = { ...request, pool: matrixFromRows([[1, 1], [1, 1]]), quality: Float64Array.of(1, 2), accepted: matrixFromRows([[1, 1]]) };
    await expect(pickAndCompare(copies)).rejects.toMatchObject({ code: 'data.too_few_rows' });
    expect((await pickAndCompare({ ...copies, weight: 1 })).diverse).toMatchObject({ picked: 2, nearCopies: 2, minDistance: 0 });
  });
});
