import { describe, expect, it } from 'vitest';
import { meanBand } from './band';
import { curveGrid } from './grid';
import { rankingOf } from './ranking';

describe('mean band of learning curves', () => {
  it('averages curves of different lengths at the same shares', () => {
    const band = meanBand([{ added: [0, 10], accuracy: [0.5, 0.9] }, { added: [0, 2, 3, 4], accuracy: [0.5, 0.5, 0.6, 0.7] }], 4);
    expect(band.fraction).toEqual([0, 0.25, 0.5, 0.75, 1]);
    [0.5, 0.55, 0.6, 0.7, 0.8].forEach((mean, i) => expect(band.mean[i]).toBeCloseTo(mean, 12));
    [0, 0.05, 0.1, 0.1, 0.1].forEach((sd, i) => expect(band.standardDeviation[i]).toBeCloseTo(sd, 12));
  });

  it('gives back a single curve', () => {
    const band = meanBand([{ added: [0, 1, 2], accuracy: [0.4, 0.8, 0.6] }], 2);
    expect(band).toEqual({ fraction: [0, 0.5, 1], mean: [0.4, 0.8, 0.6], standardDeviation: [0, 0, 0] });
  });

  it('refuses nothing, curves without a share and no steps', () => {
    expect(() => meanBand([])).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
    expect(() => meanBand([{ added: [0], accuracy: [1] }])).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
    expect(() => meanBand([{ added: [0, 1], accuracy: [1, 1] }], 0)).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
  });
});

describe('grid of added rows', () => {
  it('always has the ends, and as many points as asked for where they differ', () => {
    expect(curveGrid(250)).toEqual([0, 36, 71, 107, 142, 178, 213, 249, 250]);
    expect(curveGrid(3)).toEqual([0, 1, 2, 3]);
    expect(curveGrid(1)).toEqual([0, 1]);
    expect(curveGrid(0)).toEqual([0]);
    expect(curveGrid(4, 'exact')).toEqual([0, 1, 2, 3, 4]);
    expect(curveGrid(10, [5, 99])).toEqual([0, 5, 9, 10]);
  });
});

describe('ranking of values', () => {
  it('puts the highest first', () => {
    expect(Array.from(rankingOf([0.1, 3, -Infinity, 2], 1))).toEqual([1, 3, 0, 2]);
    expect(() => rankingOf([1, NaN], 1)).toThrow(expect.objectContaining({ code: 'data.not_finite' }));
  });

  it('orders ties by the seed alone, each row equally often first', () => {
    const firsts = new Float64Array(4);
    for (let seed = 0; seed < 4000; seed += 1) firsts[rankingOf([1, 1, 1, 1], seed)[0]!]! += 1;
    // binomial with mean 1000 and standard deviation 27
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(5 * 27.4);
    expect(rankingOf([Infinity, Infinity, 0, 0], 3)).toEqual(rankingOf([Infinity, Infinity, 0, 0], 3));
  });
});
