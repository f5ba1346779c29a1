import { describe, expect, it } from 'vitest';
import { createMatrix, matrixFromRows, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { affinities, type SparseAffinities } from './affinities';
import { nearestNeighbours } from '../linalg/nearest';
import { principalComponents } from './pca';
import { QuadTree } from './quadtree';
import { trustworthiness } from './trustworthiness';
import { tsne } from './tsne';
import { attraction, divergence, exactRepulsion } from './tsne-gradient';

/** `clusters` Gaussian clusters of `size` rows each, centres 12 apart in every pair of axes. */
function clustered(clusters: number, size: number, d: number, seed = 1): Matrix {
  const random = createRandom(seed);
  const n = clusters * size;
  const data = Float64Array.from({ length: n * d }, (_, e) => random.normal() + (e % d === Math.floor(e / d) % clusters ? 12 : 0));
  return createMatrix(data, n, d);
}

function randomPositions(n: number, spread: number, seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: 2 * n }, () => spread * random.normal());
}

function relativeError(actual: Float64Array, expected: Float64Array): number {
  let error = 0;
  let size = 0;
  actual.forEach((value, i) => {
    error += (value - expected[i]!) ** 2;
    size += expected[i]! ** 2;
  });
  return Math.sqrt(error / size);
}

describe('nearest neighbours', () => {
  it('are those of sorting all distances, copies by row number', async () => {
    const points = clustered(3, 20, 4);
    points.data.copyWithin(8, 0, 4);
    const { index, squared } = await nearestNeighbours(points, 7);
    for (let i = 0; i < 60; i += 1) {
      const distance = (j: number) => Math.hypot(...[0, 1, 2, 3].map((c) => points.data[i * 4 + c]! - points.data[j * 4 + c]!));
      const sorted = Array.from({ length: 60 }, (_, j) => j).filter((j) => j !== i).sort((a, b) => distance(a) - distance(b) || a - b);
      expect(Array.from(index.subarray(i * 7, i * 7 + 7))).toEqual(sorted.slice(0, 7));
      expect(Math.sqrt(squared[i * 7 + 6]!)).toBeCloseTo(distance(sorted[6]!), 9);
    }
  });
});

describe('principal components', () => {
  it('are uncorrelated and carry the variances of a known covariance', () => {
    const random = createRandom(2);
    const scales = [5, 3, 1, 0.5];
    const points = matrixFromRows(Array.from({ length: 4000 }, () => scales.map((s) => s * random.normal())));
    const { data } = principalComponents(points, 2, 1);
    let first = 0;
    let second = 0;
    let cross = 0;
    for (let i = 0; i < data.length; i += 2) {
      first += data[i]! ** 2 / 4000;
      second += data[i + 1]! ** 2 / 4000;
      cross += (data[i]! * data[i + 1]!) / 4000;
    }
    expect(first).toBeGreaterThan(24);
    expect(first).toBeLessThan(26.5);
    expect(Math.abs(second - 9)).toBeLessThan(0.7);
    expect(Math.abs(cross)).toBeLessThan(1e-9);
  });

  it('of rows on a line leave the second at 0', () => {
    const { data } = principalComponents(matrixFromRows([[0, 0, 0], [1, 2, 3], [2, 4, 6]]), 2, 1);
    expect(Math.abs(data[4]! - data[0]!)).toBeCloseTo(2 * Math.sqrt(14), 9);
    for (const i of [1, 3, 5]) expect(Math.abs(data[i]!)).toBeLessThan(1e-9);
  });
});

describe('input affinities', () => {
  it('sum to 1 over both triangles', async () => {
    const p = affinities(await nearestNeighbours(clustered(3, 30, 5), 30), 10);
    expect(2 * p.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    for (let i = 0; i < 90; i += 1) for (let e = p.offsets[i]!; e < p.offsets[i + 1]!; e += 1) expect(p.columns[e]).toBeGreaterThan(i);
  });

  it('are even when all neighbours are equally far', () => {
    const neighbours = { k: 2, index: Int32Array.of(1, 2, 0, 2, 0, 1), squared: new Float64Array(6).fill(4) };
    expect(Array.from(affinities(neighbours, 1.5).values)).toEqual([1 / 6, 1 / 6, 1 / 6]);
  });
});

describe('the gradient', () => {
  const n = 400;

  it.each([0.01, 1, 30])('repulsion by the tree is near the exact one, nearer for smaller theta (spread %d)', (spread) => {
    const positions = randomPositions(n, spread, 3);
    positions.copyWithin(100, 0, 20);
    const exact = new Float64Array(2 * n);
    const exactTotal = exactRepulsion(positions, exact);
    const tree = new QuadTree(n);
    tree.build(positions);
    const errors = [0, 0.25, 0.5].map((theta) => {
      const forces = new Float64Array(2 * n);
      const total = tree.repulsion(positions, theta, forces);
      expect(Math.abs(total / exactTotal - 1)).toBeLessThan(0.01);
      return relativeError(forces, exact);
    });
    expect(errors[0]).toBeLessThan(1e-3); // only points in one of the finest cells are merged
    expect(errors[1]).toBeLessThan(0.01);
    expect(errors[2]).toBeLessThan(0.05);
  });

  it('is the derivative of the divergence', async () => {
    const p: SparseAffinities = affinities(await nearestNeighbours(clustered(4, 10, 6), 15), 5);
    const positions = randomPositions(40, 2, 4);
    const attracting = new Float64Array(80);
    const repelling = new Float64Array(80);
    const total = exactRepulsion(positions, repelling);
    attraction(p, positions, attracting);
    const scratch = new Float64Array(80);
    const at = (c: number, shift: number): number => {
      const moved = Float64Array.from(positions);
      moved[c]! += shift;
      return divergence(p, moved, exactRepulsion(moved, scratch));
    };
    for (let c = 0; c < 80; c += 1) {
      const numeric = (at(c, 1e-5) - at(c, -1e-5)) / 2e-5;
      expect(4 * (attracting[c]! - repelling[c]! / total)).toBeCloseTo(numeric, 7);
    }
  });
});

describe('t-SNE', () => {
  const size = 90;
  const points = clustered(4, size, 10);
  const quick = { seed: 5, perplexity: 15, iterations: 400, exaggerationIterations: 100 };

  it('keeps separated clusters apart, lowers the divergence and repeats for a seed', async () => {
    const { positions, divergences } = await tsne(points, quick);
    const neighbours = await nearestNeighbours(positions, 10);
    const same = neighbours.index.filter((j, e) => j % 4 === Math.floor(e / 10) % 4).length;
    expect(same / neighbours.index.length).toBeGreaterThan(0.999);
    expect(divergences.at(-1)!.value).toBeLessThan(0.5 * divergences[0]!.value);
    const afterExaggeration = divergences.filter((d) => d.iteration > 100);
    expect(afterExaggeration.at(-1)!.value).toBeLessThan(afterExaggeration[0]!.value);
    expect(await trustworthiness(points, positions, 10)).toBeGreaterThan(0.9);
    expect((await tsne(points, quick)).positions).toEqual(positions);
    expect((await tsne(points, { ...quick, seed: 6 })).positions).not.toEqual(positions);
  });

  it.each([0, 1, 2, 3, 5])('maps %d rows', async (n) => {
    const few = createMatrix(points.data.slice(0, n * 10), n, 10);
    const { positions } = await tsne(few, { iterations: 50 });
    expect(positions.rows).toBe(n);
    expect(positions.data.every(Number.isFinite)).toBe(true);
  });

  it('maps copies of one row to finite places', async () => {
    const { positions } = await tsne(createMatrix(new Float64Array(400 * 3).fill(2), 400, 3), { iterations: 60 });
    expect(positions.data.every(Number.isFinite)).toBe(true);
  });

  it('stops when cancelled and refuses parameters out of range', async () => {
    const controller = new AbortController();
    const run = tsne(points, quick, {
      signal: controller.signal,
      onProgress: (done, _total, step) => {
        if (step === 'projection' && done >= 100) controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'job.cancelled' });
    for (const wrong of [{ perplexity: 0 }, { theta: 2 }, { iterations: 1.5 }, { learningRate: 0 }, { earlyExaggeration: NaN }]) {
      await expect(tsne(points, wrong)).rejects.toMatchObject({ code: 'parameter.invalid' });
    }
  });
});

describe('trustworthiness', () => {
  const points = clustered(3, 20, 2);

  it('is 1 for the same points and about one half for a random map', async () => {
    expect(await trustworthiness(points, points, 5)).toBe(1);
    const scattered = { data: randomPositions(60, 1, 9), rows: 60, cols: 2 };
    expect(Math.abs((await trustworthiness(points, scattered, 5)) - 0.5)).toBeLessThan(0.15);
  });

  it('counts one misplaced neighbour as the formula says', async () => {
    const line = matrixFromRows([[0], [1], [2.1], [3.3], [4.6], [6]]);
    const map = matrixFromRows([[0], [1], [2.1], [3.3], [4.6], [-0.5]]);
    // nearest in the map: 0 has 5 (rank 5), 5 has 0 (rank 5), the others keep theirs; penalty 4 + 4, scale 2 / (6 * 1 * (12 - 3 - 1))
    expect(await trustworthiness(line, map, 1)).toBeCloseTo(1 - (2 * 8) / (6 * 8), 12);
  });

  it('refuses too many neighbours and other sizes', async () => {
    await expect(trustworthiness(points, points, 30)).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(trustworthiness(points, createMatrix([1, 2], 1, 2), 1)).rejects.toMatchObject({ code: 'data.shape' });
  });
});
