import { describe, expect, it, vi } from 'vitest';
import { matrixFromRows, type Matrix } from '../linalg/matrix';
import { areaUnderLearningCurve } from '../metrics/learning-curve';
import { createRandom } from '../random/generator';
import type { CurveSetting, DownstreamClassifier } from './curve';
import { learningCurve, learningCurves } from './learning-curves';
import { rankingOf } from './ranking';

const classifiers: readonly DownstreamClassifier[] = ['svm', 'random_forest'];

function cloud(labels: ArrayLike<number>, seed: number): Matrix {
  const random = createRandom(seed);
  return matrixFromRows(Array.from(labels, (label) => [random.normal() + label, random.normal() + label, random.normal()]));
}

/** 60 training rows, 18 auxiliary rows of which the first 6 are anomalies, 40 test rows. */
function experiment(classifier: DownstreamClassifier): CurveSetting {
  const labels = Uint8Array.from({ length: 60 }, (_, i) => (i < 5 ? 1 : 0));
  const testLabels = Uint8Array.from({ length: 40 }, (_, i) => i % 2);
  const auxiliary = cloud(Array.from({ length: 18 }, (_, i) => (i < 6 ? 1 : 0)), 2);
  return { train: cloud(labels, 1), labels, auxiliary, test: cloud(testLabels, 3), testLabels, classifier };
}

const ranking = (seed: number, l = 18) => rankingOf(new Float64Array(l), seed);

describe.each(classifiers)('learning curves of %s', (classifier) => {
  const setting = experiment(classifier);

  it('are read off as the exact curves where the grid is exact', async () => {
    const { good, poor, aulcGood, accGood, aulcPoor } = await learningCurve({ ...setting, order: ranking(1), points: 'exact' });
    expect(good.added).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(poor.added.length).toBe(13);
    expect(aulcGood).toBeCloseTo(areaUnderLearningCurve(good.accuracy, 6), 12);
    expect(aulcPoor).toBeCloseTo(areaUnderLearningCurve(poor.accuracy, 12), 12);
    expect(accGood).toBe(good.accuracy[6]);
  });

  it('have on a grid the exact accuracies at its points', async () => {
    const exact = await learningCurve({ ...setting, order: ranking(2), points: 'exact' });
    const coarse = await learningCurve({ ...setting, order: ranking(2), points: 4 });
    const listed = await learningCurve({ ...setting, order: ranking(2), points: [3, 7] });
    expect(coarse.good.added).toEqual([0, 3, 5, 6]);
    expect(listed.poor.added).toEqual([0, 3, 7, 11, 12]);
    for (const curve of [coarse, listed]) {
      for (const side of ['good', 'poor'] as const) {
        curve[side].added.forEach((added, i) => expect(curve[side].accuracy[i]).toBe(exact[side].accuracy[added]));
      }
      expect(curve.accGood).toBe(exact.accGood);
    }
  });

  it('are the same for a ranking alone and among others, in any order', async () => {
    const rankings = [ranking(3), ranking(4), ranking(5)];
    const together = await learningCurves(setting, rankings);
    const reversed = await learningCurves(setting, rankings.toReversed());
    expect(reversed.toReversed()).toEqual(together);
    for (const [i, order] of rankings.entries()) expect(await learningCurve({ ...setting, order })).toEqual(together[i]);
  });

  it('fit every set of rows once', async () => {
    const onProgress = vi.fn();
    const first = ranking(6);
    // the same best 6 rows in another order: the sets of 0, 6, and of all but the best 6 coincide
    const second = Int32Array.from([...first.slice(0, 6).toReversed(), ...first.slice(6).toReversed()]);
    await learningCurves({ ...setting, points: [] }, [first, second, first], { onProgress });
    // 0; good 5, 6 and 5 (6 shared); poor 11, 12 and 11 (12 shared)
    expect(onProgress.mock.calls.at(-1)!.slice(0, 2)).toEqual([7, 7]);
    expect(onProgress).toHaveBeenCalledTimes(7);
  });

  it('begin with the same accuracy in both directions, and hold one point without auxiliary rows', async () => {
    const { good, poor } = await learningCurve({ ...setting, order: ranking(7) });
    expect(good.accuracy[0]).toBe(poor.accuracy[0]);
    const none = { ...setting, auxiliary: { data: new Float64Array(0), rows: 0, cols: 3 } };
    expect(await learningCurve({ ...none, order: ranking(7, 0) })).toEqual({
      good: { added: [0], accuracy: [good.accuracy[0]] },
      poor: { added: [0], accuracy: [good.accuracy[0]] },
      aulcGood: null,
      accGood: null,
      aulcPoor: null,
    });
  });

  it('predict the only class there is until an anomaly is added', async () => {
    const { good } = await learningCurve({ ...setting, labels: new Uint8Array(60), order: ranking(8), points: 'exact' });
    expect(good.accuracy[0]).toBe(0.5);
    const anomalies = await learningCurve({ ...setting, labels: new Uint8Array(60).fill(1), order: ranking(8) });
    expect(new Set([...anomalies.good.accuracy, ...anomalies.poor.accuracy])).toEqual(new Set([0.5]));
  });

  it('take constant data and duplicates', async () => {
    const ones = (rows: number) => ({ data: new Float64Array(rows * 3).fill(1), rows, cols: 3 });
    const constant = await learningCurve({ ...setting, train: ones(60), auxiliary: ones(18), test: ones(40), order: ranking(9) });
    expect(constant.good.accuracy).toEqual(constant.good.accuracy.map(() => 0.5));
    const copies = { ...setting, auxiliary: { ...setting.train, data: setting.train.data.slice(0, 18 * 3), rows: 18 } };
    const { good, poor } = await learningCurve({ ...copies, order: ranking(9) });
    expect([...good.accuracy, ...poor.accuracy].every((accuracy) => accuracy >= 0 && accuracy <= 1)).toBe(true);
  });

  it('stop when the caller cancels', async () => {
    const controller = new AbortController();
    const onProgress = vi.fn(() => controller.abort());
    await expect(learningCurve({ ...setting, order: ranking(10) }, { onProgress, signal: controller.signal })).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(onProgress).toHaveBeenCalledTimes(1);
  });

  it('refuse what is no ranking, no grid and no matching set', async () => {
    const order = ranking(1);
    await expect(learningCurve({ ...setting, order: order.map((row) => (row === 3 ? 4 : row)) })).rejects.toMatchObject({ code: 'data.shape' });
    await expect(learningCurve({ ...setting, order, points: 2 })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(learningCurve({ ...setting, order, points: [-1] })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(learningCurve({ ...setting, order, good: 19 })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(learningCurve({ ...setting, order, test: matrixFromRows([[1, 2]]), testLabels: Uint8Array.of(1) })).rejects.toMatchObject({ code: 'data.shape' });
    await expect(learningCurve({ ...setting, order, testLabels: new Uint8Array(3) })).rejects.toMatchObject({ code: 'data.shape' });
  });
});
