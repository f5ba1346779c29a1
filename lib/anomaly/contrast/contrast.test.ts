import { describe, expect, it } from 'vitest';
import { matrixFromRows } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { contrast } from './contrast';

const none = (rows: number) => new Int32Array(rows).fill(-1);

describe('contrast', () => {
  it('names the features that differ most from the mean of the nearest references, by falling size', async () => {
    const references = matrixFromRows([[0, 0, 0], [1, 0, 0], [100, 100, 100]]);
    const { count, feature, reference, difference } = await contrast(matrixFromRows([[0.5, -3, 2]]), references, { neighbours: 2, features: 2, self: none(1) });
    expect(count).toBe(2);
    expect([...feature]).toEqual([1, 2]);
    expect([...reference]).toEqual([0, 0]);
    expect([...difference]).toEqual([-3, 2]);
  });

  it('compares no row with itself and names no feature without a difference', async () => {
    const points = matrixFromRows([[0, 0], [0, 0], [5, 0]]);
    const { feature, difference } = await contrast(points, points, { neighbours: 1, features: 2, self: Int32Array.of(0, 1, 2) });
    expect([...feature]).toEqual([-1, -1, -1, -1, 0, -1]);
    expect(difference[4]).toBe(5);
    await expect(contrast(matrixFromRows([[1]]), matrixFromRows([[1]]), { neighbours: 3, features: 5, self: Int32Array.of(0) })).rejects.toMatchObject({ code: 'data.too_few_rows' });
  });

  it('agrees with sorting everything', async () => {
    const random = createRandom(7);
    const rows = (n: number) => matrixFromRows(Array.from({ length: n }, () => Array.from({ length: 9 }, () => random.uniform())));
    const [queries, references] = [rows(40), rows(30)];
    const found = await contrast(queries, references, { neighbours: 3, features: 5, self: none(40) });
    for (let i = 0; i < 40; i += 1) {
      const row = queries.data.slice(i * 9, i * 9 + 9);
      const at = (j: number) => references.data.slice(j * 9, j * 9 + 9);
      const distance = (j: number) => at(j).reduce((sum, value, c) => sum + (value - row[c]!) ** 2, 0);
      const near = Array.from({ length: 30 }, (_, j) => j).sort((a, b) => distance(a) - distance(b)).slice(0, 3);
      const by = [...row].map((value, c) => value - near.reduce((sum, j) => sum + at(j)[c]! / 3, 0));
      const order = by.map((_, c) => c).sort((a, b) => Math.abs(by[b]!) - Math.abs(by[a]!)).slice(0, 5);
      expect([...found.feature.slice(i * 5, i * 5 + 5)]).toEqual(order);
      order.forEach((c, place) => expect(found.difference[i * 5 + place]).toBeCloseTo(by[c]!, 12));
    }
  });
});
