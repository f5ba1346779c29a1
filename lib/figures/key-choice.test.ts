import { describe, expect, it } from 'vitest';
import { preferencesSchema } from '@/lib/api/contracts/projects';
import { chooseKey, isChanged, keyGroups, refusalOf, withDefault, withKey } from './key-choice';
import { bindKeys, chordsOf, keyActions, type KeyPress } from './keymap';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false, ...held });
const ctrl = { ctrlKey: true };
const keysOf = (own: Readonly<Record<string, string>>, action: keyof typeof keyActions) => chordsOf(action, bindKeys(own));

describe('keyGroups', () => {
  it('list every action once', () => {
    expect(keyGroups.flatMap(({ actions }) => actions).toSorted()).toEqual(Object.keys(keyActions).toSorted());
  });
});

describe('refusalOf', () => {
  it.each(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'])('refuses %s alone', (key) => {
    expect(refusalOf(press(key), 'accept')).toContain('alone');
  });

  it.each([
    press('w', ctrl), press('t', { metaKey: true }), press('r', ctrl), press('T', { ...ctrl, shiftKey: true }), press('Tab', ctrl), press('ArrowLeft', { metaKey: true }),
    press('ArrowLeft', { altKey: true }), press('d', { altKey: true }), press('@', { ...ctrl, altKey: true }), press('F5'), press('F12'), press('Dead'), press('Process'), press('AudioVolumeUp'),
  ])('refuses what the browser or the system uses: $key', (reserved) => {
    expect(refusalOf(reserved, 'accept')).toContain('belongs to the browser');
  });

  it('refuses the digits of the reasons, Enter and the commands', () => {
    expect(refusalOf(press('3'), 'accept')).toContain('reasons');
    expect(refusalOf(press('Enter'), 'accept')).toContain('focus');
    expect(refusalOf(press('k', ctrl), 'accept')).toContain('commands');
  });

  it.each([press('y'), press('7'), press('+'), press('?', { shiftKey: true }), press('ü'), press('PageDown'), press('F2'), press('z', ctrl), press('Enter', ctrl), press('a', { altKey: true })])(
    'lets $key be bound, in the length that is saved',
    (free) => {
      expect(refusalOf(free, 'accept')).toBeNull();
      const choice = chooseKey(free, 'accept', { undo: '', help: '' });
      expect(choice.kind).toBe('free');
      if (choice.kind === 'free') expect(preferencesSchema.safeParse({ keys: { accept: choice.chord } }).success).toBe(true);
    },
  );

  it('wants a key without others for what is held down', () => {
    expect(refusalOf(press('?', { shiftKey: true }), 'flip')).toContain('held down');
    expect(refusalOf(press('v'), 'flip')).toBeNull();
  });
});

describe('chooseKey', () => {
  it('cancels with Escape and lets Tab go on', () => {
    expect(chooseKey(press('Escape'), 'accept', {})).toEqual({ kind: 'cancel' });
    expect(chooseKey(press('Tab', { shiftKey: true }), 'accept', {})).toEqual({ kind: 'leave' });
  });

  it('takes a free key, and the one that the action has already', () => {
    expect(chooseKey(press('Y', { shiftKey: true }), 'accept', {})).toEqual({ kind: 'free', chord: 'y' });
    expect(chooseKey(press('a'), 'accept', {})).toEqual({ kind: 'free', chord: 'a' });
  });

  it('says who has a key and what a swap would give', () => {
    expect(chooseKey(press('s'), 'accept', {})).toEqual({ kind: 'conflict', chord: 's', holder: 'skip', given: 'a' });
    expect(chooseKey(press('a'), 'skip', { accept: 'y' })).toEqual({ kind: 'free', chord: 'a' });
    expect(chooseKey(press('y'), 'skip', { accept: 'y' })).toEqual({ kind: 'conflict', chord: 'y', holder: 'accept', given: 's' });
  });

  it('leaves the holder its letter when a second key is taken', () => {
    expect(chooseKey(press('z', ctrl), 'accept', {})).toEqual({ kind: 'conflict', chord: 'ctrl+z', holder: 'undo', given: null });
  });

  it('gives no key in a swap where there is none to give', () => {
    expect(chooseKey(press('s'), 'accept', { accept: '' })).toMatchObject({ holder: 'skip', given: '' });
    expect(chooseKey(press(' '), 'accept', { accept: 'ctrl+enter' })).toMatchObject({ holder: 'flip', given: '' });
  });
});

describe('withKey', () => {
  it('swaps, and swapped back nothing is left to save', () => {
    const swapped = withKey({}, 'accept', 's', { holder: 'skip', given: 'a' });
    expect(swapped).toEqual({ accept: 's', skip: 'a' });
    expect(keysOf(swapped, 'accept')).toEqual(['s']);
    expect(keysOf(swapped, 'skip')).toEqual(['a']);
    expect(withKey(swapped, 'accept', 'a', { holder: 'skip', given: 's' })).toEqual({});
  });

  it('takes a second key and leaves the letter', () => {
    const own = withKey({}, 'accept', 'ctrl+z', { holder: 'undo', given: null });
    expect(keysOf(own, 'undo')).toEqual(['u']);
    expect(isChanged(own, 'undo')).toBe(true);
  });

  it('can leave an action without a key', () => {
    const own = withKey({}, 'next', '');
    expect(keysOf(own, 'next')).toEqual([]);
    expect(isChanged(own, 'next')).toBe(true);
    expect(isChanged(own, 'previous')).toBe(false);
  });
});

describe('withDefault', () => {
  it('undoes a change', () => {
    expect(withDefault({ accept: 'y', skip: 'x' }, 'accept')).toEqual({ skip: 'x' });
  });

  it('undoes a swap for both', () => {
    expect(withDefault({ accept: 's', skip: 'a' }, 'accept')).toEqual({});
  });

  it('hands the key over when the default is with another action', () => {
    const own = withDefault({ accept: 'y', skip: 'a' }, 'accept');
    expect(own).toEqual({ skip: 'y' });
    expect(keysOf(own, 'accept')).toEqual(['a']);
  });

  it('sends the other one back to its own default when there is no key to hand over', () => {
    const own = withDefault({ accept: '', skip: 'a' }, 'accept');
    expect(keysOf(own, 'accept')).toEqual(['a']);
    expect(keysOf(own, 'skip')).toEqual(['s']);
  });

  it('takes a second key back', () => {
    const own = withDefault({ accept: 'ctrl+z' }, 'undo');
    expect(keysOf(own, 'undo')).toEqual(['u', 'ctrl+z']);
    expect(keysOf(own, 'accept')).toEqual(['a']);
  });
});
