import { describe, expect, it } from 'vitest';
import { planKeep, realCounts } from './keep-plan';

const settings = { testShare: 0.5 };

describe('the division into training and test rows', () => {
  it('keeps the marks of a class where both sides have enough, and draws the other', () => {
    expect(planKeep({ trainNormals: 100, testNormals: 30, trainAnomalies: 10, testAnomalies: 20 }, settings)).toEqual({
      train: { normals: 80, anomalies: 8 }, test: { normals: 30, anomalies: 20 }, heldOut: { normals: 'marked', anomalies: 'marked' },
    });
    // the MVTec layout: all real anomalies under test
    expect(planKeep({ trainNormals: 100, testNormals: 30, trainAnomalies: 0, testAnomalies: 20 }, { testShare: 0.7 })).toEqual({
      train: { normals: 80, anomalies: 6 }, test: { normals: 30, anomalies: 14 }, heldOut: { normals: 'marked', anomalies: 'drawn' },
    });
    expect(planKeep({ trainNormals: 100, testNormals: 1, trainAnomalies: 9, testAnomalies: 0 }, settings)).toEqual({
      train: { normals: 50, anomalies: 5 - 1 }, test: { normals: 51, anomalies: 5 }, heldOut: { normals: 'drawn', anomalies: 'drawn' },
    });
  });

  it('leaves something to train with and at least two rows to judge by', () => {
    expect(planKeep({ trainNormals: 4, testNormals: 0, trainAnomalies: 3, testAnomalies: 0 }, { testShare: 0.9 })).toMatchObject({ train: { normals: 2, anomalies: 1 }, test: { normals: 2, anomalies: 2 } });
    expect(planKeep({ trainNormals: 2, testNormals: 2, trainAnomalies: 1, testAnomalies: 2 }, { testShare: 0.1 })).toMatchObject({ train: { normals: 2, anomalies: 1 }, test: { normals: 2, anomalies: 2 } });
    expect(planKeep({ trainNormals: 9000, testNormals: 9000, trainAnomalies: 3000, testAnomalies: 0 }, settings)).toMatchObject({ train: { normals: 1000, anomalies: 1000 }, test: { normals: 1000, anomalies: 1000 } });
  });

  it('says what to add where there is too little', () => {
    const plenty = { trainNormals: 50, testNormals: 20, trainAnomalies: 5, testAnomalies: 5 };
    expect(() => planKeep({ ...plenty, trainAnomalies: 0, testAnomalies: 0 }, settings)).toThrow(
      expect.objectContaining({ code: 'data.too_few_rows', message: 'To measure what keeping more samples brings, at least 3 real anomalies are needed; this feature set has none.', hint: expect.stringContaining('Upload real anomalies') }),
    );
    expect(() => planKeep({ ...plenty, trainNormals: 3, testNormals: 0 }, settings)).toThrow(expect.objectContaining({ code: 'data.too_few_rows', message: expect.stringContaining('at least 4 normals are needed; this feature set has 3.') }));
  });

  it('counts real samples by role and mark', () => {
    const sample = (role: 'normal' | 'anomaly' | 'auxiliary', split: 'train' | 'test' | null) => ({ role, split });
    const samples = [sample('normal', null), sample('normal', 'train'), sample('normal', 'test'), sample('anomaly', 'test'), sample('anomaly', null), sample('anomaly', 'test'), sample('auxiliary', 'test')];
    expect(realCounts(samples)).toEqual({ trainNormals: 2, testNormals: 1, trainAnomalies: 1, testAnomalies: 2 });
  });
});
