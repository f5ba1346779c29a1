import { describe, expect, it } from 'vitest';
import { eapEvaluator } from '../evaluators/eap-evaluator';
import { createMatrix, matrixFromRows, selectRows, type Matrix } from '../linalg/matrix';
import { rocAuc } from '../metrics/roc-auc';
import { createRandom } from '../random/generator';
import { shuffle } from '../random/sampling';
import { detectorSeconds } from './cost';
import { describeDetector, detectorIds, fitDetector, isDetectorId } from './registry';

/** Normals about the origin, longer in some directions than in others; anomalies as the last rows, off it. */
function cloud(normals: number, anomalies: number, columns: number, seed: number): { train: Matrix; labels: Uint8Array } {
  const { normal } = createRandom(seed);
  const rows = normals + anomalies;
  const data = Float64Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    return normal() * (1 + column / columns) + (row < normals ? 0 : 2.5);
  });
  return { train: createMatrix(data, rows, columns), labels: Uint8Array.from({ length: rows }, (_, row) => (row < normals ? 0 : 1)) };
}

function scaledBy(matrix: Matrix, factor: number): Matrix {
  return createMatrix(matrix.data.map((value) => value * factor), matrix.rows, matrix.cols);
}

const shapes = [
  { name: 'more rows than columns', ...cloud(60, 6, 5, 1), queries: cloud(20, 20, 5, 2) },
  { name: 'more columns than rows', ...cloud(24, 4, 40, 3), queries: cloud(20, 20, 40, 4) },
];

describe.each(detectorIds)('detector %s', (id) => {
  it('has a name, a description and a seed', () => {
    const { name, description, defaults } = describeDetector(id);
    expect(name.length).toBeGreaterThan(2);
    expect(description).toMatch(/\.$/);
    expect(defaults.seed).toBe(0);
  });

  describe.each(shapes)('$name', ({ train, labels, queries }) => {
    it('tells anomalies from normals it has not seen', async () => {
      // Of five columns 99 % of the variance would leave NPCA but one direction, which need not be the anomalies'.
      const fit = await fitDetector(id, train, labels, id === 'npca' ? { explained: 0.5 } : {});
      const scores = await fit.score(queries.train);
      expect(rocAuc(queries.labels, scores)).toBeGreaterThan(0.85);
      expect(scores.every((score) => score >= 0 && Number.isFinite(score))).toBe(true);
    });

    it('gives the same numbers whatever the order of the training rows, to the last bit', async () => {
      const order = shuffle(Int32Array.from({ length: train.rows }, (_, i) => i), createRandom(9));
      const fit = await fitDetector(id, train, labels);
      const shuffled = await fitDetector(id, selectRows(train, order), Uint8Array.from(order, (row) => labels[row]!));
      expect(await shuffled.score(queries.train)).toEqual(await fit.score(queries.train));
      const trained = await fit.trainScores();
      expect(await shuffled.trainScores()).toEqual(Float64Array.from(order, (row) => trained[row]!));
    });

    it('scores a row the same alone and among others, and equal rows alike', async () => {
      const fit = await fitDetector(id, train, labels);
      const [alone] = await fit.score(selectRows(queries.train, [3]));
      const among = await fit.score(selectRows(queries.train, [0, 3, 7, 3]));
      expect(among[1]).toBe(alone);
      expect(among[3]).toBe(alone);
    });

    it('gives the same scores, or distances that grow along, in other units', async () => {
      // PatchCore's weights follow exp(distance), which has a unit; without neighbours it has none.
      const own = id === 'patchcore' ? { neighbours: 1 } : {};
      const fit = await fitDetector(id, train, labels, own);
      // A power of two keeps forests from seeing other roundings.
      const moved = await fitDetector(id, scaledBy(train, 1024), labels, own);
      const before = await fit.score(queries.train);
      const after = await moved.score(scaledBy(queries.train, 1024));
      const factor = ['knn', 'patchcore'].includes(id) ? 1024 : 1;
      before.forEach((score, i) => expect(after[i]! / factor).toBeCloseTo(score, 9));
    });

    it('scores every training row, and refuses what it cannot use', async () => {
      const scores = await (await fitDetector(id, train, labels)).trainScores();
      expect(scores.length).toBe(train.rows);
      expect(scores.every((score) => score >= 0 && Number.isFinite(score))).toBe(true);
      await expect(fitDetector(id, train, labels.subarray(1))).rejects.toThrow(/labels/);
      await expect(fitDetector(id, train, labels, { colour: 1 })).rejects.toThrow(/no parameter "colour"/);
      const fit = await fitDetector(id, train, labels);
      const unknown = { data: new Float64Array(train.cols).fill(Number.NaN), rows: 1, cols: train.cols };
      await expect(fit.score(unknown)).rejects.toThrow(/instead of a number/);
    });
  });

  it('copes with normals that are all alike', async () => {
    const fit = await fitDetector(id, matrixFromRows([[1, 2], [1, 2], [1, 2], [1, 2]]), Uint8Array.of(0, 0, 0, 0));
    const scores = await fit.score(matrixFromRows([[1, 2], [9, 9]]));
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(scores[1]!).toBeGreaterThanOrEqual(scores[0]!);
    expect((await fit.trainScores()).every(Number.isFinite)).toBe(true);
  });
});

describe('one-class detectors', () => {
  it.each(detectorIds.filter((id) => id !== 'ssdo'))('%s needs two normals and learns nothing from anomalies', async (id) => {
    await expect(fitDetector(id, matrixFromRows([[1], [2]]), Uint8Array.of(0, 1))).rejects.toThrow(/at least 2 normals/);
    const { train, labels } = cloud(30, 5, 4, 6);
    const without = await fitDetector(id, selectRows(train, Int32Array.from({ length: 30 }, (_, i) => i)), labels.subarray(0, 30));
    const queries = cloud(5, 5, 4, 7).train;
    expect(await (await fitDetector(id, train, labels)).score(queries)).toEqual(await without.score(queries));
  });

  it('knows its ids', () => {
    expect(isDetectorId('knn')).toBe(true);
    expect(isDetectorId('toString')).toBe(false);
  });
});

it('a detector is estimated to take no less time with more rows or columns, and eigenvectors to take the most', () => {
  const small = { rows: 200, anomalies: 4, auxiliary: 60, columns: 64 };
  const large = { rows: 1000, anomalies: 20, auxiliary: 300, columns: 768 };
  for (const id of detectorIds) expect(detectorSeconds(id, large)).toBeGreaterThanOrEqual(detectorSeconds(id, small));
  expect(detectorSeconds('pca', large)).toBeGreaterThan(detectorSeconds('mahalanobis', large));
  const { estimateSeconds } = eapEvaluator;
  expect(estimateSeconds(large, { detector: 'pca' }) - estimateSeconds(large, {})).toBeCloseTo(detectorSeconds('pca', large), 9);
});
