import { describe, expect, it } from 'vitest';
import golden from '../golden/learning_curve_svc.json';
import { matrixFromRows } from '../linalg/matrix';
import { learningCurve } from './learning-curves';

const zeroOne = (labels: number[]) => Uint8Array.from(labels, (y) => (y === 1 ? 1 : 0));
const setting = {
  train: matrixFromRows(golden.X_train),
  labels: zeroOne(golden.y_train),
  auxiliary: matrixFromRows(golden.X_aux),
  test: matrixFromRows(golden.X_test),
  testLabels: zeroOne(golden.y_test),
  classifier: 'svm',
  points: 'exact',
} as const;
const order = Int32Array.from(golden.order_best_first);
const l = order.length;

describe('learning curve of the support vector machine against the reference', () => {
  it('has every accuracy where no test row is close to the boundary', async () => {
    const { good } = await learningCurve({ ...setting, order, good: l });
    expect(good.added).toEqual(golden.accuracy.map((_, j) => j));
    let compared = 0;
    golden.accuracy.forEach((expected, j) => {
      if (golden.smallest_margin[j]! <= 0.01) return;
      compared += 1;
      expect(good.accuracy[j]).toBeCloseTo(expected, 12);
    });
    expect(compared).toBe(l + 1);
  });

  it('is the same as the poor direction of the reverse ranking', async () => {
    const { poor } = await learningCurve({ ...setting, order: order.toReversed(), good: 0 });
    const { good } = await learningCurve({ ...setting, order, good: l });
    expect(poor).toEqual(good);
  });
});
