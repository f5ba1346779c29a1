import { describe, expect, it } from 'vitest';
import { createRandom, type RandomGenerator } from '../random/generator';
import { createMatrix, type Matrix, type SingleProduct } from './matrix';
import { nearestNeighbours, nearestReferences, type Neighbours } from './nearest';
import { boundSquaredDistances } from './squared-distance-bounds';
import { squaredDistance } from './squared-distances';

function filled(rows: number, cols: number, value: (random: RandomGenerator, row: number) => number, seed = 1): Matrix {
  const random = createRandom(seed);
  return createMatrix(Float64Array.from({ length: rows * cols }, (_, i) => value(random, Math.floor(i / cols))), rows, cols);
}

/** The plainest way: all distances by coordinate differences, sorted by distance, then row. */
function sorted(queries: Matrix, references: Matrix, k: number, ownLeftOut: boolean): Neighbours {
  const index = new Int32Array(queries.rows * k);
  const squared = new Float64Array(queries.rows * k);
  for (let i = 0; i < queries.rows; i += 1) {
    const distances = Float64Array.from({ length: references.rows }, (_, j) => squaredDistance(queries, i, references, j));
    const order = Array.from(distances.keys()).filter((j) => !ownLeftOut || j !== i).sort((a, b) => distances[a]! - distances[b]! || a - b);
    for (let e = 0; e < k; e += 1) {
      index[i * k + e] = order[e]!;
      squared[i * k + e] = distances[order[e]!]!;
    }
  }
  return { k, index, squared };
}

/** Each product and each sum rounded to float32, from the last column to the first; counts its calls. */
function backwards(): { product: SingleProduct; calls: () => number } {
  let calls = 0;
  const product: SingleProduct = async (a, b, out) => {
    calls += 1;
    for (let i = 0; i < a.rows; i += 1) {
      for (let j = 0; j < b.rows; j += 1) {
        let sum = 0;
        for (let c = a.cols - 1; c >= 0; c -= 1) sum = Math.fround(sum + Math.fround(a.data[i * a.cols + c]! * b.data[j * a.cols + c]!));
        out[i * b.rows + j] = sum;
      }
    }
  };
  return { product, calls: () => calls };
}

/** As wrong as a float32 sum of d products may be: off by d 2^-24 times the sum of their magnitudes, up or down by chance. */
function worst(seed: number): SingleProduct {
  const random = createRandom(seed);
  return async (a, b, out) => {
    for (let i = 0; i < a.rows; i += 1) {
      for (let j = 0; j < b.rows; j += 1) {
        let sum = 0;
        let magnitude = 0;
        for (let c = 0; c < a.cols; c += 1) {
          const term = a.data[i * a.cols + c]! * b.data[j * a.cols + c]!;
          sum += term;
          magnitude += Math.abs(term);
        }
        out[i * b.rows + j] = sum + (random.integer(2) - 0.5) * 2 * (a.cols - 1) * 2 ** -24 * magnitude;
      }
    }
  };
}

const kinds: [string, (random: RandomGenerator, row: number) => number][] = [
  ['Gaussian', (random) => random.normal()],
  ['lattice', (random) => random.integer(3)],
  ['a long way off', (random) => 1e6 + random.normal()],
  ['a long way off and close together', (random) => 1e6 + 1e-3 * random.normal()],
  ['two tight clusters of', (random, row) => (row % 2) * 100 + 1e-4 * random.normal()],
  ['very different in size', (random, row) => random.normal() * 10 ** ((row % 13) - 6)],
  ['with one far outlier', (random, row) => (row === 17 ? 1e30 : 1) * random.normal()],
  ['tiny', (random) => 1e-90 * random.normal()],
  ['vanishing', (random) => 1e-160 * random.normal()],
  ['huge', (random) => 1e120 * random.normal()],
  ['of one value', () => 3.7],
];

describe.each(kinds)('nearest rows, %s rows', (_name, value) => {
  it.each([1, 2, 15, 16, 17, 100, 800])('are those of sorting all distances in %d columns', async (cols) => {
    const points = filled(90, cols, value);
    const queries = filled(20, cols, value, 2);
    points.data.copyWithin(40 * cols, 0, 4 * cols);
    queries.data.set(points.data.subarray(0, 5 * cols));
    for (const singleProduct of [undefined, backwards().product, worst(3)]) {
      for (const k of [1, 7]) {
        expect(await nearestNeighbours(points, k, { singleProduct })).toEqual(sorted(points, points, k, true));
        expect(await nearestReferences(queries, points, k, { singleProduct })).toEqual(sorted(queries, points, k, false));
      }
    }
  });
});

describe('nearest rows by float32 products', () => {
  it('need no distances where rows stand apart, and more than one block', async () => {
    const points = filled(1300, 16, (random) => random.normal());
    const { product, calls } = backwards();
    const refused = () => Promise.reject(new Error('No distance by float64 products is needed.'));
    expect(await nearestNeighbours(points, 12, { product: refused, singleProduct: product })).toEqual(await nearestNeighbours(points, 12));
    expect(calls()).toBe(3);
  });

  it('leave groups of copies to the distances and decide the other rows', async () => {
    const points = filled(700, 20, (random) => random.normal());
    points.data.fill(30, 0, 20);
    for (let row = 100; row < 300; row += 1) points.data.copyWithin(row * 20, 0, 20);
    let asked = 0;
    const plain = await nearestNeighbours(points, 5);
    const counting: NonNullable<Parameters<typeof nearestNeighbours>[2]>['product'] = async (a, b) => {
      asked += a.rows;
      const out = new Float64Array(a.rows * b.rows);
      for (let i = 0; i < a.rows; i += 1) for (let j = 0; j < b.rows; j += 1) for (let c = 0; c < 20; c += 1) out[i * b.rows + j]! += a.data[i * 20 + c]! * b.data[j * 20 + c]!;
      return out;
    };
    expect(await nearestNeighbours(points, 5, { product: counting, singleProduct: backwards().product })).toEqual(plain);
    expect(asked).toBe(201);
  });

  it.each([0, 1, 2, 3, 9])('take %d rows', async (rows) => {
    const points = filled(rows, 20, (random) => random.normal());
    const k = Math.max(rows - 1, 0);
    expect(await nearestNeighbours(points, k, { singleProduct: backwards().product })).toEqual(sorted(points, points, k, true));
    expect(await nearestReferences(points, points, rows, { singleProduct: backwards().product })).toEqual(sorted(points, points, rows, false));
  });

  it('stop when cancelled and tell how far they are', async () => {
    const points = filled(1300, 16, (random) => random.normal());
    const controller = new AbortController();
    const seen: number[] = [];
    const onProgress = (done: number): void => {
      seen.push(done);
      controller.abort();
    };
    const { product } = backwards();
    await expect(nearestNeighbours(points, 3, { singleProduct: product, onProgress, signal: controller.signal })).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(seen).toEqual([512]);
  });
});

describe('bounds of squared distances', () => {
  it.each(kinds)('of %s rows hold for the worst product', async (_name, value) => {
    for (const cols of [1, 16, 300]) {
      const points = filled(40, cols, value);
      points.data.copyWithin(5 * cols, 0, 2 * cols);
      const bounds = boundSquaredDistances(points, points);
      if (bounds === undefined) {
        expect(['vanishing', 'huge', 'of one value']).toContain(_name);
        continue;
      }
      const { rounded, low, high } = bounds.references;
      const scale = scaleBetween(points, rounded.data);
      const dots = new Float32Array(1600);
      await worst(5)(rounded, rounded, dots);
      for (let i = 0; i < 40; i += 1) {
        for (let j = 0; j < 40; j += 1) {
          const actual = i === j ? 0 : squaredDistance(points, i, points, j) * scale ** 2;
          expect(low[i]! + low[j]! - 2 * dots[i * 40 + j]!).toBeLessThanOrEqual(actual);
          expect(high[i]! + high[j]! - 2 * dots[i * 40 + j]!).toBeGreaterThanOrEqual(actual);
        }
      }
    }
  });

  /** The power of two between the rows and their centred, rounded form, from the largest range of a column. */
  function scaleBetween({ data, cols }: Matrix, rounded: Float32Array): number {
    const range = (values: ArrayLike<number>, c: number): number => {
      let [least, most] = [Infinity, -Infinity];
      for (let e = c; e < values.length; e += cols) [least, most] = [Math.min(least, values[e]!), Math.max(most, values[e]!)];
      return most - least;
    };
    const column = Array.from({ length: cols }, (_, c) => c).reduce((best, c) => (range(data, c) > range(data, best) ? c : best), 0);
    return 2 ** Math.round(Math.log2(range(rounded, column) / range(data, column)));
  }
});
