import { describe, expect, it } from 'vitest';
import { normalUpperQuantile } from '@/lib/anomaly/distributions/normal';
import { newcombeInterval } from '@/lib/anomaly/metrics/proportion';
import type { FeedbackGroup, FeedbackParameter, GenerationFeedback } from '@/lib/api/contracts/feedback';
import { contrastsOf } from './contrasts';
import { feedbackCells, feedbackTable } from './feedback-csv';
import { feedbackPlot } from './feedback-plot';
import { tallyOf, type CountedCell } from './tally';

const cell = (fields: Partial<CountedCell>): CountedCell => ({ zone: null, verdict: null, reason: null, count: 1, scored: 0, qualitySum: 0, ...fields });

function group(unrealistic: number, realistic: number, at: Partial<Pick<FeedbackGroup, 'from' | 'to' | 'value'>> = {}): FeedbackGroup {
  return { ...tallyOf([cell({ zone: 'unrealistic', count: unrealistic }), cell({ zone: 'realistic', count: realistic })]), from: null, to: null, value: null, ...at };
}
const numbers = (name: string, groups: FeedbackGroup[]): FeedbackParameter => ({ source: 'value', name, kind: 'number', given: 1, groups });

describe('tallyOf', () => {
  it('counts zones, verdicts and reasons, and shares of those where each is known', () => {
    const tally = tallyOf([
      cell({ zone: 'unrealistic', verdict: 'rejected', reason: 'artefact', count: 3, scored: 3, qualitySum: 0.3 }),
      cell({ zone: 'realistic', verdict: 'accepted', count: 5, scored: 5, qualitySum: 4.5 }),
      cell({ zone: null, verdict: 'skipped', count: 2 }),
    ]);
    expect(tally).toMatchObject({ total: 10, scored: 8, zones: { realistic: 5, unrealistic: 3, indistinguishable: 0 }, verdicts: { accepted: 5, rejected: 3, skipped: 2, undecided: 0 } });
    expect(tally.meanQuality).toBeCloseTo(0.6, 12);
    expect(tally.reasons.artefact).toBe(3);
    expect(tally.shares.unrealistic).toMatchObject({ count: 3, of: 8, share: 0.375 });
    // Wilson for 3 of 8 by hand: centre (0.375 + 1.9207/8) / (1 + 3.8415/8) = 0.41556, reach 0.27884.
    expect(tally.shares.unrealistic!.low).toBeCloseTo(0.1368, 3);
    expect(tally.shares.unrealistic!.high).toBeCloseTo(0.6943, 3);
    expect(tallyOf([cell({})]).shares).toEqual({ unrealistic: null, indistinguishable: null, rejected: null });
  });
});

describe('contrastsOf', () => {
  it('finds the planted edge among others, and corrects for all comparisons', () => {
    const planted = numbers('scale', [group(3, 27), group(4, 26), group(18, 12), group(20, 10)]);
    const idle = numbers('angle', [group(11, 19), group(12, 18), group(11, 19), group(11, 19)]);
    const { standsOut, comparisons } = contrastsOf([idle, planted]);
    // Of 4 bins: 1 | 12 | 123 from the start, 2 | 23 and 3 inside: 6 ranges for each parameter and the two outcomes of zones.
    expect(comparisons).toBe(2 * 2 * 6);
    expect(standsOut).toHaveLength(1);
    expect(standsOut[0]).toMatchObject({ name: 'scale', outcome: 'unrealistic', side: 'above', first: 0, last: 1, worse: { count: 38, of: 60 }, better: { count: 7, of: 60 } });
    const z = normalUpperQuantile(0.05 / 24 / 2);
    expect(standsOut[0]!.leastDifference).toBeCloseTo(newcombeInterval({ count: 38, of: 60 }, { count: 7, of: 60 }, z).low, 12);
  });

  it('finds a middle that is worse than both ends', () => {
    const { standsOut } = contrastsOf([numbers('scale', [group(2, 38), group(30, 10), group(1, 39)])]);
    expect(standsOut[0]).toMatchObject({ side: 'between', first: 1, last: 1, worse: { count: 30 } });
  });

  it('compares two words once, and nothing with fewer than ten samples', () => {
    const words = (groups: FeedbackGroup[]): FeedbackParameter => ({ source: 'prompt', name: 'prompt', kind: 'word', given: 1, groups });
    expect(contrastsOf([words([group(30, 10, { value: 'a' }), group(5, 35, { value: 'b' })])])).toMatchObject({ comparisons: 2, standsOut: [{ side: 'value', first: 0 }] });
    expect(contrastsOf([words([group(5, 0, { value: 'a' }), group(0, 50, { value: 'b' })])])).toEqual({ comparisons: 0, standsOut: [] });
  });

  it('calls no difference sure that one of many comparisons would show by chance', () => {
    const one = numbers('a', [group(12, 18), group(3, 27)]);
    expect(contrastsOf([one]).standsOut).toHaveLength(1);
    const many = Array.from({ length: 60 }, (_, i) => numbers(`b${i}`, [group(8, 22), group(7, 23)]));
    expect(contrastsOf([one, ...many]).standsOut).toHaveLength(0);
  });
});

describe('exports', () => {
  const groups = [group(1, 3, { from: 0, to: 1 }), group(2, 2, { from: 2, to: 3 })];
  const feedback: GenerationFeedback = {
    generators: [{ name: 'g', samples: 8 }], generator: 'g', run: null, all: tallyOf([cell({ zone: 'unrealistic', count: 3 }), cell({ zone: 'realistic', count: 5 })]),
    parameters: [numbers('scale', groups)], standsOut: [], comparisons: 0, constant: [], leftOut: 0,
  };

  it('have a line for each group, with as many cells as the header', () => {
    const { header, rows } = feedbackTable(feedback);
    expect(rows).toHaveLength(3);
    expect(rows.every((row) => row.length === header.length)).toBe(true);
    expect(rows[2]!.slice(0, 7)).toEqual(['g', 'value', 'scale', 2, 3, null, 4]);
    expect(rows[2]![header.indexOf('share_unrealistic')]).toBe(0.5);
  });

  it('tell each reason by zone', () => {
    expect(feedbackCells(feedback).rows).toContainEqual(['g', 'value', 'scale', 0, 1, null, 'unrealistic', null, null, 1]);
  });

  it('draw a dot and an interval for each bin where the outcome is known', () => {
    const { data } = feedbackPlot('scale', groups.map((one, i) => ({ label: `${i}`, group: one })), {});
    expect(data.map(({ name }) => name)).toEqual(['unrealistic', 'indistinguishable']);
    expect(data[0]!['y']).toEqual([0.25, 0.5]);
  });
});
