import { describe, expect, it } from 'vitest';
import { betaQuantile, logGamma, regularisedIncompleteBeta } from '../distributions/beta';
import { createRandom } from './generator';
import { sampleWithoutReplacement, shuffle } from './sampling';

const draws = 200_000;

describe('seeded random numbers', () => {
  it('repeat for a seed and differ between seeds and streams', () => {
    const first = (seed: number, stream?: number) => Array.from({ length: 5 }, createRandom(seed, stream).uint32);
    expect(first(0)).toEqual(first(0));
    const all = [first(0), first(1), first(0, 1), first(1, 1), first(2 ** 40), first(2 ** 40 + 1)].map(String);
    expect(new Set(all).size).toBe(all.length);
    expect(() => createRandom(1.5)).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
  });

  it('have the moments of the uniform and the normal distribution', () => {
    const random = createRandom(7);
    const moments = (draw: () => number) => {
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < draws; i += 1) {
        const value = draw();
        sum += value;
        squares += value * value;
      }
      return [sum / draws, squares / draws - (sum / draws) ** 2] as const;
    };
    const [uniformMean, uniformVariance] = moments(random.uniform);
    expect(Math.abs(uniformMean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / draws));
    expect(Math.abs(uniformVariance - 1 / 12)).toBeLessThan(1e-3);
    const [normalMean, normalVariance] = moments(random.normal);
    expect(Math.abs(normalMean)).toBeLessThan(5 / Math.sqrt(draws));
    expect(Math.abs(normalVariance - 1)).toBeLessThan(5 * Math.sqrt(2 / draws));
  });

  it('hit each of 7 whole numbers equally often', () => {
    const random = createRandom(3);
    const counts = new Float64Array(7);
    for (let i = 0; i < draws; i += 1) counts[random.integer(7)]! += 1;
    const chiSquare = counts.reduce((sum, c) => sum + (c - draws / 7) ** 2 / (draws / 7), 0);
    expect(chiSquare).toBeLessThan(22.5); // 99.9 % of chi-square with 6 degrees of freedom
  });

  it('draw without replacement, every number equally likely', () => {
    const random = createRandom(9);
    const counts = new Float64Array(10);
    for (let i = 0; i < 20_000; i += 1) {
      const sample = sampleWithoutReplacement(10, 4, random);
      expect(new Set(sample).size).toBe(4);
      for (const value of sample) counts[value]! += 1;
    }
    for (const count of counts) expect(Math.abs(count - 8000)).toBeLessThan(5 * Math.sqrt(8000 * 0.6));
    expect(() => sampleWithoutReplacement(3, 4, random)).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
  });

  it('shuffle keeps the values', () => {
    const values = Int32Array.from({ length: 50 }, (_, i) => i);
    const shuffled = shuffle(Int32Array.from(values), createRandom(1));
    expect(shuffled).not.toEqual(values);
    expect(shuffled.toSorted()).toEqual(values);
  });
});

describe('the Beta distribution', () => {
  it('matches closed forms', () => {
    expect(logGamma(6)).toBeCloseTo(Math.log(120), 13);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
    // I_x(2, 3) = 6x² - 8x³ + 3x⁴
    for (const x of [0, 0.1, 0.5, 0.9, 1]) expect(regularisedIncompleteBeta(x, 2, 3)).toBeCloseTo(6 * x ** 2 - 8 * x ** 3 + 3 * x ** 4, 13);
  });

  it('has quantiles that the distribution function takes back', () => {
    for (const [a, b] of [[2, 5], [1.3, 40], [0.4, 0.7], [50, 1.5], [1, 3], [3, 1]] as const) {
      for (const p of [0.01, 0.5, 0.95]) expect(regularisedIncompleteBeta(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 11);
    }
  });
});
