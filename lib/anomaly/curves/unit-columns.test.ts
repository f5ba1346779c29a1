import { describe, expect, it } from 'vitest';
import { matrixFromRows } from '../linalg/matrix';
import { unitColumns } from './unit-columns';

describe('columns of mean 0 and variance 1', () => {
  const points = matrixFromRows([[1e6 + 1, 0.1, 5], [1e6 + 3, 0.1, 5], [1e6 + 5, 0.1, 6], [1e6 + 9, 0.7, 7]]);

  it('are measured over the given rows, and the others are moved with them', () => {
    const { data, rows, cols } = unitColumns(points, Int32Array.of(0, 1, 2));
    expect([rows, cols]).toEqual([4, 3]);
    const column = (c: number) => [0, 1, 2, 3].map((row) => data[row * 3 + c]!);
    const deviation = Math.sqrt(8 / 3);
    [-2, 0, 2, 6].forEach((offset, row) => expect(column(0)[row]).toBeCloseTo(offset / deviation, 10));
    const third = Math.sqrt(2 / 9);
    [-1, -1, 2, 5].forEach((offset, row) => expect(column(2)[row]).toBeCloseTo(offset / 3 / third, 10));
  });

  it('are 0 where all given rows are the same, whatever the others are', () => {
    const { data } = unitColumns(points, Int32Array.of(0, 1, 2));
    expect([0, 1, 2, 3].map((row) => data[row * 3 + 1])).toEqual([0, 0, 0, 0]);
  });
});
