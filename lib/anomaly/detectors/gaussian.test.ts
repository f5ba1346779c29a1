import { describe, expect, it } from 'vitest';
import { createMatrix, matrixFromRows, selectRows, type Matrix } from '../linalg/matrix';
import { principalComponents } from '../linalg/principal-components';
import { createRandom } from '../random/generator';
import { ledoitWolf } from './ledoit-wolf';
import { fitDetector } from './registry';

function gaussian(rows: number, columns: number, seed: number): Matrix {
  const { normal } = createRandom(seed);
  return createMatrix(Float64Array.from({ length: rows * columns }, (_, i) => normal() * (1 + (i % columns))), rows, columns);
}

const normalsOnly = (rows: number) => new Uint8Array(rows);

/** xᵀ C⁻¹ x by elimination, C the shrunk covariance, straight from the definition. */
function plainMahalanobis(normals: Matrix, query: Float64Array, intensity: number, target: number): number {
  const { data, rows: n, cols: d } = normals;
  const mean = Array.from({ length: d }, (_, c) => Array.from({ length: n }, (_r, i) => data[i * d + c]!).reduce((a, b) => a + b, 0) / n);
  const system = Array.from({ length: d }, (_, a) => {
    const row = Array.from({ length: d }, (_c, b) => {
      let sum = 0;
      for (let i = 0; i < n; i += 1) sum += (data[i * d + a]! - mean[a]!) * (data[i * d + b]! - mean[b]!);
      return ((1 - intensity) * sum) / n + (a === b ? intensity * target : 0);
    });
    return [...row, query[a]! - mean[a]!];
  });
  for (let p = 0; p < d; p += 1) {
    const best = system.slice(p).reduce((at, row, i) => (Math.abs(row[p]!) > Math.abs(system[at]![p]!) ? p + i : at), p);
    [system[p], system[best]] = [system[best]!, system[p]!];
    for (let r = 0; r < d; r += 1) {
      if (r === p) continue;
      const factor = system[r]![p]! / system[p]![p]!;
      for (let c = p; c <= d; c += 1) system[r]![c]! -= factor * system[p]![c]!;
    }
  }
  return Math.sqrt(system.reduce((sum, row, p) => sum + (query[p]! - mean[p]!) * (row[d]! / row[p]!), 0));
}

function shrinkageOf(normals: Matrix): { intensity: number; target: number } {
  return ledoitWolf(principalComponents(normals), normals.cols);
}

describe('Ledoit-Wolf shrinkage', () => {
  it('equals the definition, worked out by hand', () => {
    // Centred rows (±2, 0), (0, ±1): S = diag(2, 1/2), target 5/4, |S|² = 17/4, mean |z|⁴ = 17/2, so b = 17/16 and c = 9/8.
    const { intensity, target } = shrinkageOf(matrixFromRows([[2, 0], [-2, 0], [0, 1], [0, -1]]));
    expect(target).toBeCloseTo(5 / 4, 14);
    expect(intensity).toBeCloseTo(17 / 18, 14);
  });

  it('shrinks many rows hardly and few rows much', () => {
    expect(shrinkageOf(gaussian(4000, 4, 1)).intensity).toBeLessThan(0.01);
    expect(shrinkageOf(gaussian(8, 40, 2)).intensity).toBeGreaterThan(0.2);
    expect(shrinkageOf(matrixFromRows([[1, 1], [-1, -1]])).intensity).toBeCloseTo(0, 14);
  });
});

describe('Mahalanobis distance', () => {
  it.each([[40, 3], [9, 12]])('equals the definition with %i rows of %i columns', async (rows, columns) => {
    const normals = gaussian(rows, columns, 5);
    const queries = gaussian(6, columns, 6);
    const { intensity, target } = shrinkageOf(normals);
    const scores = await (await fitDetector('mahalanobis', normals, normalsOnly(rows))).score(queries);
    scores.forEach((score, i) => {
      expect(score).toBeCloseTo(plainMahalanobis(normals, queries.data.subarray(i * columns, (i + 1) * columns), intensity, target), 7);
    });
  });

  it.each([[15, 3], [9, 12]])('scores a training normal as if mean and covariance came from the others, %i rows of %i columns', async (rows, columns) => {
    const normals = gaussian(rows, columns, 7);
    const { intensity, target } = shrinkageOf(normals);
    const scores = await (await fitDetector('mahalanobis', normals, normalsOnly(rows))).trainScores();
    for (let left = 0; left < rows; left += 1) {
      const others = selectRows(normals, Array.from({ length: rows }, (_, i) => i).filter((i) => i !== left));
      expect(scores[left]).toBeCloseTo(plainMahalanobis(others, normals.data.subarray(left * columns, (left + 1) * columns), intensity, target), 7);
    }
  });

  it('does not change when the space is turned', async () => {
    const normals = gaussian(30, 2, 8);
    const turned = createMatrix(normals.data.map((_, i) => (i % 2 === 0 ? 0.6 * normals.data[i]! - 0.8 * normals.data[i + 1]! : 0.8 * normals.data[i - 1]! + 0.6 * normals.data[i]!)), 30, 2);
    const straight = await (await fitDetector('mahalanobis', normals, normalsOnly(30))).score(matrixFromRows([[3, 1]]));
    const rotated = await (await fitDetector('mahalanobis', turned, normalsOnly(30))).score(matrixFromRows([[0.6 * 3 - 0.8, 0.8 * 3 + 0.6]]));
    expect(rotated[0]).toBeCloseTo(straight[0]!, 9);
  });
});

describe('PCA and NPCA', () => {
  it.each([[60, 5, 0.8], [12, 30, 0.8], [12, 30, 0.99]])('share the squared distance between them: %i rows, %i columns, %f of the variance', async (rows, columns, explained) => {
    const normals = gaussian(rows, columns, 9);
    const queries = gaussian(7, columns, 10);
    const [all, most, least] = await Promise.all(
      (['mahalanobis', 'pca', 'npca'] as const).map(async (id) => (await fitDetector(id, normals, normalsOnly(rows), { explained })).score(queries)),
    );
    all!.forEach((whole, i) => expect(most![i]! ** 2 + least![i]! ** 2).toBeCloseTo(whole ** 2, 6));
    expect(most!.some((value, i) => value > 0.1 && least![i]! > 0.1)).toBe(true);
  });

  it('look along and across the line that the normals lie on', async () => {
    const along = matrixFromRows(Array.from({ length: 21 }, (_, i) => [i - 10, 0.001 * ((i % 3) - 1)]));
    const queries = matrixFromRows([[9, 0], [0, 3]]);
    const pca = await (await fitDetector('pca', along, normalsOnly(21))).score(queries);
    const npca = await (await fitDetector('npca', along, normalsOnly(21))).score(queries);
    expect(pca[0]!).toBeGreaterThan(pca[1]! + 1);
    expect(npca[1]!).toBeGreaterThan(npca[0]! + 1);
    await expect(fitDetector('pca', along, normalsOnly(21), { explained: 0 })).rejects.toThrow(/above 0 and not above 1/);
  });
});
