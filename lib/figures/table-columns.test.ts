import { describe, expect, it } from 'vitest';
import { isSortable, knownParts, qualityFormat } from './table-columns';
import { tableOf } from './testing/score-columns';

describe('what a run knows', () => {
  it('are all parts for EAP and none for others', () => {
    expect(knownParts(tableOf([{ quality: 1, zone: 'realistic', probability: 0.9, density: 1, rarity: 2 }, {}]))).toEqual({ zone: true, probability: true, density: true, rarity: true });
    const none = knownParts(tableOf([{ quality: 1 }]));
    expect(none).toEqual({ zone: false, probability: false, density: false, rarity: false });
    expect(isSortable('density', none)).toBe(false);
    expect(isSortable('quality', none)).toBe(true);
    expect(isSortable('decision', none)).toBe(true);
  });
});

describe('how qualities are written', () => {
  it('follows their size', () => {
    expect(qualityFormat(tableOf([{ quality: 0.2 }, { quality: 0.91 }]))(0.5)).toBe('0.500');
    expect(qualityFormat(tableOf([{ quality: 0.0002 }, { quality: 0.0009 }]))(0.0005)).toBe('5.00e-4');
    expect(qualityFormat(tableOf([{ quality: -12.3 }, { quality: 4 }]))(-12.3)).toBe('-12.3');
    expect(qualityFormat(tableOf([{ role: 'normal' }]))(Number.NaN)).toBe('–');
  });
});
