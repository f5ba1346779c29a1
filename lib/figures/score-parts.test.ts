import { describe, expect, it } from 'vitest';
import { scoreParts } from './score-parts';

const summaryOf = (anomalies: number) => ({ anomalies }) as never;

describe('the parts of a score', () => {
  it('of CAP are novelty, expected count and both p-values with their meaning', () => {
    const parts = { novelty: 0.8, expectedCount: 2.5, normalTail: 0.004, anomalyTail: 0.3, logNormalDistance: 1 };
    expect(scoreParts({ parts }, { evaluator: 'CAP', summary: summaryOf(9) })).toEqual({
      bars: [
        { label: 'Novelty', value: 0.8, max: 1, unit: true },
        { label: 'Realism N', value: 2.5, max: 10, unit: false },
      ],
      facts: [
        { label: 'p among normals', text: '0.4 %', meaning: 'The chance that a normal sample looks at least as novel.' },
        { label: 'p among anomalies', text: '30 %', meaning: 'The chance that one more real anomaly lies at least as far out.' },
      ],
    });
  });

  it('of others carry the evaluator’s own names, without what stands elsewhere', () => {
    expect(scoreParts({ parts: { detectorScore: 1.234, density: 2 } }, { evaluator: 'P_YX', summary: null }).facts).toEqual([{ label: 'detector score', text: '1.23', meaning: '' }]);
  });

  it('may be missing', () => {
    expect(scoreParts({ parts: null }, { evaluator: 'CAP', summary: null })).toEqual({ bars: [], facts: [] });
    expect(scoreParts({ parts: { novelty: 1 } }, { evaluator: 'CAP', summary: null })).toEqual({ bars: [], facts: [] });
  });
});
