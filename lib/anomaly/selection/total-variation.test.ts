import { describe, expect, it } from 'vitest';
import { matrixFromRows, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { totalVariation } from './total-variation';

/** Points so near to their place on a line that any k-means keeps each place together. */
function heaps(counts: readonly number[], seed: number): Matrix {
  const { normal } = createRandom(seed);
  return matrixFromRows(counts.flatMap((count, place) => Array.from({ length: count }, () => [100 * place + 1e-3 * normal(), 1e-3 * normal()])));
}

describe('total variation of two validation sets', () => {
  it('is the sum of differences of cluster shares, without the half', async () => {
    // 16 points make 4 clusters; shares (4, 2, 2, 0) / 8 against (0, 2, 2, 4) / 8
    const result = await totalVariation(heaps([4, 2, 2, 0], 1), heaps([0, 2, 2, 4], 2), { seed: 3 });
    expect(result.clusters).toBe(4);
    expect(result.runs).toHaveLength(10);
    // k-means may end in a poorer optimum now and then, never in a larger distance than that of the true heaps
    expect(Math.max(...result.runs)).toBeCloseTo(1, 12);
    expect(result.value).toBeCloseTo(result.runs.reduce((sum, value) => sum + value, 0) / 10, 14);
    // Shares count, not rows: (6, 4, 2, 0) / 12 against (0, 0, 2, 2) / 4
    const unequal = await totalVariation(heaps([6, 4, 2, 0], 1), heaps([0, 0, 2, 2], 2), { seed: 3 });
    expect(Math.max(...unequal.runs)).toBeCloseTo(1 / 2 + 1 / 3 + 1 / 3 + 1 / 2, 12);
  });

  it('is 0 for a set and itself and 2 for sets far apart', async () => {
    const one = heaps([8], 4);
    expect((await totalVariation(one, one, { seed: 1 })).value).toBeCloseTo(0, 12);
    const far = matrixFromRows(Array.from({ length: 8 }, (_, i) => [1e6 + i, 0]));
    expect((await totalVariation(one, far, { seed: 1 })).value).toBeCloseTo(2, 12);
  });

  it('is symmetric in distribution, seeded, and rounds the number of clusters', async () => {
    const { normal } = createRandom(8);
    const cloud = (rows: number, shift: number) => matrixFromRows(Array.from({ length: rows }, () => [normal() + shift, normal()]));
    const [a, b] = [cloud(30, 0), cloud(21, 1)];
    const once = await totalVariation(a, b, { seed: 6 });
    expect(await totalVariation(a, b, { seed: 6 })).toEqual(once);
    expect((await totalVariation(a, b, { seed: 7 })).runs).not.toEqual(once.runs);
    expect(once.clusters).toBe(Math.round(Math.sqrt(51)));
    expect(once.value).toBeGreaterThan(0);
    expect(once.value).toBeLessThan(2);
  });

  it('refuses empty sets, other columns and no runs', async () => {
    const a = heaps([3], 1);
    await expect(totalVariation(a, { data: new Float64Array(0), rows: 0, cols: 2 }, { seed: 1 })).rejects.toMatchObject({ code: 'data.too_few_rows' });
    await expect(totalVariation(a, matrixFromRows([[1]]), { seed: 1 })).rejects.toMatchObject({ code: 'data.shape' });
    await expect(totalVariation(a, a, { seed: 1, runs: 0 })).rejects.toMatchObject({ code: 'parameter.invalid' });
  });
});
