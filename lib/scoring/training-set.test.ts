import { describe, expect, it } from 'vitest';
import { trainingSet } from './training-set';

const normal = { role: 'normal', split: 'train' } as const;
const heldOut = { role: 'normal', split: 'test' } as const;
const testAnomaly = { role: 'anomaly', split: 'test' } as const;
const knownAnomaly = { role: 'anomaly', split: 'train' } as const;
const auxiliary = { role: 'auxiliary', split: null } as const;

describe('trainingSet', () => {
  it('takes every real anomaly when the layout keeps them all under test', () => {
    const set = trainingSet([auxiliary, normal, testAnomaly, heldOut, normal, testAnomaly]);
    expect([...set.train]).toEqual([1, 4, 2, 5]);
    expect([...set.labels]).toEqual([0, 0, 1, 1]);
    expect([...set.auxiliary]).toEqual([0]);
    expect([...set.heldOutNormals]).toEqual([3]);
  });

  it('keeps test anomalies out when some are marked as training', () => {
    const set = trainingSet([normal, normal, testAnomaly, knownAnomaly, auxiliary]);
    expect([...set.train]).toEqual([0, 1, 3]);
  });

  it('says what is missing', () => {
    expect(() => trainingSet([normal, auxiliary])).toThrow('1 training normals');
    expect(() => trainingSet([normal, normal])).toThrow('no auxiliary anomalies');
  });
});
