import { describe, expect, it } from 'vitest';
import { featureBars, featuresOfOther, featureWords } from './feature-bars';

const features = [
  { name: 'width', value: 26.04, normal: 20, difference: 6 },
  { name: 'tilt', value: -1.5, normal: 0.25, difference: -1.5 },
];

describe('featureBars', () => {
  it('puts all differences on one scale, with their sign', () => {
    expect(featureBars(features)).toEqual([
      { name: 'width', value: '26.0', normal: '20.0', share: 1, difference: '+6.00 sd' },
      { name: 'tilt', value: '-1.50', normal: '0.250', share: -0.25, difference: '-1.50 sd' },
    ]);
  });

  it('does not stretch small differences to full bars', () => {
    expect(featureBars([{ name: 'a', value: 1, normal: 0.9, difference: 0.3 }])[0]?.share).toBeCloseTo(0.1);
  });
});

it('says the largest difference', () => {
  expect(featureWords(features)).toBe('width 26.0, nearest normals 20.0');
  expect(featureWords([])).toBeNull();
  expect(featureWords(null)).toBeNull();
});

it('looks at the same features of another vector', () => {
  const other = featuresOfOther(features, (name) => (name === 'width' ? { value: 21, deviation: 0.5 } : null));
  expect(other).toEqual([{ name: 'width', value: 21, normal: 20, difference: 2 }]);
});
