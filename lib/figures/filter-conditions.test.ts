import { describe, expect, it } from 'vitest';
import { filterConditions } from './filter-conditions';
import { defaultFilter, withoutAbsent } from './view-state';

describe('filterConditions', () => {
  it('says nothing of the default', () => expect(filterConditions(defaultFilter)).toEqual([]));

  it('takes back one word at a time', () => {
    const filter = { roles: undefined, text: 'crack 7', tags: ['a', 'b'], verdicts: [null], quality: [0.5, null] as [number, null], reviewers: ['u1'] };
    const conditions = filterConditions(withoutAbsent(filter));
    expect(conditions.map(({ label, value }) => `${label} ${value}`)).toEqual(['words crack 7', 'role any', 'decision undecided', 'tag a', 'tag b', 'by u1', 'quality ≥ 0.500']);
    expect(conditions.at(-2)).toMatchObject({ kind: 'reviewer', without: { reviewers: undefined } });
    let left = withoutAbsent(filter);
    for (let guard = 0; guard < 7; guard++) left = withoutAbsent({ ...left, ...filterConditions(left)[0]!.without });
    expect(left).toEqual(defaultFilter);
  });
});
