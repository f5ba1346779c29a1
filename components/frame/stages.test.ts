import { describe, expect, it } from 'vitest';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import { stageOf, stageParts, stages } from './stages';

const overview: ProjectOverview = {
  id: '0198a000-0000-7000-8000-000000000001',
  name: 'Line 4',
  objectName: 'metal plate', kind: 'image', isPrivate: false, sendsThumbnails: false,
  demoProduct: null,
  createdAt: '2026-11-22T00:00:00.000Z',
  role: 'lead',
  sampleCount: 1240,
  samples: { normal: 800, anomaly: 40, auxiliary: 400, labelled: 0, refused: 3 },
  featureSets: 2,
  latestFeatureSetId: null,
  runs: 1,
  latestRun: { id: '0198a000-0000-7000-8000-000000000002', evaluator: 'EAP', aucQlt: 0.834, zones: null },
  review: { accepted: 150, rejected: 62, skipped: 3, auxiliary: 400 },
  projections: 0,
  latestProjectionId: null,
  exports: 3,
  activeJobs: 0,
};
const glances = (state: ProjectOverview) => Object.fromEntries(stages.map((stage) => [stage.id, stage.glance(state)]));

describe('stages', () => {
  it('tell their state at a glance', () => {
    expect(glances(overview)).toEqual({ samples: '1,240', features: '2 sets', scores: 'EAP .83', review: '212/400', map: '', generate: '', select: '', experiments: '', exports: '3', history: '', settings: '' });
  });

  it('say nothing where nothing is', () => {
    const empty = { ...overview, featureSets: 0, latestRun: null, exports: 0, review: { accepted: 0, rejected: 0, skipped: 0, auxiliary: 0 } };
    expect(glances(empty)).toMatchObject({ features: '', scores: '', review: '', exports: '' });
  });

  it('name the evaluator alone where no pseudo-quality is known', () => {
    const unlabelled = { ...overview, latestRun: { id: overview.id, evaluator: 'EAP', aucQlt: null, zones: null } };
    expect(glances(unlabelled).scores).toBe('EAP');
  });

  it('are found from the path', () => {
    expect(stageOf('/projects/abc/samples')?.id).toBe('samples');
    expect(stageOf('/projects/abc/samples/x')?.id).toBe('samples');
    expect(stageOf('/projects/abc')).toBeUndefined();
    expect(stageOf('/')).toBeUndefined();
  });
});

describe('stageParts', () => {
  it('lie within stages that there are', () => {
    for (const { stage, path } of stageParts) expect(stageOf(`/projects/1/${path}`)?.id).toBe(stage);
  });
});
