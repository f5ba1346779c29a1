import { describe, expect, it } from 'vitest';
import { largestDifference } from '../golden/golden-data';
import golden from '../golden/lasso.json';
import { fitLasso, fitLassoCv } from './lasso-cv';

const matrix = Float64Array.from(golden.X.flat());
const features = golden.X[0]!.length;
const target = Float64Array.from(golden.y);

describe('the lasso against scikit-learn', () => {
  it.each(golden.lasso)('alpha $alpha', ({ alpha, coef, intercept }) => {
    const fit = fitLasso(matrix, features, target, alpha, { sweeps: 100_000, tolerance: 1e-10 });
    expect(largestDifference(fit.coefficients, coef)).toBeLessThan(1e-10);
    expect(Math.abs(fit.intercept - intercept)).toBeLessThan(1e-10);
  });

  it('with the penalty chosen by cross-validation', async () => {
    const expected = golden.lassocv;
    const fit = await fitLassoCv(matrix, features, target);
    expect(fit.alphas.length).toBe(expected.n_alphas);
    expect(Math.abs(fit.alphas[0]! - expected.alphas_first)).toBeLessThan(1e-12);
    expect(Math.abs(fit.alphas.at(-1)! - expected.alphas_last)).toBeLessThan(1e-12);
    expect(largestDifference(fit.meanErrors.subarray(0, 5), expected.mse_mean_first5)).toBeLessThan(1e-10);
    expect(fit.alphas.indexOf(fit.alpha)).toBe(expected.index_of_best);
    expect(largestDifference(fit.coefficients, expected.coef)).toBeLessThan(1e-10);
    expect(Math.abs(fit.intercept - expected.intercept)).toBeLessThan(1e-10);
  });
});
