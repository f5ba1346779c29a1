import { describe, expect, it } from 'vitest';
import { bindKeys } from '@/lib/figures/keymap';
import { shortcutGroups } from './shortcuts';

const lineOf = (own: Record<string, string>, what: string) => shortcutGroups(bindKeys(own)).flatMap(({ keys }) => keys).find((line) => line.what === what)?.chords;

describe('shortcutGroups', () => {
  it('shows the default keys, F among them', () => {
    expect(lineOf({}, 'Fit or 1:1')).toEqual([['F']]);
    expect(lineOf({}, 'Undo your last decision')).toEqual([['U'], ['Ctrl', 'Z']]);
  });

  it('shows the keys that a person chose', () => {
    expect(lineOf({ accept: 'y' }, 'Accept')).toEqual([['Y']]);
    expect(lineOf({ next: 'n' }, 'Next sample')).toEqual([['N'], ['→']]);
    expect(lineOf({ mask: '' }, 'Mask, heat map, difference, image')).toEqual([]);
  });

  it('has one line for each thing that a group lists', () => {
    for (const { keys } of shortcutGroups(bindKeys())) expect(new Set(keys.map(({ what }) => what)).size).toBe(keys.length);
  });
});
