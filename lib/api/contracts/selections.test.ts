import { describe, expect, it } from 'vitest';
import { detectorIds } from '@/lib/anomaly/detectors/registry';
import { DEEP_NEAREST_NEIGHBOUR } from '@/lib/anomaly/selection/support-scores';
import { selectionDetectorSchema, startModelSelectionSchema } from './selections';

const id = '0190a5f0-0000-7000-8000-000000000000';

describe('what a selection of models is asked', () => {
  it("knows the paper's detector and those of the registry, no others", () => {
    expect(selectionDetectorSchema.options).toEqual([DEEP_NEAREST_NEIGHBOUR, ...detectorIds]);
  });

  it('has the defaults of the method', () => {
    expect(startModelSelectionSchema.parse({ projectId: id, modelIds: [id], synthetic: { kind: 'generator', generator: 'cutpaste' } })).toEqual({
      projectId: id,
      modelIds: [id],
      seed: 0,
      seedImages: null,
      supportLimit: null,
      detectors: ['deep-nn'],
      bank: 'support',
      hardest: [10, 5],
      draws: 1000,
      synthetic: { kind: 'generator', generator: 'cutpaste', parameters: {}, perSeed: 5, diffusionModelId: null },
    });
  });

  it('refuses fewer normals than a division needs, and no detector at all', () => {
    const wrong = { projectId: id, synthetic: { kind: 'auxiliary' }, supportLimit: 3, detectors: [] };
    const result = startModelSelectionSchema.safeParse(wrong);
    expect(result.error?.issues.map(({ path }) => path[0])).toEqual(['supportLimit', 'detectors']);
  });
});
