import { describe, expect, it } from 'vitest';
import { bindKeys, capsOf, chordsOf, resolveKey, type KeyPress, type KeySituation } from './keymap';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false, ...held });
const calm: KeySituation = { typing: false, dialogOpen: false, onControl: false, painted: true, choosingReason: false };
const keys = bindKeys();

describe('resolveKey', () => {
  it('knows every verb, in capitals too', () => {
    expect(resolveKey(press('a'), calm, keys)).toEqual({ kind: 'action', action: 'accept' });
    expect(resolveKey(press('R', { shiftKey: true }), calm, keys)).toEqual({ kind: 'action', action: 'reject' });
    expect(resolveKey(press('z', { ctrlKey: true }), calm, keys)).toEqual({ kind: 'action', action: 'undo' });
    expect(resolveKey(press('?', { shiftKey: true }), calm, keys)).toEqual({ kind: 'action', action: 'help' });
  });

  it('counts Shift with a letter only where something is bound to both', () => {
    expect(resolveKey(press('x'), calm, keys)).toEqual({ kind: 'action', action: 'mark' });
    expect(resolveKey(press('J', { shiftKey: true }), calm, keys)).toEqual({ kind: 'action', action: 'extendNext' });
    expect(resolveKey(press('J'), calm, keys)).toEqual({ kind: 'action', action: 'next' });
    expect(resolveKey(press('ArrowLeft', { shiftKey: true }), calm, keys)).toEqual({ kind: 'action', action: 'extendPrevious' });
  });

  it('leaves browser chords alone', () => {
    expect(resolveKey(press('r', { ctrlKey: true }), calm, keys)).toBeNull();
    expect(resolveKey(press('a', { metaKey: true }), calm, keys)).toBeNull();
  });

  it('ignores keys while typing and while a dialog is open', () => {
    expect(resolveKey(press('a'), { ...calm, typing: true }, keys)).toBeNull();
    expect(resolveKey(press('a'), { ...calm, dialogOpen: true }, keys)).toBeNull();
  });

  it('refuses to decide before the image is painted, but still moves', () => {
    const blank = { ...calm, painted: false };
    expect(resolveKey(press('a'), blank, keys)).toEqual({ kind: 'not-painted', action: 'accept' });
    expect(resolveKey(press('1'), { ...blank, choosingReason: true }, keys)).toEqual({ kind: 'not-painted', action: 'reject' });
    expect(resolveKey(press('j'), blank, keys)).toEqual({ kind: 'action', action: 'next' });
    expect(resolveKey(press('u'), blank, keys)).toEqual({ kind: 'action', action: 'undo' });
  });

  it('does not decide again and again while a key is held', () => {
    expect(resolveKey(press('a', { repeat: true }), calm, keys)).toBeNull();
    expect(resolveKey(press('j', { repeat: true }), calm, keys)).toEqual({ kind: 'action', action: 'next' });
  });

  it('takes digits as reasons only while a reason is wanted', () => {
    expect(resolveKey(press('3'), calm, keys)).toBeNull();
    expect(resolveKey(press('3'), { ...calm, choosingReason: true }, keys)).toEqual({ kind: 'reason', reason: 'artefact' });
    expect(resolveKey(press('7'), { ...calm, choosingReason: true }, keys)).toBeNull();
  });

  it('leaves Space and arrows to the control that has the focus', () => {
    expect(resolveKey(press(' '), { ...calm, onControl: true }, keys)).toBeNull();
    expect(resolveKey(press('ArrowRight'), { ...calm, onControl: true }, keys)).toBeNull();
    expect(resolveKey(press('a'), { ...calm, onControl: true }, keys)).toEqual({ kind: 'action', action: 'accept' });
    expect(resolveKey(press('j'), { ...calm, onControl: true }, keys)).toEqual({ kind: 'action', action: 'next' });
  });

  it('leaves Space to a focused button also where Space decides', () => {
    const own = bindKeys({ accept: 'space', flip: 'a', skip: 'ctrl+enter' });
    expect(resolveKey(press(' '), calm, own)).toEqual({ kind: 'action', action: 'accept' });
    expect(resolveKey(press(' '), { ...calm, onControl: true }, own)).toBeNull();
    expect(resolveKey(press('Enter', { ctrlKey: true }), { ...calm, onControl: true }, own)).toBeNull();
  });
});

describe('bindKeys', () => {
  it('moves an action to a key of its own and takes the key from its former owner', () => {
    const own = bindKeys({ accept: 'S' });
    expect(resolveKey(press('s'), calm, own)).toEqual({ kind: 'action', action: 'accept' });
    expect(resolveKey(press('a'), calm, own)).toBeNull();
    expect(capsOf('accept', own)).toBe('S');
    expect(capsOf('skip', own)).toBeNull();
  });

  it('keeps the other keys of an action whose letter is changed', () => {
    const own = bindKeys({ next: 'n', undo: 'x' });
    expect(chordsOf('next', own)).toEqual(['n', 'arrowright']);
    expect(chordsOf('undo', own)).toEqual(['x', 'ctrl+z']);
    expect(resolveKey(press('j'), calm, own)).toBeNull();
  });

  it('gives a taken arrow or Ctrl+Z to its new owner', () => {
    const own = bindKeys({ accept: 'arrowright', skip: 'ctrl+z' });
    expect(chordsOf('next', own)).toEqual(['j']);
    expect(chordsOf('undo', own)).toEqual(['u']);
    expect(chordsOf('accept', own)).toEqual(['arrowright']);
  });

  it('takes every key from an action that shall have none', () => {
    expect(chordsOf('next', bindKeys({ next: '' }))).toEqual([]);
    expect(capsOf('next', bindKeys({ next: '' }))).toBeNull();
  });

  it('names the caps to print', () => {
    expect(capsOf('undo', keys)).toBe('U');
    expect(capsOf('flip', keys)).toBe('Space');
    expect(capsOf('accept', bindKeys({ accept: 'ctrl+enter' }))).toBe('Ctrl Enter');
  });
});
