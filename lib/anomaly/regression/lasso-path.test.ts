import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/generator';
import { centredProblem, columnDot, CoordinateDescent, type CentredProblem } from './lasso';
import { fitLassoCv } from './lasso-cv';
import { LassoPath } from './lasso-path';

/** Rows of coins and a target that the first of them moves, as AME's regression has them. */
function coins(rows: number, features: number, seed: number): { matrix: Float64Array; target: Float64Array; problem: CentredProblem } {
  const random = createRandom(seed);
  const matrix = Float64Array.from({ length: rows * features }, () => (random.uniform() < 0.5 ? 1 : 0));
  const target = Float64Array.from({ length: rows }, (_, i) => matrix[i * features]! * 0.3 + Math.round(random.normal() * 5) / 10);
  return { matrix, target, problem: centredProblem(matrix, features, target, Int32Array.from({ length: rows }, (_, i) => i)) };
}

function objective({ columns, rows, features, target }: CentredProblem, w: Float64Array, penalty: number): number {
  const residual = Float64Array.from(target);
  for (let j = 0; j < features; j += 1) for (let i = 0; i < rows; i += 1) residual[i]! -= columns[j * rows + i]! * w[j]!;
  return residual.reduce((sum, r) => sum + r * r, 0) / 2 + penalty * w.reduce((sum, v) => sum + Math.abs(v), 0);
}

const largestProduct = ({ columns, rows, features, target }: CentredProblem) =>
  Math.max(...Array.from({ length: features }, (_, j) => Math.abs(columnDot(columns, j * rows, target, rows))));
const grid = (largest: number) => Array.from({ length: 40 }, (_, i) => largest * 1e-3 ** (i / 39));

/** Along the whole path the objective is that of coordinate descent without a limit. */
function expectEndlessDescent(problem: CentredProblem): void {
  const descent = new CoordinateDescent(problem);
  const path = new LassoPath(problem);
  for (const penalty of grid(largestProduct(problem))) {
    path.moveTo(penalty);
    descent.descend(penalty, { sweeps: 100_000, tolerance: 1e-13 });
    const least = objective(problem, descent.coefficients, penalty);
    expect(Math.abs(objective(problem, path.coefficients, penalty) - least) / least).toBeLessThan(1e-9);
  }
}

describe('the lasso path', () => {
  it.each([[40, 12, 1], [40, 60, 2], [30, 90, 3]])('reaches what endless descent reaches, with %i rows of %i columns', (rows, features, seed) => {
    const { problem } = coins(rows, features, seed);
    expectEndlessDescent(problem);
  });

  it('meets the conditions of the minimum wherever it starts from', () => {
    const { problem } = coins(50, 80, 4);
    const { columns, rows, features } = problem;
    const largest = largestProduct(problem);
    const path = new LassoPath(problem);
    for (const share of [0.5, 0.01, 0.3, 0.002, 0.9]) {
      path.moveTo(largest * share);
      const residual = Float64Array.from(problem.target);
      for (let j = 0; j < features; j += 1) for (let i = 0; i < rows; i += 1) residual[i]! -= columns[j * rows + i]! * path.coefficients[j]!;
      for (let j = 0; j < features; j += 1) {
        const product = columns.subarray(j * rows, (j + 1) * rows).reduce((sum, x, i) => sum + x * residual[i]!, 0) / (largest * share);
        const coefficient = path.coefficients[j]!;
        if (coefficient === 0) expect(Math.abs(product)).toBeLessThan(1 + 1e-7);
        else expect(product).toBeCloseTo(Math.sign(coefficient), 7);
      }
    }
  });

  it('stays at zeros for a target without spread, and copes with copies and constant columns', () => {
    const { matrix } = coins(20, 8, 5);
    const constant = new LassoPath(centredProblem(matrix, 8, new Float64Array(20).fill(3), Int32Array.from({ length: 20 }, (_, i) => i)));
    constant.moveTo(0.1);
    expect([...constant.coefficients].every((w) => w === 0)).toBe(true);
    const copied = Float64Array.from({ length: 20 * 10 }, (_, i) => (i % 10 === 9 ? 1 : matrix[Math.floor(i / 10) * 8 + ((i % 10) % 8)]!));
    const target = Float64Array.from({ length: 20 }, (_, i) => matrix[i * 8]! + 0.01 * i);
    const problem = centredProblem(copied, 10, target, Int32Array.from({ length: 20 }, (_, i) => i));
    expectEndlessDescent(problem);
  });

  it('chooses the penalty that descent chooses', async () => {
    const { matrix, target } = coins(60, 25, 6);
    const exact = await fitLassoCv(matrix, 25, target, { solver: 'exact' });
    const descent = await fitLassoCv(matrix, 25, target, { solver: 'descent', tolerance: 1e-10, sweeps: 100_000 });
    expect(exact.alpha).toBe(descent.alpha);
    exact.meanErrors.forEach((error, i) => expect(error).toBeCloseTo(descent.meanErrors[i]!, 6));
  });
});
