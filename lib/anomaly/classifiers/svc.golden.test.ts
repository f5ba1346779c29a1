import { describe, expect, it } from 'vitest';
import { largestDifference } from '../golden/golden-data';
import golden from '../golden/svc.json';
import { crossDistances, selfDistances } from '../linalg/distances';
import { matrixFromRows } from '../linalg/matrix';
import { rowMoments, scaleGamma, SvcTrainer } from './svc';

describe('support vector classifier against the reference', async () => {
  const points = matrixFromRows(golden.X);
  const labels = Uint8Array.from(golden.y, (y) => (y === 1 ? 1 : 0));
  const members = Int32Array.from(golden.X, (_, i) => i);
  const distances = await selfDistances(points).block(0, points.rows);
  const trainer = new SvcTrainer(distances, labels);
  const queries = await crossDistances(matrixFromRows(golden.X_test), points).block(0, golden.X_test.length);
  const gamma = scaleGamma(rowMoments(points), members);

  it('has the kernel width', () => {
    expect(Math.abs(gamma - golden.gamma)).toBeLessThan(1e-12);
  });

  it('has weights, intercept, objective and decision values at a tight tolerance', () => {
    const model = trainer.fit(members, gamma, { cost: golden.C, tolerance: 1e-8 });
    const expected = new Float64Array(members.length);
    golden.support.forEach((row, s) => (expected[row] = golden.dual_coef[s]!));
    expect(largestDifference(model.alpha.map((a, i) => (labels[i] === 1 ? a : -a)), expected)).toBeLessThan(1e-6);
    expect(Math.abs(-model.rho - golden.intercept)).toBeLessThan(1e-6);
    const decision = trainer.decide(model, queries);
    expect(largestDifference(decision, golden.decision)).toBeLessThan(1e-6);
    expect(Array.from(decision, Math.sign)).toEqual(golden.predict);
    const sum = model.alpha.reduce((total, a) => total + a, 0);
    const signed = trainer.decide(model, distances).reduce((total, f, i) => total + model.alpha[i]! * (labels[i] === 1 ? 1 : -1) * (f + model.rho), 0);
    expect(Math.abs(sum - signed / 2 - golden.dual_objective)).toBeLessThan(1e-6);
  });

  it('has the decision values at the default tolerance', () => {
    expect(largestDifference(trainer.decide(trainer.fit(members, gamma), queries), golden.decision_default_tol)).toBeLessThan(1e-3);
  });
});
