import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/generator';
import { matrixFromRows, type Matrix } from './matrix';
import { principalComponents } from './principal-components';
import { symmetricEigen } from './symmetric-eigen';

function randomSymmetric(n: number, seed: number): Matrix {
  const { normal } = createRandom(seed);
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) for (let j = 0; j <= i; j += 1) data[i * n + j] = data[j * n + i] = normal();
  return { data, rows: n, cols: n };
}

/** Largest |A v - lambda v| over all pairs and largest |vi·vj - delta_ij|. */
function residuals(a: Matrix): { equation: number; orthogonality: number } {
  const n = a.rows;
  const { values, vectors } = symmetricEigen(a);
  let equation = 0;
  let orthogonality = 0;
  for (let e = 0; e < n; e += 1) {
    const v = vectors.data.subarray(e * n, (e + 1) * n);
    for (let i = 0; i < n; i += 1) {
      let sum = 0;
      for (let j = 0; j < n; j += 1) sum += a.data[i * n + j]! * v[j]!;
      equation = Math.max(equation, Math.abs(sum - values[e]! * v[i]!));
    }
    for (let f = 0; f <= e; f += 1) {
      let dot = 0;
      for (let j = 0; j < n; j += 1) dot += v[j]! * vectors.data[f * n + j]!;
      orthogonality = Math.max(orthogonality, Math.abs(dot - (e === f ? 1 : 0)));
    }
  }
  return { equation, orthogonality };
}

describe('eigenvalues of symmetric matrices', () => {
  it('knows the closed form of two by two and of the second difference', () => {
    const small = symmetricEigen(matrixFromRows([[2, 1], [1, 2]]));
    expect(Array.from(small.values)).toEqual([expect.closeTo(3, 14), expect.closeTo(1, 14)]);
    const n = 30;
    const second = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_v, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)));
    const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)));
    symmetricEigen(matrixFromRows(second)).values.forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 12));
  });

  it.each([1, 2, 3, 7, 40, 121])('solves A v = lambda v with orthonormal v, n = %i', (n) => {
    const { equation, orthogonality } = residuals(randomSymmetric(n, n));
    expect(equation).toBeLessThan(1e-12 * n);
    expect(orthogonality).toBeLessThan(1e-12 * n);
  });

  it('handles equal eigenvalues, rank one, zero and extreme scales', () => {
    const ones = matrixFromRows(Array.from({ length: 12 }, () => new Array<number>(12).fill(1)));
    expect(symmetricEigen(ones).values[0]).toBeCloseTo(12, 12);
    expect(Math.abs(symmetricEigen(ones).values[11]!)).toBeLessThan(1e-12);
    expect(residuals(ones).orthogonality).toBeLessThan(1e-12);
    expect(Array.from(symmetricEigen(matrixFromRows([[0, 0], [0, 0]])).values)).toEqual([0, 0]);
    for (const scale of [1e-130, 1e130]) {
      const scaled = symmetricEigen(matrixFromRows([[2 * scale, scale], [scale, 2 * scale]]));
      expect(scaled.values[0]! / scale).toBeCloseTo(3, 12);
    }
    const graded = matrixFromRows([[1e-200, 1e-201, 0], [1e-201, 1, 0.5], [0, 0.5, 1]]);
    expect(residuals(graded).equation).toBeLessThan(1e-14);
  });

  it('keeps trace and Frobenius norm', () => {
    const a = randomSymmetric(64, 5);
    const { values } = symmetricEigen(a);
    const trace = Array.from({ length: 64 }, (_, i) => a.data[i * 65]!).reduce((sum, value) => sum + value, 0);
    expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(trace, 10);
    expect(Math.hypot(...values)).toBeCloseTo(Math.hypot(...a.data), 10);
  });

  it('refuses what is not square or not finite', () => {
    expect(() => symmetricEigen(matrixFromRows([[1, 2]]))).toThrow(/square/);
    expect(() => symmetricEigen({ data: Float64Array.of(Number.NaN), rows: 1, cols: 1 })).toThrow(/instead of a number/);
  });
});

describe('principal components', () => {
  const { normal } = createRandom(3);
  const wide = matrixFromRows(Array.from({ length: 9 }, () => Array.from({ length: 20 }, () => normal())));

  it('finds the same through the Gram and through the covariance matrix', () => {
    // Columns of zeros and copies of rows change nothing but which way is taken.
    const twice = matrixFromRows(Array.from({ length: 27 }, (_, i) => Array.from(wide.data.subarray((i % 9) * 20, (i % 9 + 1) * 20))));
    const gram = principalComponents(wide);
    const covariance = principalComponents(twice);
    expect(gram.variances.length).toBe(8);
    expect(covariance.variances.length).toBe(8);
    gram.variances.forEach((variance, j) => {
      expect(covariance.variances[j]).toBeCloseTo(variance, 12);
      let dot = 0;
      for (let c = 0; c < 20; c += 1) dot += gram.directions.data[j * 20 + c]! * covariance.directions.data[j * 20 + c]!;
      expect(Math.abs(dot)).toBeCloseTo(1, 10);
    });
  });

  it('has no component where all rows are alike', () => {
    expect(principalComponents(matrixFromRows([[1, 2], [1, 2], [1, 2]])).variances.length).toBe(0);
  });

  it('finds the line that points lie on', () => {
    const { mean, variances, directions } = principalComponents(matrixFromRows([[0, 0], [3, 4], [6, 8]]));
    expect(Array.from(mean)).toEqual([3, 4]);
    expect(variances.length).toBe(1);
    expect(variances[0]).toBeCloseTo(50 / 3, 12);
    expect(Math.abs(directions.data[0]!)).toBeCloseTo(0.6, 12);
  });
});
