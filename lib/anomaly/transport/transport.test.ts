import { describe, expect, it } from 'vitest';
import { goldenInput, goldenNames, largestDifference } from '../golden/golden-data';
import { createMatrix, matrixFromRows, selectRows } from '../linalg/matrix';
import { averageRanks } from '../metrics/ranks';
import { createRandom } from '../random/generator';
import { annealing, emptyBox, grow, squaredDiagonal } from './annealing';
import { lavaExact, lavaFast } from './lava';
import { Kernel, smoothMinimum, type CostTable } from './kernel';
import { sinkhorn, transportValue, type Potentials } from './sinkhorn';

/** Rank correlation. */
function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const p = averageRanks(a, 'higher_is_better');
  const q = averageRanks(b, 'higher_is_better');
  const middle = (p.length + 1) / 2;
  const product = (u: Float64Array, v: Float64Array) => u.reduce((sum, value, i) => sum + (value - middle) * (v[i]! - middle), 0);
  return product(p, q) / Math.sqrt(product(p, p) * product(q, q));
}

function randomCosts(seed: number, spread: number): CostTable {
  const random = createRandom(seed);
  return {
    squared: Array.from({ length: 12 }, () => Float64Array.from({ length: 9 }, () => random.uniform() * spread)),
    rowClass: Uint8Array.from({ length: 12 }, (_, i) => i % 2),
    columnClass: Uint8Array.from({ length: 9 }, (_, j) => (j > 5 ? 1 : 0)),
    classCosts: Float64Array.of(0, 0.4, 0.5, 0.1),
  };
}

/** The iteration with a search for the largest exponent in every sum. */
function plainSinkhorn(costs: CostTable, regularisations: readonly number[]): Potentials {
  const update = ({ rows, columns }: Potentials, epsilon: number) => ({
    rows: rows.map((_, i) => smoothMinimum(costs, 'row', i, columns, epsilon)),
    columns: columns.map((_, j) => smoothMinimum(costs, 'column', j, rows, epsilon)),
  });
  let current = update({ rows: new Float64Array(12), columns: new Float64Array(9) }, regularisations[0]!);
  for (const epsilon of regularisations) {
    const next = update(current, epsilon);
    const old = current;
    current = { rows: next.rows.map((v, i) => (v + old.rows[i]!) / 2), columns: next.columns.map((v, j) => (v + old.columns[j]!) / 2) };
  }
  return update(current, regularisations[regularisations.length - 1]!);
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

describe('the iteration', () => {
  it.each([1, 30, 1e3, 1e5, 1e7])('with carried entries gives the potentials of the plain one (squared distances up to %d)', (spread) => {
    for (const seed of [1, 2, 3]) {
      const costs = randomCosts(seed, spread);
      // One row far from all, as an unrealistic sample is, and a first row and column that coincide.
      costs.squared[11]!.forEach((value, j, row) => (row[j] = value + 50 * spread));
      costs.squared[0]![0] = 0;
      const regularisations = annealing(51 * spread);
      const { rows, columns } = sinkhorn({ ...costs, columns: 9, forward: costs.classCosts, backward: costs.classCosts }, regularisations);
      const plain = plainSinkhorn(costs, regularisations);
      expect(largestDifference(rows, plain.rows)).toBeLessThan(1e-12 * Math.max(10, 51 * spread));
      expect(largestDifference(columns, plain.columns)).toBeLessThan(1e-12 * Math.max(10, 51 * spread));
    }
  });

  it('sums what the potentials say, also when they leave the table or jump', () => {
    const costs = randomCosts(5, 3);
    const kernel = new Kernel(costs, new Float64Array(12 * 9));
    const columns = new Float64Array(9).fill(1);
    expect(kernel.sums(new Float64Array(12).fill(50), columns, 0.1).rows.every((sum) => sum === Infinity)).toBe(true);
    expect(kernel.sums(new Float64Array(12).fill(-50), columns, 0.1).rows.every((sum) => sum === 0)).toBe(true);
    for (const [level, epsilon] of [[0.3, 0.4], [0.5, 0.1], [-0.4, 0.1], [0.6, 0.025], [30, 0.025], [0.4, 0.1]] as const) {
      const rows = Float64Array.from({ length: 12 }, (_, i) => level + i / 50);
      const { rows: sums } = kernel.sums(rows, columns, epsilon);
      rows.forEach((row, i) => {
        if (sums[i]! < Math.exp(-10) || sums[i] === Infinity) return;
        const minimum = smoothMinimum(costs, 'row', i, columns, epsilon);
        expect(row - epsilon * Math.log(sums[i]! / 9)).toBeCloseTo(minimum, 11);
      });
    }
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
