import { describe, expect, it } from 'vitest';
import { describeEvaluator } from '@/lib/anomaly/evaluators/registry';
import { aboutDuration, evaluatorSeconds } from './estimate';

const size = { rows: 1000, anomalies: 20, auxiliary: 600, columns: 96 };

describe('evaluatorSeconds', () => {
  it('asks the evaluator, with the parameters that it has', () => {
    const { estimateSeconds } = describeEvaluator('EAP');
    expect(evaluatorSeconds('EAP', size)).toBe(estimateSeconds(size, {}));
    expect(evaluatorSeconds('EAP', size, { subsets: 100, mode: 'fast', k: 3 } as Record<string, unknown>)).toBeGreaterThan(evaluatorSeconds('EAP', size));
  });

  it('leaves out what an evaluator does not have', () => {
    expect(evaluatorSeconds('RARITY', size, { subsets: 100 })).toBe(evaluatorSeconds('RARITY', size));
  });
});

describe('aboutDuration', () => {
  it('is coarse', () => {
    expect([0.2, 2.7, 9.6, 33, 58, 200, 2440, 5000, 40_000].map(aboutDuration)).toEqual([
      'under a second', 'about 3 s', 'about 10 s', 'about 35 s', 'about 1 min', 'about 3 min', 'about 40 min', 'about 1 h 20 min', 'about 11 h',
    ]);
  });

  it('does not invent one', () => {
    expect(aboutDuration(Number.NaN)).toBe('unknown');
  });
});
