import { describe, expect, it } from 'vitest';
import { acceptedFilter, ruleWords } from './rule-words';

describe('ruleWords', () => {
  it('names verdict and role', () => expect(ruleWords({ filter: acceptedFilter })).toBe('Accepted auxiliary samples'));
  it('names an empty rule', () => expect(ruleWords({ filter: {} })).toBe('All samples'));
  it('joins choices and bounds', () => {
    const filter = { verdicts: ['accepted', null], zones: ['realistic', 'indistinguishable'], quality: [0.5, null], density: [null, 0.2] } as const;
    expect(ruleWords({ filter: { ...filter, verdicts: [...filter.verdicts], zones: [...filter.zones], quality: [0.5, null], density: [null, 0.2] } })).toBe(
      'Accepted or undecided samples; zone realistic or indistinguishable; quality at least 0.500; density at most 0.200',
    );
  });
  it('names words, tags, generators, batches and reviewers', () =>
    expect(ruleWords({ filter: { text: 'seam', tags: ['a', 'b'], generators: ['cutpaste'], batches: ['1'], reviewers: ['x', 'y'] } })).toBe(
      'All samples; with the words "seam"; tag a or b; generator cutpaste; of 1 batch; decided by 2 chosen reviewers',
    ));
  it('leaves an open range out', () => expect(ruleWords({ filter: { rarity: [null, null] } })).toBe('All samples'));
});
