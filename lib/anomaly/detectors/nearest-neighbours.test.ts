import { expect, it } from 'vitest';
import { matrixFromRows } from '../linalg/matrix';
import { fitDetector } from './registry';

const line = matrixFromRows([[0], [1], [3], [7], [100]]);
const labels = Uint8Array.of(0, 0, 0, 0, 1);

it('averages the distances to the three nearest normals', async () => {
  const fit = await fitDetector('knn', line, labels);
  expect(Array.from(await fit.score(matrixFromRows([[2], [-1], [100]])))).toEqual([4 / 3, 7 / 3, (93 + 97 + 99) / 3]);
});

it('does not count a training row as its own neighbour, but counts its copies', async () => {
  const fit = await fitDetector('knn', line, labels);
  expect(Array.from(await fit.trainScores())).toEqual([(1 + 3 + 7) / 3, (1 + 2 + 6) / 3, (2 + 3 + 4) / 3, (4 + 6 + 7) / 3, (93 + 97 + 99) / 3]);
  const twice = await fitDetector('knn', matrixFromRows([[0], [0], [5]]), Uint8Array.of(0, 0, 0), { k: 1 });
  expect(Array.from(await twice.trainScores())).toEqual([0, 0, 5]);
});

it('cuts k to the normals there are and refuses a k that is none', async () => {
  const fit = await fitDetector('knn', line, labels, { k: 50 });
  expect((await fit.score(matrixFromRows([[0]])))[0]).toBe((0 + 1 + 3 + 7) / 4);
  await expect(fitDetector('knn', line, labels, { k: 0 })).rejects.toThrow(/whole number from 1 on/);
});
