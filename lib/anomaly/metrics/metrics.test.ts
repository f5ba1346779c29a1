import { describe, expect, it } from 'vitest';
import golden from '../golden/metrics.json';
import { matrixFromRows } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { knnAuroc } from './knn-auroc';
import { accuracyAfter, areaUnderLearningCurve } from './learning-curve';
import { averageRanks } from './ranks';
import { rocAuc, rocAucInterval, rocCurve } from './roc-auc';

describe('area under the ROC curve', () => {
  const { labels, scores, auc, all_tied: allTied } = golden.auc;

  it('equals the reference, ties counting half', () => {
    expect(rocAuc(labels, scores)).toBeCloseTo(auc, 12);
    expect(rocAuc(labels, labels.map(() => 0.7))).toBe(allTied);
  });

  it('equals the trapezoid under the curve points', () => {
    const { falsePositiveRate: x, truePositiveRate: y, threshold } = rocCurve(labels, scores);
    let area = 0;
    for (let i = 1; i < x.length; i += 1) area += ((x[i]! - x[i - 1]!) * (y[i]! + y[i - 1]!)) / 2;
    expect(area).toBeCloseTo(auc, 12);
    expect([x[0], y[0], x.at(-1), y.at(-1)]).toEqual([0, 0, 1, 1]);
    expect(threshold[0]).toBe(Infinity);
    expect(Array.from(threshold.slice(1))).toEqual([...new Set(scores)].sort((a, b) => b - a));
  });

  it('turns into its complement when the scores are negated', () => {
    expect(rocAuc(labels, scores.map((s) => -s))).toBeCloseTo(1 - auc, 12);
  });

  it('is undefined for one class and for scores that are no numbers', () => {
    expect(() => rocAuc([1, 1], [0.1, 0.2])).toThrow(expect.objectContaining({ code: 'data.one_class' }));
    expect(() => rocAuc([0, 1], [0.1, NaN])).toThrow(expect.objectContaining({ code: 'data.not_finite' }));
    expect(() => rocAuc([0], [0.1, 0.3])).toThrow(expect.objectContaining({ code: 'data.shape' }));
  });

  it('has a seeded bootstrap interval around it that narrows with more rows', () => {
    const random = createRandom(4);
    const sample = (n: number) => {
      const rows = Array.from({ length: n }, (_, i) => i % 2);
      return { rows, values: rows.map((label) => label + 1.5 * random.normal()) };
    };
    const small = sample(60);
    const large = sample(3000);
    const a = rocAucInterval(small.rows, small.values, { seed: 1 });
    const b = rocAucInterval(large.rows, large.values, { seed: 1 });
    expect(rocAucInterval(small.rows, small.values, { seed: 1 })).toEqual(a);
    expect(a.low).toBeLessThan(a.auc);
    expect(a.high).toBeGreaterThan(a.auc);
    expect(b.high - b.low).toBeLessThan((a.high - a.low) / 3);
    const hanleyMcNeil = Math.sqrt((a.auc * (1 - a.auc) + 29 * (a.auc / (2 - a.auc) - a.auc ** 2) + 29 * ((2 * a.auc ** 2) / (1 + a.auc) - a.auc ** 2)) / 900);
    expect(Math.abs(a.standardError / hanleyMcNeil - 1)).toBeLessThan(0.25);
  });
});

describe('ranks', () => {
  it.each(golden.ranks)('equal the reference with ties averaged', (c) => {
    expect(Array.from(averageRanks(c.values, 'higher_is_better'))).toEqual(c.higher_is_better);
    expect(Array.from(averageRanks(c.values, 'lower_is_better'))).toEqual(c.lower_is_better);
  });
});

describe('learning curve', () => {
  const c = golden.learning_curve;

  it('has the reference areas', () => {
    expect(areaUnderLearningCurve(c.curve, c.n_good)).toBeCloseTo(c.aulc_good, 10);
    expect(areaUnderLearningCurve(c.curve, c.n_poor)).toBeCloseTo(c.aulc_poor, 10);
    expect(areaUnderLearningCurve(c.curve, c.n_good, 'with_endpoint')).toBeCloseTo(c.aulc_good_endpoint_included, 10);
    expect(areaUnderLearningCurve(c.curve, c.n_poor, 'with_endpoint')).toBeCloseTo(c.aulc_poor_endpoint_included, 10);
    expect(accuracyAfter(c.curve, c.n_good)).toBe(c.acc_good);
  });

  it('refuses more additions than the curve has', () => {
    expect(() => areaUnderLearningCurve([0.5, 0.6], 3)).toThrow(expect.objectContaining({ code: 'data.shape' }));
    expect(() => accuracyAfter([0.5], 1)).toThrow(expect.objectContaining({ code: 'data.shape' }));
  });
});

describe('kNN AUROC of a feature set', () => {
  const line = (...values: number[]) => matrixFromRows(values.map((v) => [v]));

  it('is the AUC of the third-neighbour distance', async () => {
    const result = await knnAuroc(
      { referenceNormals: line(0, 1, 2, 3, 4), heldOutNormals: line(0.5, 2.5, 9), anomalies: line(8, 20) },
      { seed: 3 },
    );
    // third-neighbour distances: normals 1.5, 1.5, 7; anomalies 6, 18
    expect(result.auc).toBeCloseTo(5 / 6, 12);
  });

  it('uses all references when there are fewer than k, and needs one', async () => {
    const few = { referenceNormals: line(0), heldOutNormals: line(0.1), anomalies: line(5) };
    expect((await knnAuroc(few, { seed: 1 })).auc).toBe(1);
    const none = { ...few, referenceNormals: { data: new Float64Array(0), rows: 0, cols: 1 } };
    await expect(knnAuroc(none, { seed: 1 })).rejects.toMatchObject({ code: 'data.too_few_rows' });
  });
});
