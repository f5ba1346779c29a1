import { describe, expect, it } from 'vitest';
import { extent, inverted, labelPlace, leftRoom, quantile, scaled, ticks, ticksThatFit } from './axis';
import { describeHistogram, histogram } from './histogram';
import { nearestPoint, quadrant, zeroBand } from './quadrant';
import { qualityRoc, rocFigure } from './roc';
import { roleNames, zoneNames } from './score-table';
import { tableOf } from './testing/score-columns';
import { zoneShares } from './zones';

const all = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);

describe('axis', () => {
  it('finds round ticks inside the range', () => {
    expect(ticks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticks(3, 97)).toEqual([20, 40, 60, 80]);
    expect(ticks(2, 2)).toEqual([2]);
  });
  it('scales there and back', () => {
    const scale = { domain: [10, 20], range: [100, 0] } as const;
    expect(scaled(scale, 15)).toBe(50);
    expect(inverted(scale, 50)).toBe(15);
  });
  it('gives long tick labels room beside the name of the axis, and keeps them in the picture', () => {
    expect(leftRoom(['0', '50', '100'])).toBe(41);
    expect(leftRoom(['0', '0.5'])).toBe(41);
    expect(leftRoom(['0', '5'])).toBe(40);
    expect(leftRoom(['0', '5,000', '10,000'])).toBe(18 + 36 + 5);
    const scale = { domain: [0, 10_000], range: [40, 240] } as const;
    expect(labelPlace(scale, 5_000, '5,000', 12)).toBe(140);
    expect(labelPlace(scale, 10_000, '10,000', 12)).toBe(240 + 12 - 18);
    expect(ticksThatFit(200, 3, 5)).toBe(5);
    expect(ticksThatFit(200, 8, 5)).toBe(3);
    expect(ticksThatFit(10, 8, 5)).toBe(1);
  });
  it('ignores what is not a number', () => {
    expect(extent([Number.NaN, 3, 1], [0, 1, 2])).toEqual([1, 3]);
    expect(extent([Number.NaN], [0])).toBeNull();
    expect(quantile([4, Number.NaN, 2], [0, 1, 2], 0.5)).toBe(3);
  });
});

describe('histogram', () => {
  it('counts every value once, the largest included, per group', () => {
    const figure = histogram([0, 0.1, 0.5, 1, Number.NaN], all(5), { codes: [2, 2, 1, 2, 2], names: roleNames }, { bins: 2, domain: [0, 1] });
    expect(figure?.series.map((one) => [one.name, [...one.counts]])).toEqual([['anomaly', [0, 1]], ['auxiliary', [2, 1]]]);
    expect(figure?.tallest).toBe(2);
    expect(describeHistogram(figure!, 'quality')).toContain('auxiliary: 3, most between 0.00 and 0.50');
  });
  it('is null without values', () => expect(histogram([Number.NaN], all(1), { codes: [0], names: zoneNames })).toBeNull());
});

describe('quadrant', () => {
  const table = tableOf([
    { probability: 0.9, density: 0.8, zone: 'realistic' },
    { probability: 0.2, density: 0.4, zone: 'indistinguishable' },
    { probability: 0.99, density: 0, zone: 'unrealistic' },
    { quality: 0.4 },
  ]);
  it('puts density 0 in its own band and everything else to the right of it', () => {
    const figure = quadrant(table, all(4))!;
    expect([...figure.rows]).toEqual([0, 1, 2]);
    expect(figure.x[2]).toBeLessThan(zeroBand);
    expect(figure.x[1]).toBeGreaterThan(zeroBand);
    expect(figure.x[0]).toBeGreaterThan(figure.x[1]!);
    expect(figure.counts).toEqual({ realistic: 1, unrealistic: 1, indistinguishable: 1 });
  });
  it('finds the point under the pointer, and none far away', () => {
    const figure = quadrant(table, all(4))!;
    expect(nearestPoint(figure, figure.x[1]!, 0.21, 1.5)).toBe(1);
    expect(nearestPoint(figure, 0.6, 0.55, 1.5, 0.01)).toBe(-1);
  });
  it('is null for runs without density and probability', () => expect(quadrant(tableOf([{ quality: 1 }]), all(1))).toBeNull());
});

describe('roc', () => {
  it('is 1 for a perfect order, 0.5 for one tie of everything, null for one class', () => {
    expect(rocFigure(Float64Array.of(3, 2, 1, 0), Uint8Array.of(1, 1, 0, 0))?.auc).toBe(1);
    const tied = rocFigure(Float64Array.of(1, 1, 1, 1), Uint8Array.of(1, 0, 1, 0));
    expect(tied?.auc).toBe(0.5);
    expect([...tied!.x]).toEqual([0, 1]);
    expect(rocFigure(Float64Array.of(1, 2), Uint8Array.of(1, 1))).toBeNull();
  });
  it('equals the share of ordered pairs, ties half', () => {
    const scores = Float64Array.from({ length: 60 }, (_, i) => Math.round(10 * Math.sin(i * 7)));
    const positive = Uint8Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? 1 : 0));
    let sum = 0;
    let pairs = 0;
    for (let i = 0; i < 60; i++) for (let j = 0; j < 60; j++) {
      if (positive[i] !== 1 || positive[j] !== 0) continue;
      pairs++;
      sum += scores[i]! > scores[j]! ? 1 : scores[i]! === scores[j]! ? 0.5 : 0;
    }
    expect(rocFigure(scores, positive)?.auc).toBeCloseTo(sum / pairs, 12);
  });
  it('takes labelled auxiliary samples only, realistic as positive', () => {
    const figure = qualityRoc(tableOf([
      { quality: 0.9, qualityLabel: 'realistic' },
      { quality: 0.1, qualityLabel: 'unrealistic' },
      { quality: 0.95, qualityLabel: 'indistinguishable' },
      { quality: 1 },
      { role: 'anomaly', quality: 0, qualityLabel: 'realistic' },
    ]));
    expect(figure).toMatchObject({ auc: 0.5, positives: 1, negatives: 2 });
  });
});

describe('zone shares', () => {
  it('counts each zone over the given rows', () => {
    const table = tableOf([{ zone: 'realistic' }, { zone: 'realistic' }, { zone: 'unrealistic' }, {}, { zone: 'indistinguishable' }]);
    expect(zoneShares(table, all(5)).map(({ zone, count, share }) => [zone, count, share])).toEqual([
      ['realistic', 2, 0.5],
      ['unrealistic', 1, 0.25],
      ['indistinguishable', 1, 0.25],
    ]);
  });
});
