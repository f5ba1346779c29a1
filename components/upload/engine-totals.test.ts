import { describe, expect, it } from 'vitest';
import { secondsLeft } from './engine-totals';

const totals = { files: 860, hashed: 860, sent: 135, wasThere: 0, refused: 0, failed: 0, bytes: 20_000_000, sentBytes: 60_000 };

describe('secondsLeft', () => {
  it('is not led astray by small files that come first', () => {
    // By bytes alone it would be 55 minutes, by files alone 54 seconds; nine images of ten are still to come.
    const left = secondsLeft(10, 60_000, totals)!;
    expect(left).toBeGreaterThan(54);
    expect(left).toBeLessThan(180);
  });

  it('counts neither what was there before nor what will not be sent', () => {
    const resumed = { ...totals, sent: 600, wasThere: 500, refused: 30, failed: 30, sentBytes: 14_000_000 };
    // 100 of 300 files and 3 of 9 MB in 20 s.
    expect(secondsLeft(20, 3_000_000, resumed)).toBeCloseTo(40);
  });

  it('is zero at the end, and unknown at the beginning', () => {
    expect(secondsLeft(60, 20_000_000, { ...totals, sent: 860, sentBytes: 20_000_000 })).toBe(0);
    expect(secondsLeft(2, 60_000, totals)).toBeNull();
    expect(secondsLeft(10, 0, { ...totals, sent: 0, sentBytes: 0 })).toBeNull();
    expect(secondsLeft(10, 60_000, { ...totals, hashed: 859 })).toBeNull();
  });
});
