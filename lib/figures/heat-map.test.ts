import { describe, expect, it } from 'vitest';
import type { FeatureSet } from '@/lib/api/contracts/features';
import type { PatchMap } from '@/lib/api/contracts/patches';
import { NORMAL_LEVEL, heatColour, heatLevel, heatMapSource, heatPicture, heatSentence, seesAll, unseenClip } from './heat-map';

const scale = { normalMedian: 1, normalHigh: 2, largest: 9, memory: 100 };
const whole = { left: 0, top: 0, width: 1, height: 1 };
const map = (distances: number[], changes: Partial<PatchMap> = {}): PatchMap => ({ rows: 2, columns: 2, area: whole, distances, score: 0, scale, ...changes });

describe('what lies over an image', () => {
  it('takes the maps of the run before newer ones, and says what to do without any', () => {
    const set = (id: string, state: 'ready' | 'pending' | null) => ({ id, patches: state === null ? null : { state } }) as unknown as FeatureSet;
    expect(heatMapSource([set('new', 'ready'), set('run', 'ready')], 'run').setId).toBe('run');
    expect(heatMapSource([set('new', 'ready'), set('run', null)], 'run').setId).toBe('new');
    expect(heatMapSource([set('run', 'pending')], 'run')).toEqual({ setId: null, absence: 'The heat maps are still being made.' });
    expect(heatMapSource([set('run', null)], 'run')).toEqual({ setId: null, absence: 'No heat map yet: make one on the Features page.' });
  });
});

describe('colours of a heat map', () => {
  it('grow lighter with every step, as viridis does, so that they are read without hue', () => {
    const luminance = Array.from({ length: 65 }, (_, i) => {
      const [r, g, b] = heatColour(i / 64);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    luminance.slice(1).forEach((value, i) => expect(value).toBeGreaterThan(luminance[i]!));
    expect(heatColour(0)).toEqual([68, 1, 84]);
    expect(heatColour(0.5)).toEqual([33, 144, 141]);
    expect(heatColour(2)).toEqual([253, 231, 37]);
  });

  it('mean the same in every image', () => {
    expect(heatLevel(0.3, scale)).toBe(0);
    expect(heatLevel(1, scale)).toBe(0);
    expect(heatLevel(2, scale)).toBeCloseTo(NORMAL_LEVEL, 12);
    expect(heatLevel(4, scale)).toBe(1);
    expect(heatLevel(100, scale)).toBe(1);
    expect(heatLevel(3, { normalMedian: 2, normalHigh: 2 })).toBe(1);
  });

  it('are drawn smoothly, with the image shining through', () => {
    const { width, height, rgba } = heatPicture(map([1, 1, 1, 4]));
    expect([width, height]).toEqual([16, 16]);
    const pixel = (x: number, y: number) => Array.from(rgba.subarray(4 * (y * width + x), 4 * (y * width + x) + 4));
    expect(pixel(0, 0)).toEqual([68, 1, 84, 64]);
    expect(pixel(15, 15)).toEqual([253, 231, 37, 153]);
    const diagonal = Array.from({ length: 16 }, (_, i) => pixel(i, i)[3]!);
    expect(diagonal).toEqual([...diagonal].sort((a, b) => a - b));
    expect(Math.max(...diagonal.slice(1).map((value, i) => value - diagonal[i]!))).toBeLessThan(30);
  });
});

describe('a heat map in words', () => {
  it('says where the farthest patch is and how far', () => {
    expect(heatSentence(map([1, 1, 1, 5]))).toBe('Farthest from normal at the bottom right: 2.5 times what 99 % of normal patches stay below.');
    expect(heatSentence(map([1, 1.5, 1, 1]))).toMatch(/^Nothing farther .* top right\.$/);
    expect(heatSentence(map([1, 1, 1, 5], { area: { left: 0.4, top: 0.4, width: 0.2, height: 0.2 } }))).toMatch(/at the middle centre/);
  });
});

describe('what the network did not see', () => {
  it('is everything outside the grid', () => {
    const area = { left: 0.25, top: 0, width: 0.5, height: 1 };
    expect(seesAll(whole)).toBe(true);
    expect(seesAll(area)).toBe(false);
    expect(unseenClip(area)).toContain('25.000% 0.000%, 75.000% 0.000%, 75.000% 100.000%, 25.000% 100.000%');
  });
});
