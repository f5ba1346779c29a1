import { describe, expect, it } from 'vitest';
import { nextOverlay, overlays, shownOverlay } from './overlays';

const all = { mask: true, heat: true, difference: true };
const none = { mask: false, heat: false, difference: false };

describe('what lies over an image', () => {
  it('goes from the image over mask, heat map and difference back to the image', () => {
    expect(overlays.map((shown) => nextOverlay(shown, all))).toEqual(['mask', 'heat', 'difference', 'none']);
  });

  it('passes over what there is not', () => {
    expect(nextOverlay('none', { ...none, heat: true })).toBe('heat');
    expect(nextOverlay('heat', { ...none, heat: true })).toBe('none');
    expect(nextOverlay('mask', { ...none, mask: true, difference: true })).toBe('difference');
    expect(nextOverlay('none', none)).toBe('none');
  });

  it('falls back to the image', () => {
    expect(shownOverlay('mask', { ...none, heat: true })).toBe('none');
    expect(shownOverlay('difference', all)).toBe('difference');
  });
});
