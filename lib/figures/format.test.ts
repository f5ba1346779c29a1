import { describe, expect, it } from 'vitest';
import { countOf, formatAgo, formatBytes, formatCount, formatDuration, formatNumber, formatPercent, formatRate, formatUnit } from './format';

describe('format', () => {
  it.each([
    [0.7134, '0.713'],
    [0.05, '0.0500'],
    [12.34, '12.3'],
    [999.6, '1,000'],
    [48_210, '48,200'],
    [0, '0'],
    [-0.5, '-0.500'],
    [0.0001234, '1.23e-4'],
    [1_234_567, '1.23e6'],
    [NaN, '–'],
    [null, '–'],
  ])('writes %s with three significant digits', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('keeps columns of shares aligned', () => {
    expect([0.7, 1, 0.005].map((value) => formatUnit(value))).toEqual(['0.70', '1.00', '0.01']);
    expect([0, 0.004, 0.127, 1].map(formatPercent)).toEqual(['0 %', '0.4 %', '13 %', '100 %']);
  });

  it('steps through the units of sizes', () => {
    expect([0, 999, 1536, 999_600, 2.5e9].map(formatBytes)).toEqual(['0 B', '999 B', '1.54 kB', '1.00 MB', '2.50 GB']);
  });

  it('names times in the units that a person would', () => {
    expect([0.034, 8.2, 59.6, 60, 90, 4000, 90_000].map(formatDuration)).toEqual([
      '34 ms', '8.2 s', '1 min', '1 min', '1 min 30 s', '1 h 7 min', '1 d 1 h',
    ]);
  });

  it('counts with the right grammar', () => {
    expect([countOf(1, 'sample'), countOf(1240, 'sample'), countOf(2, 'copy', 'copies')]).toEqual(['1 sample', '1,240 samples', '2 copies']);
    expect(formatCount(undefined)).toBe('–');
    expect(formatRate(41.26, 'images')).toBe('41.3 images/s');
  });

  it('tells how long ago something was', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    expect(formatAgo('2026-11-22T11:59:30Z', now)).toBe('just now');
    expect(formatAgo('2026-11-22T11:55:00Z', now)).toBe('5 min ago');
    expect(formatAgo('2026-11-22T09:00:00Z', now)).toBe('3 h ago');
    expect(formatAgo('2026-11-20T12:00:00Z', now)).toBe('20 Nov 2026');
  });
});
