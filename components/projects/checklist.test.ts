import { describe, expect, it } from 'vitest';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { checklistOf } from './checklist';

const id = '0198a000-0000-7000-8000-000000000001';
const empty: ProjectOverview = {
  id,
  name: 'Line 4',
  objectName: 'metal plate', kind: 'image', isPrivate: false, sendsThumbnails: false,
  demoProduct: null,
  createdAt: '2026-11-22T00:00:00.000Z',
  role: 'lead',
  sampleCount: 0,
  samples: { normal: 0, anomaly: 0, auxiliary: 0, labelled: 0, refused: 0 },
  featureSets: 0,
  latestFeatureSetId: null,
  runs: 0,
  latestRun: null,
  review: { accepted: 0, rejected: 0, skipped: 0, auxiliary: 0 },
  projections: 0,
  latestProjectionId: null,
  exports: 0,
  activeJobs: 0,
};
const done = (overview: ProjectOverview) => checklistOf(overview).filter((step) => step.done).map((step) => step.id);
const open = (overview: ProjectOverview) => checklistOf(overview).filter((step) => !step.done && step.blocked === null).map((step) => step.id);

describe('checklistOf', () => {
  it('offers images first and nothing else', () => {
    expect(done(empty)).toEqual([]);
    expect(open(empty)).toEqual(['samples']);
  });

  it('names the role that is missing', () => {
    const normalsOnly = { ...empty, sampleCount: 5, samples: { ...empty.samples, normal: 5 } };
    expect(checklistOf(normalsOnly)[1]?.blocked).toBe('Needs auxiliary samples.');
  });

  it('folds what is finished and leaves the review open until all is decided', () => {
    const scored: ProjectOverview = {
      ...empty,
      sampleCount: 12,
      samples: { normal: 6, anomaly: 2, auxiliary: 4, labelled: 0, refused: 1 },
      featureSets: 1,
      latestRun: { id, evaluator: 'EAP', aucQlt: 0.8333, zones: { realistic: 2, unrealistic: 1, indistinguishable: 1 } },
      review: { accepted: 2, rejected: 1, skipped: 1, auxiliary: 4 },
    };
    expect(done(scored)).toEqual(['samples', 'features', 'scores']);
    expect(open(scored)).toEqual(['review', 'exports']);
    expect(checklistOf(scored)[0]?.result).toBe('6 normal, 2 real anomalies, 4 auxiliary; 1 file refused');
    expect(checklistOf(scored)[2]?.result).toBe('EAP, AUC 0.83; 2 realistic, 1 unrealistic, 1 indistinguishable');
    expect(done({ ...scored, review: { accepted: 3, rejected: 1, skipped: 0, auxiliary: 4 } })).toContain('review');
  });
});
