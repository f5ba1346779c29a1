import { describe, expect, it } from 'vitest';
import { durationOf, TimeLeft } from './progress';

describe('the time left', () => {
  it('uses what was measured of a set, and the weights for the others', () => {
    const cells = ['a', 'a', 'b', 'b'].map((set, i) => ({ set, seed: i % 2 }));
    const left = new TimeLeft(cells, new Map([['a', 1], ['b', 3]]), 2);
    expect(left.seconds()).toBeUndefined();
    left.finished('a', 10);
    expect(left.seconds()).toBeCloseTo((10 + 2 * 30) / 2, 9);
    left.finished('b', 50);
    expect(left.seconds()).toBeCloseTo((10 + 50) / 2, 9);
    left.skipped('b');
    left.finished('a', 20);
    expect(left.seconds()).toBe(0);
  });

  it('is said in words', () => {
    expect([4, 119, 150, 3600, 7200, 9000].map(durationOf)).toEqual(['4 s', '119 s', '3 min', '60 min', '2 h 0 min', '2 h 30 min']);
  });
});
