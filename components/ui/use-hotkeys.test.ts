import { describe, expect, it } from 'vitest';
import { hotkeyName } from './use-hotkeys';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
  hotkeyName({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

describe('hotkeyName', () => {
  it('takes letters without regard to caps lock', () => expect(press('A')).toBe('a'));
  it('leaves shift out where it already made the character', () => expect(press('?', { shiftKey: true })).toBe('?'));
  it('names shift with named keys and with mod', () => {
    expect(press('ArrowDown', { shiftKey: true })).toBe('shift+arrowdown');
    expect(press('Z', { ctrlKey: true, shiftKey: true })).toBe('mod+shift+z');
  });
  it('treats Ctrl and Command alike', () => {
    expect(press('k', { ctrlKey: true })).toBe('mod+k');
    expect(press('k', { metaKey: true })).toBe('mod+k');
  });
  it('names the space bar', () => expect(press(' ')).toBe('space'));
});
