import { describe, expect, it } from 'vitest';
import { createMatrix, matrixFromRows, type Matrix } from '../linalg/matrix';
import { nearestNeighbours } from '../linalg/nearest';
import { createRandom } from '../random/generator';
import { fuzzyGraph } from './fuzzy-graph';
import { trustworthiness } from './trustworthiness';
import { umap } from './umap';
import { umapCurve } from './umap-curve';

function clustered(clusters: number, size: number, d: number, seed = 1): Matrix {
  const random = createRandom(seed);
  const n = clusters * size;
  return createMatrix(Float64Array.from({ length: n * d }, (_, e) => random.normal() + (e % d === Math.floor(e / d) % clusters ? 12 : 0)), n, d);
}

describe('the curve of the map', () => {
  // umap-learn 0.5, find_ab_params(spread=1, min_dist).
  it.each([[0.1, 1.5769, 0.8951], [0.5, 0.583, 1.334], [0, 1.9321, 0.7913]])('at a least distance of %d is the one of the authors’ program', (minimalDistance, a, b) => {
    const curve = umapCurve(minimalDistance);
    expect(curve.a).toBeCloseTo(a, 2);
    expect(curve.b).toBeCloseTo(b, 2);
  });
});

describe('the graph', () => {
  it('has weights that sum to log2 of the neighbours before both directions are united, and is symmetric', async () => {
    const neighbours = await nearestNeighbours(clustered(2, 30, 4), 7);
    const { offsets, columns, weights } = fuzzyGraph(neighbours);
    const at = (i: number, j: number) => {
      for (let e = offsets[i]!; e < offsets[i + 1]!; e += 1) if (columns[e] === j) return weights[e]!;
      return 0;
    };
    // One direction alone, by brute force: the width that gives the sum is found by halving.
    const directed = (i: number, j: number): number => {
      const row = Array.from(neighbours.squared.subarray(i * 7, i * 7 + 7), Math.sqrt);
      const place = neighbours.index.subarray(i * 7, i * 7 + 7).indexOf(j);
      if (place < 0) return 0;
      let [low, high] = [1e-9, 1e3];
      for (let step = 0; step < 200; step += 1) {
        const middle = (low + high) / 2;
        if (row.reduce((sum, d) => sum + Math.exp(-Math.max(0, d - row[0]!) / middle), 0) > Math.log2(8)) high = middle;
        else low = middle;
      }
      return Math.exp(-(row[place]! - row[0]!) / low);
    };
    for (const [i, j] of [[0, neighbours.index[0]!], [5, neighbours.index[37]!], [59, neighbours.index[59 * 7 + 6]!]] as const) {
      const [a, b] = [directed(i, j), directed(j, i)];
      expect(at(i, j)).toBeCloseTo(a + b - a * b, 4);
      expect(at(j, i)).toBe(at(i, j));
    }
  });

  it('of copies has weights of 1', async () => {
    const { weights } = fuzzyGraph(await nearestNeighbours(matrixFromRows(Array.from({ length: 5 }, () => [1, 2])), 3));
    expect(new Set(weights)).toEqual(new Set([1]));
  });
});

describe('UMAP', () => {
  it('keeps clusters apart and neighbours together', async () => {
    const points = clustered(4, 60, 10);
    const map = await umap(points, { seed: 3 });
    expect(await trustworthiness(points, map, 12)).toBeGreaterThan(0.93);
    const centre = (cluster: number) => [0, 1].map((axis) => Array.from({ length: 60 }, (_, i) => map.data[2 * (4 * i + cluster) + axis]!).reduce((sum, value) => sum + value / 60, 0));
    const radius = (cluster: number) => Math.max(...Array.from({ length: 60 }, (_, i) => Math.hypot(map.data[2 * (4 * i + cluster)]! - centre(cluster)[0]!, map.data[2 * (4 * i + cluster) + 1]! - centre(cluster)[1]!)));
    for (const other of [1, 2, 3]) expect(Math.hypot(centre(0)[0]! - centre(other)[0]!, centre(0)[1]! - centre(other)[1]!)).toBeGreaterThan(Math.max(radius(0), radius(other)));
  });

  it('gives the same map for a seed, another for another, and takes copies and few rows', async () => {
    const points = clustered(2, 20, 5);
    const first = await umap(points, { seed: 1, epochs: 50 });
    expect((await umap(points, { seed: 1, epochs: 50 })).data).toEqual(first.data);
    expect((await umap(points, { seed: 2, epochs: 50 })).data).not.toEqual(first.data);
    const copies = await umap(matrixFromRows(Array.from({ length: 6 }, () => [1, 2])), {});
    expect(copies.data.every(Number.isFinite)).toBe(true);
    expect((await umap(matrixFromRows([[1, 2]]), {})).data).toEqual(new Float64Array(2));
    expect((await umap(matrixFromRows([[1, 2], [3, 4]]), {})).data.every(Number.isFinite)).toBe(true);
  });

  it('stops when it is cancelled, tells how far it is, and refuses impossible parameters', async () => {
    const controller = new AbortController();
    const points = clustered(2, 300, 5);
    const seen: number[] = [];
    const onProgress = (done: number, _total: number, step: string) => {
      if (step !== 'projection') return;
      seen.push(done);
      controller.abort();
    };
    await expect(umap(points, {}, { signal: controller.signal, onProgress })).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(seen).toHaveLength(1);
    for (const wrong of [{ neighbours: 1 }, { minimalDistance: 3 }, { epochs: 0 }, { learningRate: 0 }, { negativeSamples: 0 }]) {
      await expect(umap(points, wrong)).rejects.toMatchObject({ code: 'parameter.invalid' });
    }
  });
});
