import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/generator';
import { crossDistances, forEachBlock, selfDistances, type DistanceSource } from './distances';
import { createMatrix, matrixFromRows, selectRows, type MatrixProduct } from './matrix';
import { kthSmallest } from './select';
import { roundSignificand, squaredDistance } from './squared-distances';

function randomMatrix(seed: number, rows: number, cols: number) {
  const random = createRandom(seed);
  return createMatrix(Float64Array.from({ length: rows * cols }, () => random.normal()), rows, cols);
}

async function allOf(source: DistanceSource): Promise<Float64Array> {
  const all = new Float64Array(source.rows * source.references);
  await forEachBlock(source, {}, (block, start) => all.set(block, start * source.references));
  return all;
}

describe('matrices', () => {
  it('refuse ragged rows, wrong sizes and what is no number', () => {
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => matrixFromRows([[1, 2], [3]])).toThrow(code('data.ragged'));
    expect(() => matrixFromRows([])).toThrow(code('data.shape'));
    expect(() => createMatrix([1, 2, 3], 2, 2)).toThrow(code('data.shape'));
    expect(() => createMatrix([1, NaN], 1, 2)).toThrow('The matrix has NaN instead of a number in row 0, column 1');
    expect(() => createMatrix([1e200], 1, 1)).toThrow(code('data.not_finite'));
  });

  it('select rows in the given order', () => {
    expect(Array.from(selectRows(matrixFromRows([[1, 2], [3, 4], [5, 6]]), [2, 0]).data)).toEqual([5, 6, 1, 2]);
  });
});

describe('rounding to 36 bits', () => {
  it('changes a number by at most 2^-36 of itself and a rounded one not at all', () => {
    const random = createRandom(2);
    for (let i = 0; i < 1000; i += 1) {
      const value = 10 ** (20 * random.uniform() - 10);
      const rounded = roundSignificand(value);
      expect(Math.abs(rounded - value)).toBeLessThanOrEqual(value * 2 ** -36);
      expect(roundSignificand(rounded)).toBe(rounded);
    }
    expect([0, 1, 2, 12345].map(roundSignificand)).toEqual([0, 1, 2, 12345]);
  });
});

describe('distances', () => {
  it.each([1, 3, 16, 50])('equal the pairwise ones in blocks and tiles, %d columns', async (cols) => {
    const a = randomMatrix(1, 23, cols);
    const b = randomMatrix(2, 39, cols);
    const cross = await allOf(crossDistances(a, b));
    const self = await allOf(selfDistances(b));
    for (let j = 0; j < 39; j += 1) {
      for (let i = 0; i < 23; i += 1) expect(cross[i * 39 + j]).toBe(squaredDistance(a, i, b, j));
      for (let i = 0; i < 39; i += 1) expect(self[i * 39 + j]).toBe(squaredDistance(b, i, b, j));
    }
    expect(await allOf(selfDistances(b, undefined, 0))).toEqual(self);
  });

  it('are the same from a product that sums in another order', async () => {
    const backwards: MatrixProduct = async (a, b) => {
      const out = new Float64Array(a.rows * b.rows);
      for (let i = 0; i < a.rows; i += 1) {
        for (let j = 0; j < b.rows; j += 1) {
          for (let c = a.cols - 1; c >= 0; c -= 1) out[i * b.rows + j]! += a.data[i * a.cols + c]! * b.data[j * a.cols + c]!;
        }
      }
      return out;
    };
    const a = randomMatrix(3, 40, 200);
    a.data.copyWithin(200, 0, 400);
    expect(await allOf(selfDistances(a, backwards))).toEqual(await allOf(selfDistances(a)));
  });

  it('refuse sets with different columns', () => {
    expect(() => crossDistances(randomMatrix(1, 2, 3), randomMatrix(1, 2, 4))).toThrow(expect.objectContaining({ code: 'data.shape' }));
  });
});

it('the k-th smallest equals that of sorting, with ties', () => {
  const random = createRandom(5);
  for (let round = 0; round < 200; round += 1) {
    const count = 1 + random.integer(60);
    const values = Float64Array.from({ length: count }, () => random.integer(20));
    const k = 1 + random.integer(count);
    expect(kthSmallest(Float64Array.from(values), count, k)).toBe(values.toSorted()[k - 1]);
  }
});
