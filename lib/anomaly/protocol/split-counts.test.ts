import { describe, expect, it } from 'vitest';
import golden from '../golden/splits.json';
import { roundHalfToEven, splitCounts } from './split-counts';

describe('counts of a split', () => {
  it.each(golden.cases)('of the released program: $n_anomalies anomalies, $n_normals normals', (c) => {
    if (!c.feasible) {
      expect(() => splitCounts(c.n_anomalies, c.n_normals, 'released')).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
      return;
    }
    expect(splitCounts(c.n_anomalies, c.n_normals, 'released')).toEqual({
      test: c.code_test,
      trainAnomalies: c.code_train,
      third: c.code_aux_third,
      trainNormals: c.code_train_normals,
    });
  });

  it('of the paper are its shares, also of ten anomalies', () => {
    expect(splitCounts(10, 213, 'paper')).toEqual({ test: 5, trainAnomalies: 1, third: 4, trainNormals: 204 });
    expect(splitCounts(1333, 5102, 'paper')).toEqual({ test: 666, trainAnomalies: 133, third: 533, trainNormals: 1000 });
    expect(splitCounts(1333, 5102, 'paper', 4000).trainNormals).toBe(3903);
  });

  it('never use more anomalies than there are', () => {
    for (let anomalies = 4; anomalies < 300; anomalies += 1) {
      const { test, trainAnomalies, third } = splitCounts(anomalies, 1000, 'paper');
      expect(test + trainAnomalies + third).toBeLessThanOrEqual(anomalies);
      expect(third).toBeGreaterThan(0);
    }
  });

  it('are refused with the reason', () => {
    expect(() => splitCounts(2, 500, 'paper')).toThrow(/2 anomalies are too few/);
    expect(() => splitCounts(100, 91, 'paper')).toThrow(/91 normals are too few: the test takes 50 and the auxiliary set 40/);
  });

  it('round halves to even', () => {
    expect([0.5, 1.5, 2.5, 2.4, 2.6, 7].map(roundHalfToEven)).toEqual([0, 2, 2, 2, 3, 7]);
  });
});
