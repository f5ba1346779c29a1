import { describe, expect, it } from 'vitest';
import { createMatrix, matrixFromRows, type Matrix, type MatrixProduct, type SingleProduct } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { shuffle } from '../random/sampling';
import { copyThreshold } from './copy-threshold';
import { nearestBetter } from './nearest-better';

const gaussian = (rows: number, cols: number, seed: number): Matrix => {
  const random = createRandom(seed);
  return createMatrix(Float64Array.from({ length: rows * cols }, () => random.normal()), rows, cols);
};

const product: MatrixProduct = async (a, b) => {
  const out = new Float64Array(a.rows * b.rows);
  for (let i = 0; i < a.rows; i += 1) for (let j = 0; j < b.rows; j += 1) for (let c = 0; c < a.cols; c += 1) out[i * b.rows + j]! += a.data[i * a.cols + c]! * b.data[j * b.cols + c]!;
  return out;
};

const singleProduct: SingleProduct = async (a, b, out) => {
  for (let i = 0; i < a.rows; i += 1) {
    for (let j = 0; j < b.rows; j += 1) {
      let sum = 0;
      for (let c = 0; c < a.cols; c += 1) sum = Math.fround(sum + Math.fround(a.data[i * a.cols + c]! * b.data[j * b.cols + c]!));
      out[i * b.rows + j] = sum;
    }
  }
};

function distance({ data, cols }: Matrix, i: number, j: number): number {
  return Math.hypot(...Array.from({ length: cols }, (_, c) => data[i * cols + c]! - data[j * cols + c]!));
}

function bruteForce(points: Matrix, ranking: Int32Array): number[] {
  const nearest = new Array<number>(points.rows).fill(Number.NaN);
  ranking.forEach((row, at) => {
    if (at > 0) nearest[row] = Math.min(...Array.from(ranking.subarray(0, at), (better) => distance(points, row, better)));
  });
  return nearest;
}

describe('the distance to the nearest higher-ranked row', () => {
  const random = createRandom(4);
  const order = (n: number) => shuffle(Int32Array.from({ length: n }, (_, i) => i), random);

  it.each([[40, 3], [60, 24]])('is that of comparing all pairs (%i rows, %i columns), of several rankings at once, with and without products', async (rows, cols) => {
    const points = gaussian(rows, cols, rows);
    const rankings = [order(rows), order(rows), order(rows)];
    const found = await nearestBetter(points, rankings);
    rankings.forEach((ranking, r) => {
      const expected = bruteForce(points, ranking);
      expect(found[r]![ranking[0]!]).toBeNaN();
      for (const row of ranking.subarray(1)) expect(found[r]![row]).toBeCloseTo(expected[row]!, 8);
    });
    expect(await nearestBetter(points, rankings, { product })).toEqual(found);
    expect(await nearestBetter(points, rankings, { product, singleProduct })).toEqual(found);
  });

  it('is the same, bit for bit, by bounds over several tiles of rows that hold copies and near copies', async () => {
    const points = gaussian(2300, 16, 9);
    for (let row = 1000; row < 1400; row += 1) points.data.copyWithin(row * 16, (row % 7) * 16, (row % 7) * 16 + 16);
    for (let row = 1400; row < 1500; row += 1) points.data.set(points.data.slice(0, 16).map((value) => value + 1e-9 * random.normal()), row * 16);
    const rankings = [order(points.rows), order(points.rows)];
    const progress: [number, number][] = [];
    const bounded = await nearestBetter(points, rankings, { singleProduct, onProgress: (done, total) => progress.push([done, total]) });
    expect(bounded).toEqual(await nearestBetter(points, rankings));
    expect(bounded[0]!.filter((value) => value === 0).length).toBeGreaterThan(390);
    expect(progress.map(([done]) => done)).toEqual(progress.map(([done]) => done).toSorted((a, b) => a - b));
    expect(progress.at(-1)).toEqual([2300, 2300]);
  });

  it('takes rows that are all the same, which have no bounds, and no ranking at all', async () => {
    const same = createMatrix(new Float64Array(20 * 16).fill(3), 20, 16);
    const [found] = await nearestBetter(same, [order(20)], { singleProduct });
    expect(found!.filter((value) => value === 0).length).toBe(19);
    expect(await nearestBetter(gaussian(20, 16, 2), [], { singleProduct })).toEqual([]);
  });

  it('holds over several blocks of rows', async () => {
    const points = gaussian(2100, 1, 8);
    const ranking = order(points.rows);
    const [found] = await nearestBetter(points, [ranking]);
    const sorted: number[] = [];
    for (const row of ranking.subarray(0, 300)) {
      const expected = Math.min(Infinity, ...sorted.map((value) => Math.abs(value - points.data[row]!)));
      if (sorted.length > 0) expect(found![row]).toBeCloseTo(expected, 8);
      sorted.push(points.data[row]!);
    }
    const last = ranking.at(-1)!;
    expect(found![last]).toBeCloseTo(Math.min(...Array.from({ length: points.rows }, (_, i) => (i === last ? Infinity : distance(points, i, last)))), 8);
  });

  it('is 0 for an exact copy of a better row, and not for the better one', async () => {
    const points = matrixFromRows([[0, 0], [5, 5], [0, 0], [9, 1]]);
    const [down, up] = await nearestBetter(points, [Int32Array.of(0, 1, 2, 3), Int32Array.of(2, 3, 1, 0)]);
    expect(down![2]).toBe(0);
    expect([down![0], up![2]]).toEqual([Number.NaN, Number.NaN]);
    expect(up![0]).toBe(0);
  });

  it('refuses rankings that are none, and can be cancelled', async () => {
    const points = gaussian(3, 2, 1);
    for (const wrong of [[0, 1], [0, 1, 1], [0, 1, 5], [0, 1, 2, 2]]) await expect(nearestBetter(points, [Int32Array.from(wrong)])).rejects.toMatchObject({ code: 'data.shape' });
    await expect(nearestBetter(points, [Int32Array.of(0, 1, 2)], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'job.cancelled' });
    const wide = gaussian(40, 16, 1);
    await expect(nearestBetter(wide, [order(40)], { singleProduct, signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(await nearestBetter(createMatrix([], 0, 0), [new Int32Array(0)])).toEqual([new Float64Array(0)]);
  });
});

describe('the threshold of near copies', () => {
  it('is the median distance of normals to their nearest other one', async () => {
    // nearest distances: 1, 1, 2, 4, 4
    expect(await copyThreshold(matrixFromRows([[0], [1], [3], [10], [14]]))).toBeCloseTo(2, 12);
    // 1, 1, 4, 4
    expect(await copyThreshold(matrixFromRows([[0], [1], [10], [14]]))).toBeCloseTo(2.5, 12);
  });

  it('needs two normals', async () => {
    await expect(copyThreshold(matrixFromRows([[1]]))).rejects.toMatchObject({ code: 'data.too_few_rows' });
  });
});
