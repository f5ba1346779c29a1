import { describe, expect, it } from 'vitest';
import { decidingRows } from './deciding-rows';
import { placesOf } from './places';
import { twoSampleAuroc } from './two-sample-auroc';

const scores = (anomalies: number[], normals: number[]) => ({ anomalies: Float64Array.from(anomalies), normals: Float64Array.from(normals) });
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('places in a validation set', () => {
  it('average to the AUROC on both sides, ties included', () => {
    const mixed = scores([3, 1, 2, 2, 5], [0, 2, 2, 4]);
    const { anomalies, normals } = placesOf(mixed);
    expect([...anomalies]).toEqual([0.75, 0.25, 0.5, 0.5, 1]);
    expect(normals.map((place) => Math.round(place * 1000) / 1000)).toEqual(Float64Array.of(1, 0.6, 0.6, 0.2));
    expect(mean(anomalies)).toBeCloseTo(twoSampleAuroc(mixed.anomalies, mixed.normals), 12);
    expect(mean(normals)).toBeCloseTo(mean(anomalies), 12);
  });
});

describe('rows that decide', () => {
  const first = scores([9, 1, 8], [0, 2, 1.5]);
  const second = scores([9, 9, 8], [0, 2, 8.5]);

  it('are those that the pick ranks worst, anomalies before normals', () => {
    const { wrong } = decidingRows([first, second], 0, 5);
    expect(wrong.map(({ side, row, place }) => [side, row, Number(place.toFixed(3))])).toEqual([['anomalies', 1, 0.333], ['normals', 1, 0.667], ['normals', 2, 0.667]]);
  });

  it('are those on which the candidates disagree most, with who ranks them worst and best', () => {
    const { separating } = decidingRows([first, second], 0, 2);
    expect(separating[0]).toMatchObject({ side: 'anomalies', row: 1, least: { candidate: 0 }, greatest: { candidate: 1, place: 1 } });
    expect(separating).toHaveLength(2);
    expect(decidingRows([first], 0, 5).separating).toEqual([]);
  });
});
