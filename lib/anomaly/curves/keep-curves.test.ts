import { describe, expect, it } from 'vitest';
import { createMatrix, selectRows } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { sampleWithoutReplacement } from '../random/sampling';
import { keepCurves, keepGrid, type KeepRepetition } from './keep-curves';
import { learningCurve } from './learning-curves';
import { unitColumns } from './unit-columns';

const DIM = 3;
const random = createRandom(11);
/** 40 normals around 0, 12 anomalies around 3, 15 realistic auxiliary rows around 3 and 15 that are normals. */
const plan = [...Array.from({ length: 40 }, () => 0), ...Array.from({ length: 12 }, () => 3), ...Array.from({ length: 15 }, () => 3), ...Array.from({ length: 15 }, () => 0)];
const points = createMatrix(Float64Array.from({ length: plan.length * DIM }, (_, i) => random.normal() + plan[Math.floor(i / DIM)]!), plan.length, DIM);
const auxiliary = Int32Array.from({ length: 30 }, (_, i) => 52 + i);
const best = Int32Array.from({ length: 30 }, (_, i) => i);
const worst = best.toReversed();

function repetition(seed: number, orders: KeepRepetition['orders'] = [[best], [worst]]): KeepRepetition {
  const draw = createRandom(seed);
  const normals = sampleWithoutReplacement(40, 40, draw);
  const anomalies = sampleWithoutReplacement(12, 12, draw).map((row) => row + 40);
  return {
    train: Int32Array.from([...normals.slice(0, 25), anomalies[0]!]),
    labels: Uint8Array.from({ length: 26 }, (_, i) => Number(i === 25)),
    test: Int32Array.from([...normals.slice(25), ...anomalies.slice(1)]),
    testLabels: Uint8Array.from({ length: 26 }, (_, i) => Number(i >= 15)),
    auxiliary, orders, seed,
  };
}

describe('learning curves over kept rows', () => {
  const added = keepGrid(30, 6);

  it('are the balanced accuracy of models that are trained with the best k rows', async () => {
    const one = repetition(1);
    const [curve] = await keepCurves({ points, repetitions: [one], classifier: 'svm', added });
    const testRows = (label: number) => one.test.filter((_, i) => one.testLabels[i] === label);
    const accuracyOf = async (label: number) => {
      const rows = testRows(label);
      const scaled = unitColumns(points, Int32Array.from([...one.train, ...auxiliary]));
      const setting = { train: selectRows(scaled, one.train), labels: one.labels, auxiliary: selectRows(scaled, auxiliary), test: selectRows(scaled, rows), testLabels: new Uint8Array(rows.length).fill(label), classifier: 'svm' as const, classWeight: 'balanced' as const, points: added, good: 30 };
      const { good } = await learningCurve({ ...setting, order: best });
      return added.map((count) => good.accuracy[good.added.indexOf(count)]!);
    };
    const [ofNormals, ofAnomalies] = [await accuracyOf(0), await accuracyOf(1)];
    curve!.mean.forEach((value, i) => expect(value).toBeCloseTo((ofNormals[i]! + ofAnomalies[i]!) / 2, 12));
    expect(curve!.sd).toEqual(added.map(() => 0));
    expect([curve!.low, curve!.high]).toEqual([curve!.mean, curve!.mean]);
  });

  it.each(['svm', 'random_forest'] as const)('begin higher than unweighted where one anomaly stands against many normals, by the %s', async (classifier) => {
    const one = repetition(1);
    const [kept] = await keepCurves({ points, repetitions: [one], classifier, added });
    const setting = { train: selectRows(points, one.train), labels: one.labels, auxiliary: selectRows(points, auxiliary), test: selectRows(points, one.test), testLabels: one.testLabels, classifier, points: added, good: 30, measure: 'balanced_accuracy' as const };
    const { good } = await learningCurve({ ...setting, order: best });
    expect(good.accuracy[0]!).toBeLessThan(0.7);
    expect(kept!.mean[0]!).toBeGreaterThan(good.accuracy[0]! + 0.1);
  });

  it('do not ask in which unit a column is given', async () => {
    const other = createMatrix(points.data.map((value, i) => (i % DIM === 0 ? 1000 * value + 7 : value)), points.rows, DIM);
    const [given] = await keepCurves({ points, repetitions: [repetition(1)], classifier: 'svm', added });
    const [changed] = await keepCurves({ points: other, repetitions: [repetition(1)], classifier: 'svm', added });
    expect(changed!.mean).toEqual(given!.mean);
  });

  it('have bands over repetitions, and rise where the best rows come first', async () => {
    const repetitions = [1, 2, 3, 4, 5].map((seed) => repetition(seed));
    const [good, bad] = await keepCurves({ points, repetitions, classifier: 'svm', added });
    const singles = await Promise.all(repetitions.map(async (one) => (await keepCurves({ points, repetitions: [one], classifier: 'svm', added }))[0]!.mean));
    added.forEach((_, i) => {
      const values = singles.map((mean) => mean[i]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / 5;
      expect(good!.mean[i]).toBeCloseTo(mean, 12);
      expect(good!.sd[i]).toBeCloseTo(Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4), 12);
      expect(good!.low[i]).toBeGreaterThanOrEqual(Math.min(...values));
      expect(good!.high[i]).toBeLessThanOrEqual(Math.max(...values));
    });
    // All begin and end with the same rows.
    expect([good!.mean[0], good!.mean.at(-1)]).toEqual([bad!.mean[0], bad!.mean.at(-1)]);
    const third = added.findIndex((count) => count >= 10);
    expect(good!.mean[third]!).toBeGreaterThan(good!.mean[0]! + 0.1);
    expect(good!.mean[third]!).toBeGreaterThan(bad!.mean[third]! + 0.1);
  });

  it('name the least number within one standard error of the best mean', async () => {
    const repetitions = [1, 2, 3, 4, 5].map((seed) => repetition(seed));
    for (const { mean, sd, best: at } of await keepCurves({ points, repetitions, classifier: 'random_forest', added })) {
      const top = mean.indexOf(Math.max(...mean));
      const bound = mean[top]! - sd[top]! / Math.sqrt(5);
      expect(mean[at]).toBeGreaterThanOrEqual(bound);
      for (const value of mean.slice(0, at)) expect(value).toBeLessThan(bound);
    }
  });

  it('average several orders of a repetition', async () => {
    const both = await keepCurves({ points, repetitions: [repetition(1, [[best, worst]])], classifier: 'svm', added });
    const [good, bad] = await keepCurves({ points, repetitions: [repetition(1)], classifier: 'svm', added });
    both[0]!.mean.forEach((value, i) => expect(value).toBeCloseTo((good!.mean[i]! + bad!.mean[i]!) / 2, 12));
  });

  it('report the progress of all repetitions together, and refuse other numbers of rows', async () => {
    const seen: [number, number][] = [];
    await keepCurves({ points, repetitions: [repetition(1), repetition(2)], classifier: 'svm', added }, { onProgress: (done, total) => seen.push([done, total]) });
    const [done, total] = seen.at(-1)!;
    expect(done).toBe(total);
    expect(seen.map(([value]) => value)).toEqual(seen.map(([value]) => value).toSorted((a, b) => a - b));
    await expect(keepCurves({ points, repetitions: [repetition(1)], classifier: 'svm', added: [0, 5] })).rejects.toMatchObject({ code: 'data.shape' });
  });
});

it('the numbers of rows begin at 0, end with all and lie denser where few are added', () => {
  expect(keepGrid(1000, 12)).toEqual([0, 8, 33, 74, 132, 207, 298, 405, 529, 669, 826, 1000]);
  expect(keepGrid(3, 12)).toEqual([0, 1, 2, 3]);
  expect(keepGrid(1, 3)).toEqual([0, 1]);
});
