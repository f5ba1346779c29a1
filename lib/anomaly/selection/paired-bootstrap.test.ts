import { describe, expect, it } from 'vitest';
import golden from '../golden/selection.json';
import { rocAucInterval } from '../metrics/roc-auc';
import { createRandom } from '../random/generator';
import { pairedBootstrap, type ValidationScores } from './paired-bootstrap';
import { twoSampleAuroc } from './two-sample-auroc';

const given = golden.auroc.map(({ anomalies, normals, auroc }) => ({ scores: { anomalies: Float64Array.from(anomalies), normals: Float64Array.from(normals) }, auroc }));

/** Scores of several candidates on 40 anomalies and 60 normals, apart by `shifts`. */
function candidatesApart(shifts: readonly number[], seed = 3): ValidationScores[] {
  const random = createRandom(seed);
  return shifts.map((shift) => ({ anomalies: Float64Array.from({ length: 40 }, () => random.normal() + shift), normals: Float64Array.from({ length: 60 }, random.normal) }));
}

describe('AUROC of two samples and its paired bootstrap', () => {
  it.each(given)('equals the Mann-Whitney statistic of SciPy', ({ scores, auroc }) => {
    expect(twoSampleAuroc(scores.anomalies, scores.normals)).toBeCloseTo(auroc, 13);
    expect(pairedBootstrap([scores], { seed: 1, draws: 5 }).intervals[0]!.auroc).toBeCloseTo(auroc, 13);
  });

  it('has the spread of the bootstrap of a single candidate', () => {
    const [one] = candidatesApart([1]) as [ValidationScores];
    const { intervals } = pairedBootstrap([one], { seed: 4 });
    const labels = [...one.anomalies.map(() => 1), ...one.normals.map(() => 0)];
    const alone = rocAucInterval(labels, [...one.anomalies, ...one.normals], { seed: 9 });
    expect(Math.abs(intervals[0]!.standardError / alone.standardError - 1)).toBeLessThan(0.15);
    expect(intervals[0]!.low).toBeLessThan(intervals[0]!.auroc);
    expect(intervals[0]!.high).toBeGreaterThan(intervals[0]!.auroc);
  });

  it('has the spread and the win shares of all possible draws, counted one by one', () => {
    const two: ValidationScores[] = [
      { anomalies: Float64Array.from([3, 1.5]), normals: Float64Array.from([1, 2, 0]) },
      { anomalies: Float64Array.from([1, 3]), normals: Float64Array.from([0, 2, 2.5]) },
    ];
    const draws = (rows: number): number[][] => Array.from({ length: rows }).reduce<number[][]>((all) => all.flatMap((drawn) => Array.from({ length: rows }, (_, row) => [...drawn, row])), [[]]);
    const of = ({ anomalies, normals }: ValidationScores, high: readonly number[], low: readonly number[]) =>
      twoSampleAuroc(Float64Array.from(high, (row) => anomalies[row]!), Float64Array.from(low, (row) => normals[row]!));
    const all = draws(2).flatMap((high) => draws(3).map((low) => two.map((one) => of(one, high, low))));
    expect(all).toHaveLength(4 * 27);
    const { intervals, winShares } = pairedBootstrap(two, { seed: 1, draws: 40_000 });
    two.forEach((_, i) => {
      const values = all.map((pair) => pair[i]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      expect(Math.abs(intervals[i]!.standardError - spread)).toBeLessThan(0.004);
    });
    // Of equals the first wins. Standard error of a share over 40,000 draws: at most 0.0025.
    expect(Math.abs(winShares[1]! - all.filter(([first, second]) => second! > first!).length / all.length)).toBeLessThan(0.01);
    expect(winShares[1]).toBeGreaterThan(0.02);
  });

  it('redraws the same rows for all: a candidate that is always a little better wins every draw', () => {
    const [base] = candidatesApart([0.5]) as [ValidationScores];
    const lifted = { anomalies: base.anomalies.map((score, i) => score + (i % 2) * 3), normals: base.normals };
    const { winShares, stability } = pairedBootstrap([base, lifted], { seed: 2 });
    expect(winShares).toEqual([0, 1]);
    expect(stability).toBe(1);
  });

  it('says how often the winner stays: surely when far ahead, hardly among equals', () => {
    expect(pairedBootstrap(candidatesApart([0, 3, 0.2]), { seed: 5 }).stability).toBeGreaterThan(0.99);
    const close = pairedBootstrap(candidatesApart([0.5, 0.5, 0.5, 0.5]), { seed: 5 });
    expect(close.stability).toBeLessThan(0.9);
    expect(close.winShares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const [one] = candidatesApart([1]) as [ValidationScores];
    expect(pairedBootstrap([one, one], { seed: 5 }).winShares).toEqual([1, 0]);
  });

  it('does not change under monotone transforms of one candidate, and repeats for a seed', () => {
    const all = candidatesApart([0.4, 0.6]);
    const once = pairedBootstrap(all, { seed: 11 });
    expect(pairedBootstrap([{ anomalies: all[0]!.anomalies.map(Math.exp), normals: all[0]!.normals.map(Math.exp) }, all[1]!], { seed: 11 })).toEqual(once);
    expect(pairedBootstrap(all, { seed: 12 })).not.toEqual(once);
  });

  it('refuses candidates of other lengths, one class and nonsense', () => {
    const [a] = candidatesApart([1]) as [ValidationScores];
    expect(() => pairedBootstrap([a, { ...a, anomalies: a.anomalies.slice(1) }], { seed: 1 })).toThrow(expect.objectContaining({ code: 'data.shape' }));
    expect(() => pairedBootstrap([{ ...a, normals: new Float64Array(0) }], { seed: 1 })).toThrow(expect.objectContaining({ code: 'data.one_class' }));
    expect(() => pairedBootstrap([{ ...a, normals: a.normals.fill(NaN) }], { seed: 1 })).toThrow(expect.objectContaining({ code: 'data.not_finite' }));
    expect(() => pairedBootstrap([], { seed: 1 })).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
    expect(() => pairedBootstrap(candidatesApart([1]), { seed: 1, draws: 0 })).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
    expect(() => pairedBootstrap(candidatesApart([1]), { seed: 1, confidence: 1 })).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
  });
});
