import { describe, expect, it } from 'vitest';
import { matrixFromRows } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { kMeans } from './k-means';

/** `each` points around (0, 0), (10, 0) and (0, 10), one blob after the other. */
function blobs(each: number) {
  const { normal } = createRandom(5);
  return matrixFromRows([[0, 0], [10, 0], [0, 10]].flatMap(([x, y]) => Array.from({ length: each }, () => [x! + normal() * 0.5, y! + normal() * 0.5])));
}

describe('k-means', () => {
  it('finds clusters that lie apart, whatever the seed', () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const { clusterOf, centres, inertia } = kMeans(blobs(30), { clusters: 3, seed });
      for (const start of [0, 30, 60]) expect(new Set(clusterOf.slice(start, start + 30)).size).toBe(1);
      expect(new Set(clusterOf).size).toBe(3);
      expect([...centres.data].sort((a, b) => a - b)[5]).toBeCloseTo(10, 0);
      expect(inertia).toBeLessThan(90);
    }
  });

  it('puts every row with its nearest centre, which is the mean of its rows', () => {
    const { clusterOf, centres } = kMeans(blobs(20), { clusters: 5, seed: 3 });
    const points = blobs(20);
    const distance = (row: number, c: number) => Math.hypot(points.data[2 * row]! - centres.data[2 * c]!, points.data[2 * row + 1]! - centres.data[2 * c + 1]!);
    clusterOf.forEach((cluster, row) => {
      for (let c = 0; c < 5; c += 1) expect(distance(row, cluster)).toBeLessThanOrEqual(distance(row, c) + 1e-9);
    });
    for (let c = 0; c < 5; c += 1) {
      const rows = [...clusterOf.keys()].filter((row) => clusterOf[row] === c);
      expect(centres.data[2 * c]).toBeCloseTo(rows.reduce((sum, row) => sum + points.data[2 * row]!, 0) / rows.length, 9);
    }
  });

  it('works with equal rows and as many clusters as rows, and refuses more', () => {
    const equal = matrixFromRows([[1, 1], [1, 1], [1, 1]]);
    expect(kMeans(equal, { clusters: 3, seed: 0 }).inertia).toBe(0);
    expect(kMeans(blobs(2), { clusters: 6, seed: 0 }).inertia).toBeCloseTo(0, 12);
    expect(() => kMeans(equal, { clusters: 4, seed: 0 })).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
  });
});
