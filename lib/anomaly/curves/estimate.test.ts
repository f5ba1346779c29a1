import { describe, expect, it } from 'vitest';
import type { CurveSize } from './curve';
import { estimateCurveSeconds } from './estimate';

describe('estimated time of learning curves', () => {
  const size: CurveSize = { rows: 1000, auxiliary: 750, test: 500, columns: 21, rankings: 14, classifier: 'random_forest' };

  it.each(['random_forest', 'svm'] as const)('grows with everything that is to be done: %s', (classifier) => {
    const base = estimateCurveSeconds({ ...size, classifier });
    for (const more of [{ rows: 2000 }, { auxiliary: 1500 }, { test: 1000 }, { columns: 100 }, { rankings: 28 }, { points: 17 }]) {
      expect(estimateCurveSeconds({ ...size, classifier, ...more })).toBeGreaterThan(base);
    }
  });

  it('is one fit without auxiliary rows, however many rankings', () => {
    expect(estimateCurveSeconds({ ...size, auxiliary: 0 })).toBe(estimateCurveSeconds({ ...size, auxiliary: 0, rankings: 1 }));
  });
});
