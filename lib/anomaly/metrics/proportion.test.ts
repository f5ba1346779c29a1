import { describe, expect, it } from 'vitest';
import { normalUpperQuantile, normalUpperTail } from '../distributions/normal';
import { newcombeInterval, wilsonInterval, Z_95 } from './proportion';

describe('wilsonInterval', () => {
  // Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i', (count, of, low, high) => {
    const interval = wilsonInterval(count, of);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('mirrors where what is counted is turned round, and says nothing of nothing', () => {
    const [some, others] = [wilsonInterval(3, 17), wilsonInterval(14, 17)];
    expect(some.low).toBeCloseTo(1 - others.high, 12);
    expect(wilsonInterval(9, 9).high).toBe(1);
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('newcombeInterval', () => {
  // Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i of %i minus %i of %i', (a, m, b, n, low, high) => {
    const interval = newcombeInterval({ count: a, of: m }, { count: b, of: n });
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});

describe('normalUpperQuantile', () => {
  it('undoes the upper tail', () => {
    expect(normalUpperQuantile(0.025)).toBeCloseTo(Z_95, 12);
    expect(normalUpperQuantile(0.5)).toBeCloseTo(0, 12);
    expect(normalUpperTail(normalUpperQuantile(3e-6))).toBeCloseTo(3e-6, 15);
  });
});
