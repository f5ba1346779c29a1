import { describe, expect, it } from 'vitest';
import type { Contrast, FeedbackGroup, FeedbackParameter } from '@/lib/api/contracts/feedback';
import { tallyOf } from '@/lib/figures/feedback/tally';
import { contrastSentence, groupLabel, nothingStandsOut, parameterLabel } from './feedback-words';
import { makeAgainQuery } from './make-again';

function group(unrealistic: number, realistic: number, at: Partial<Pick<FeedbackGroup, 'from' | 'to' | 'value'>>): FeedbackGroup {
  const cell = (zone: 'unrealistic' | 'realistic', count: number) => ({ zone, verdict: null, reason: null, count, scored: count, qualitySum: 0 });
  return { ...tallyOf([cell('unrealistic', unrealistic), cell('realistic', realistic)]), from: null, to: null, value: null, ...at };
}
const share = (count: number, of: number, low: number, high: number) => ({ count, of, share: count / of, low, high });
const contrast = (fields: Partial<Contrast>): Contrast => ({ source: 'value', name: 'scale', outcome: 'unrealistic', first: 0, last: 0, side: 'above', worse: share(32, 50, 0.52, 0.75), better: share(6, 50, 0.06, 0.24), leastDifference: 0.2, ...fields });
const numbers = (source: FeedbackParameter['source'], name: string): FeedbackParameter => ({
  source, name, kind: 'number', given: 150, groups: [group(6, 44, { from: 0.01, to: 0.3 }), group(32, 18, { from: 0.31, to: 0.6 }), group(40, 10, { from: 0.61, to: 0.9 })],
});

describe('contrastSentence', () => {
  it('says what is worse, by how much, and against what', () => {
    expect(contrastSentence('cutpaste', contrast({}), [numbers('value', 'scale')])).toBe('CutPaste with scale above 0.3: 64 % unrealistic (52–75 %) against 12 % (6–24 %) at or below it.');
    expect(contrastSentence('mine', contrast({ side: 'between', first: 1, last: 1 }), [numbers('value', 'scale')])).toContain('mine with scale between 0.31 and 0.6: 64 % unrealistic');
    expect(contrastSentence('mine', contrast({ side: 'outside', first: 1, last: 1 }), [numbers('value', 'scale')])).toContain('scale outside 0.31 to 0.6: 64 %');
  });

  it('names words', () => {
    const prompts: FeedbackParameter = { source: 'prompt', name: 'prompt', kind: 'word', given: 100, groups: [group(32, 18, { value: 'a dent' }), group(6, 44, { value: 'a scratch' })] };
    const of = (side: Contrast['side']) => contrastSentence('mine', contrast({ source: 'prompt', name: 'prompt', side }), [prompts]);
    expect(of('value')).toBe('mine with prompt “a dent”: 64 % unrealistic (52–75 %) against 12 % (6–24 %) with “a scratch”.');
    expect(of('otherValues')).toContain('mine with prompt “a scratch”: 64 %');
  });

  it('says what is missing where nothing can be compared', () => {
    expect(nothingStandsOut('draem', { total: 9, scored: 9, decided: 0, comparisons: 0 })).toBe('No setting of DRAEM (Perlin) can be compared yet: of 9 samples, 9 of them scored and 0 accepted or rejected, neither side of any comparison has 10.');
  });
});

describe('names', () => {
  it('are those of the form where it has them', () => {
    expect(parameterLabel('cutpaste', { source: 'setting', name: 'areaMaximum' })).toBe('Largest area');
    expect(parameterLabel('cutpaste', { source: 'value', name: 'areaShare' })).toBe('area share');
    expect(groupLabel({ from: 0.5, to: 0.5, value: null })).toBe('0.5');
    expect(groupLabel({ from: null, to: null, value: null })).toBe('other values');
  });
});

describe('makeAgainQuery', () => {
  const fields = (query: string | null) => (query === null ? null : Object.fromEntries(new URLSearchParams(query)));

  it('fills the two ends of what was drawn', () => {
    expect(fields(makeAgainQuery('cutpaste', contrast({ name: 'areaShare' }), [numbers('value', 'areaShare')]))).toEqual({ 'p.areaMinimum': '0.01', 'p.areaMaximum': '0.3' });
    expect(fields(makeAgainQuery('cutpaste', contrast({ name: 'areaShare', side: 'below' }), [numbers('value', 'areaShare')]))).toEqual({ 'p.areaMinimum': '0.31', 'p.areaMaximum': '0.9' });
  });

  it('takes the best exact value of a setting', () => {
    const jitter: FeedbackParameter = { ...numbers('setting', 'jitter'), groups: [group(6, 44, { from: 0, to: 0 }), group(2, 48, { from: 0.1, to: 0.1 }), group(40, 10, { from: 0.5, to: 0.5 })] };
    expect(fields(makeAgainQuery('draem', contrast({ source: 'setting', name: 'jitter', last: 1 }), [jitter]))).toBeNull();
    expect(fields(makeAgainQuery('cutpaste', contrast({ source: 'setting', name: 'jitter', last: 1 }), [jitter]))).toEqual({ 'p.jitter': '0.1' });
  });

  it('has nothing for generators and parameters that the form does not know', () => {
    expect(makeAgainQuery('mine', contrast({}), [numbers('value', 'scale')])).toBeNull();
    expect(makeAgainQuery('cutpaste', contrast({ name: 'fromX' }), [numbers('value', 'fromX')])).toBeNull();
  });
});
