import { describe, expect, it } from 'vitest';
import { goldenInput, goldenNames, largestDifference } from '../golden/golden-data';
import { createMatrix, matrixFromRows, selectRows } from '../linalg/matrix';
import { averageRanks } from '../metrics/ranks';
import { createRandom } from '../random/generator';
import { annealing, emptyBox, grow, squaredDiagonal } from './annealing';
import { lavaExact, lavaFast } from './lava';
import { scaledMarginals, smoothMinimum, type ShiftedProblem } from './marginals';
import { sinkhorn, transportValue } from './sinkhorn';

/** Rank correlation. */
function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const p = averageRanks(a, 'higher_is_better');
  const q = averageRanks(b, 'higher_is_better');
  const middle = (p.length + 1) / 2;
  const product = (u: Float64Array, v: Float64Array) => u.reduce((sum, value, i) => sum + (value - middle) * (v[i]! - middle), 0);
  return product(p, q) / Math.sqrt(product(p, p) * product(q, q));
}

function shiftedProblem(seed: number, epsilon: number, spread: number): ShiftedProblem {
  const random = createRandom(seed);
  const draw = (length: number, scale: number) => Float64Array.from({ length }, () => random.uniform() * scale);
  return {
    squared: Array.from({ length: 12 }, () => draw(9, spread)),
    rowClass: Uint8Array.from({ length: 12 }, (_, i) => i % 2),
    columnClass: Uint8Array.from({ length: 9 }, (_, j) => (j > 5 ? 1 : 0)),
    rows: draw(12, 2),
    potentials: draw(9, 2),
    classCosts: Float64Array.of(0, 0.4, 0.5, 0.1),
    epsilon,
  };
}

describe('the annealing', () => {
  it('runs from the squared diameter down by factors of 4 to the regularisation', () => {
    expect(annealing(16, 1)).toEqual([16, 16, 4, 1]);
    expect(annealing(18, 1)).toEqual([18, 18, 4.5, 1.125, 1]);
    expect(annealing(0.05, 0.1)).toEqual([0.05, 0.1]);
    expect(annealing(0, 0.1)).toEqual([0.1]);
  });

  it('takes the diameter of the box around both sets', () => {
    const box = grow(grow(emptyBox(2), Float64Array.of(0, 0), 0), Float64Array.of(9, 1, 2), 1);
    expect(squaredDiagonal(box, grow(emptyBox(2), Float64Array.of(3, 0), 0))).toBe(13);
    expect(squaredDiagonal(emptyBox(2), emptyBox(2))).toBe(0);
  });
});

describe('the sums of the iteration', () => {
  it.each([[0.1, 2], [1, 10], [50, 1000]])('give the soft minimum at regularisation %d', (epsilon, spread) => {
    const problem = shiftedProblem(3, epsilon, spread);
    const sums = scaledMarginals(problem);
    problem.rows.forEach((old, i) => {
      const value = old - epsilon * Math.log(sums.rows[i]! / 9);
      expect(Math.abs(value - smoothMinimum(problem, 'row', i))).toBeLessThan(1e-12 * Math.max(1, epsilon));
    });
    problem.potentials.forEach((old, j) => {
      const value = old - epsilon * Math.log(sums.columns[j]! / 12);
      expect(Math.abs(value - smoothMinimum(problem, 'column', j))).toBeLessThan(1e-12 * Math.max(1, epsilon));
    });
  });

  it('tell when a term leaves the table', () => {
    const problem = { ...shiftedProblem(3, 0.1, 2), rows: new Float64Array(12).fill(50) };
    expect(scaledMarginals(problem).rows.every((sum) => sum === Infinity)).toBe(true);
    expect(scaledMarginals({ ...problem, rows: new Float64Array(12).fill(-50) }).rows.every((sum) => sum === 0)).toBe(true);
  });
});

describe('the transport value', () => {
  it('of one row to one row is half their squared distance', () => {
    const problem = {
      squared: [Float64Array.of(7)],
      columns: 1,
      rowClass: Uint8Array.of(0),
      columnClass: Uint8Array.of(0),
      forward: new Float64Array(4),
      backward: new Float64Array(4),
    };
    expect(transportValue(sinkhorn(problem, annealing(7)))).toBeCloseTo(3.5, 12);
  });
});

describe('LAVA', () => {
  it.each(goldenNames.filter((name) => name !== 'tiny'))('ranks nearly alike in both modes on %s', async (name) => {
    const input = goldenInput(name);
    expect(spearman(await lavaFast(input), await lavaExact(input, false))).toBeGreaterThan(0.85);
  });

  it('stays finite for rows a million units away, the farther the lower', async () => {
    const input = goldenInput('gauss3');
    const auxiliary = matrixFromRows([1, 1e3, 1e6].map((shift) => Array.from(input.auxiliary.data.subarray(0, 3), (value) => value + shift)));
    for (const values of [await lavaFast({ ...input, auxiliary }), await lavaExact({ ...input, auxiliary }, false)]) {
      expect(values[0]!).toBeGreaterThan(values[1]!);
      expect(values[1]!).toBeGreaterThan(values[2]!);
      expect(values[2]!).toBeGreaterThan(-Infinity);
    }
  });

  it('values rows of a constant set alike, and a set of one class at all', async () => {
    const train = createMatrix(new Float64Array(12).fill(2), 6, 2);
    const labels = Uint8Array.of(0, 0, 0, 0, 1, 1);
    const auxiliary = selectRows(train, [0, 1]);
    for (const mode of [lavaFast, (input: Parameters<typeof lavaFast>[0]) => lavaExact(input, false)]) {
      expect(largestDifference(await mode({ train, labels, auxiliary }), [0, 0])).toBeLessThan(1e-12);
      const oneClass = await mode({ ...goldenInput('tiny'), labels: new Uint8Array(13).fill(1) });
      expect(oneClass.every((value) => Number.isFinite(value))).toBe(true);
    }
  });
});
