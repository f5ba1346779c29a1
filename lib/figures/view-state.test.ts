import { describe, expect, it } from 'vitest';
import { rankingFilterSchema } from '@/lib/api/contracts/exports';
import { idOf } from './testing/score-columns';
import { defaultView, parseViewState, toggled, writeViewState, type ViewState } from './view-state';

const full: ViewState = {
  run: idOf(1),
  selected: idOf(2),
  layout: 'table',
  keep: 212,
  sort: { key: 'density', descending: false },
  filter: {
    roles: ['auxiliary', 'anomaly'],
    zones: ['realistic'],
    verdicts: [null, 'accepted'],
    reasons: ['artefact'],
    defectTypes: ['crack & chip', 'Ü'],
    quality: [0.25, null],
    density: [null, 1e-3],
    text: 'crack & chip 50%',
    tags: ['second look', 'a,b'],
    generators: ['cutpaste'],
    batches: [idOf(9)],
    reviewers: ['u1'],
  },
};

describe('view state', () => {
  it('comes back from the address as it went in', () => {
    expect(parseViewState(new URLSearchParams(writeViewState(full).toString()))).toEqual(full);
    expect(rankingFilterSchema.parse(full.filter)).toEqual(full.filter);
  });

  it('writes nothing for the defaults and keeps what others put there', () => {
    expect(writeViewState(defaultView).toString()).toBe('');
    expect(writeViewState(defaultView, new URLSearchParams('colour=zone&sort=rarity')).toString()).toBe('colour=zone');
  });

  it('distinguishes all roles from the default role', () => {
    const { roles: _, ...anyRole } = full.filter;
    expect(parseViewState(writeViewState({ ...full, filter: anyRole })).filter).toEqual(anyRole);
  });

  it('falls back where an address makes no sense', () => {
    expect(parseViewState(new URLSearchParams('run=1&sort=beauty&zone=nice&q=high..&layout=3d&sample=x&keep=-3'))).toEqual(defaultView);
  });

  it('toggles a word; an empty list restricts nothing', () => {
    expect(toggled(undefined, 'a')).toEqual(['a']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
    expect(toggled(['a'], 'a')).toBeUndefined();
  });
});
