import { describe, expect, it } from 'vitest';
import { createRandom } from '../random/generator';
import { exp } from './exp';
import { log } from './log';

const random = createRandom(5);
/** The distance of two results in units of the last place of the second. */
const ulps = (actual: number, expected: number) => Math.abs(actual - expected) / (Math.max(Math.abs(expected), 2 ** -1022) * 2 ** -52);

describe('exp', () => {
  it('is that of the engine to the last place or two, over its whole range', () => {
    for (let i = 0; i < 50_000; i += 1) {
      const x = (random.uniform() - 0.5) * [1e-9, 0.5, 2, 50, 1400][i % 5]!;
      expect(ulps(exp(x), Math.exp(x)), `exp(${x})`).toBeLessThanOrEqual(2);
    }
  });

  it('has the limits of the real function', () => {
    expect([0, -0, -Infinity, Infinity, 710, -746].map(exp)).toEqual([1, 1, 0, Infinity, Infinity, 0]);
    expect(exp(NaN)).toBeNaN();
    expect(exp(-745)).toBe(Number.MIN_VALUE);
    expect(exp(709.7)).toBeLessThan(Infinity);
  });

  it('has bits that are written down, which every engine must give', () => {
    expect([-0.1, -1, -7.25, 1, 100.5].map(exp)).toEqual([0.9048374180359595, 0.36787944117144233, 0.0007101743888425491, 2.7182818284590455, 4.4319559098458955e43]);
  });
});

describe('log', () => {
  it('is that of the engine to the last place or two, over its whole range', () => {
    for (let i = 0; i < 50_000; i += 1) {
      const x = random.uniform() * [1, 2, 1e10, 1e300, 1e-310][i % 5]! + 5e-324;
      expect(ulps(log(x), Math.log(x)), `log(${x})`).toBeLessThanOrEqual(2);
    }
  });

  it('has the limits of the real function, and undoes exp', () => {
    expect([1, 0, Infinity].map(log)).toEqual([0, -Infinity, Infinity]);
    expect(log(-1)).toBeNaN();
    expect(log(NaN)).toBeNaN();
    for (const x of [-700, -1.5, -1e-3, 2.25, 300]) expect(Math.abs(log(exp(x)) - x)).toBeLessThan(1e-13 * Math.max(1, Math.abs(x)));
  });
});
