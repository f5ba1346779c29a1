import { describe, expect, it } from 'vitest';
import type { SampleFacets } from '@/lib/api/contracts/samples';
import { filterFromUrl, matchCount } from './filter';
import { clicked, nothing, selectedCount, type Selection } from './selection';

const shown = ['a', 'b', 'c', 'd', 'e'];
const ids = (selection: Selection) => (selection.mode === 'all' ? 'all' : [...selection.ids].join(''));
const plain = { range: false, add: false };

describe('clicked', () => {
  it('selects one alone', () => expect(ids(clicked(clicked(nothing, 'a', plain, shown, null), 'c', plain, shown, 'a'))).toBe('c'));
  it('adds and takes away with Ctrl', () => {
    const two = clicked(clicked(nothing, 'a', plain, shown, null), 'c', { range: false, add: true }, shown, 'a');
    expect(ids(two)).toBe('ac');
    expect(ids(clicked(two, 'a', { range: false, add: true }, shown, 'c'))).toBe('c');
  });
  it('selects a range in either direction with Shift', () => {
    expect(ids(clicked(nothing, 'd', { range: true, add: false }, shown, 'b'))).toBe('bcd');
    expect(ids(clicked(nothing, 'b', { range: true, add: false }, shown, 'd'))).toBe('bcd');
  });
  it('takes one out of all', () => expect(ids(clicked({ mode: 'all' }, 'c', { range: false, add: true }, shown, null))).toBe('abde'));
  it('counts all that match, not what is loaded', () => expect(selectedCount({ mode: 'all' }, 1240)).toBe(1240));
});

describe('filter', () => {
  const facets: SampleFacets = {
    total: 12,
    roles: { normal: 6, anomaly: 2, auxiliary: 4 },
    defectTypes: [{ value: 'crack', count: 3 }],
    folders: [
      { value: 'test', role: 'normal', count: 1 },
      { value: 'test', role: 'anomaly', count: 2 },
    ],
    refusedFiles: 1,
  };
  const filter = (query: string) => filterFromUrl(new URLSearchParams(query));

  it('reads the address and leaves out what it does not know', () => {
    expect(filter('role=normal&type=crack&q=%20007%20')).toEqual({ role: 'normal', defectType: 'crack', q: '007' });
    expect(filter('role=nonsense&q=')).toEqual({});
  });

  it('knows the count of a single criterion, not of several or of a name', () => {
    expect(matchCount(filter(''), facets)).toBe(12);
    expect(matchCount(filter('role=auxiliary'), facets)).toBe(4);
    expect(matchCount(filter('type=crack'), facets)).toBe(3);
    expect(matchCount(filter('folder=test'), facets)).toBe(3);
    expect(matchCount(filter('role=normal&type=crack'), facets)).toBeNull();
    expect(matchCount(filter('q=7'), facets)).toBeNull();
  });
});
