import { describe, expect, it } from 'vitest';
import { createRandom } from '@/lib/anomaly/random/generator';
import { gramOf, ridgeInInputs, ridgeInRows, type Table } from './ridge';

function drawn(rows: number, cols: number, seed: number): Table {
  const random = createRandom(seed);
  return { rows, cols, data: Float64Array.from({ length: rows * cols }, () => random.normal()) };
}

/** Sum of squared errors on centred data plus penalty, straight from the definition. */
function objective(x: Table, y: Table, weights: Float64Array, penalty: number): number {
  const mean = ({ rows, cols, data }: Table, c: number) => Array.from({ length: rows }, (_, i) => data[i * cols + c]!).reduce((a, b) => a + b, 0) / rows;
  let sum = penalty * weights.reduce((total, value) => total + value * value, 0);
  for (let i = 0; i < x.rows; i++) {
    for (let c = 0; c < y.cols; c++) {
      let predicted = 0;
      for (let a = 0; a < x.cols; a++) predicted += (x.data[i * x.cols + a]! - mean(x, a)) * weights[a * y.cols + c]!;
      sum += (predicted - y.data[i * y.cols + c]! + mean(y, c)) ** 2;
    }
  }
  return sum;
}

/** Sum over rows of the squared distance to the mean row. */
function spread({ rows, cols, data }: Table): number {
  let sum = 0;
  for (let c = 0; c < cols; c++) {
    const column = Array.from({ length: rows }, (_, i) => data[i * cols + c]!);
    const mean = column.reduce((a, b) => a + b, 0) / rows;
    sum += column.reduce((total, value) => total + (value - mean) ** 2, 0);
  }
  return sum;
}

describe('ridge regression', () => {
  const [x, y] = [drawn(9, 5, 1), drawn(9, 2, 2)];
  const all = Array.from({ length: 9 }, (_, i) => i);

  it.each(['rows', 'inputs'] as const)('finds the minimum when solved in the %s', (way) => {
    const { weights, bias } = way === 'rows' ? ridgeInRows(x, y, all, gramOf(x), 0.3) : ridgeInInputs(x, y, 0.3);
    const penalty = (0.3 * spread(x)) / (way === 'rows' ? x.rows : x.cols);
    const least = objective(x, y, weights.data, penalty);
    for (let at = 0; at < weights.data.length; at++) {
      for (const step of [-1e-3, 1e-3]) expect(objective(x, y, weights.data.map((value, i) => value + (i === at ? step : 0)), penalty)).toBeGreaterThan(least);
    }
    // The mean row maps to zero.
    for (let c = 0; c < y.cols; c++) {
      let mapped = bias[c]!;
      for (let a = 0; a < x.cols; a++) mapped += (all.reduce((sum, i) => sum + x.data[i * x.cols + a]!, 0) / x.rows) * weights.data[a * y.cols + c]!;
      expect(mapped).toBeCloseTo(0, 12);
    }
  });

  it('sees the chosen rows only', () => {
    const rows = [0, 2, 3, 7];
    const taken = (table: Table): Table => ({ rows: rows.length, cols: table.cols, data: Float64Array.from(rows.flatMap((row) => [...table.data.subarray(row * table.cols, (row + 1) * table.cols)])) });
    const own = ridgeInRows(taken(x), taken(y), [0, 1, 2, 3], gramOf(taken(x)), 0.1);
    const chosen = ridgeInRows(x, y, rows, gramOf(x), 0.1);
    own.weights.data.forEach((value, i) => expect(chosen.weights.data[i]).toBeCloseTo(value, 12));
  });
});
