import { describe, expect, it } from 'vitest';
import type { FeatureSet, Model } from '@/lib/api/contracts/features';
import { idOf } from '../testing/score-columns';
import { extractionSeconds, extractorChoices, extractorNote, obstacleOf, parsedAdvanced, setUpAtFirst } from './set-up';

const model = (row: number, name: string): Model => ({ id: idOf(row), name, sha256: '', bytes: 1, dim: 8, builtIn: false, manifest: null, createdAt: '2026-11-22T00:00:00.000Z' });
const setOf = (row: number, modelRow: number, state: FeatureSet['state'], missing: number, imagesPerSecond: number | null): FeatureSet => ({
  id: idOf(row), modelId: idOf(modelRow), modelName: '', given: false, state, fingerprint: '', runtime: '', provider: '', dim: 8, count: 0, missing, imagesPerSecond, certificate: null, patches: null, mayHavePatches: false, jobId: null, createdAt: '2026-11-22T00:00:00.000Z',
});

describe('networks to compare', () => {
  const choices = extractorChoices([model(1, 'A'), model(2, 'B'), model(3, 'C')], [setOf(11, 1, 'ready', 0, 20), setOf(12, 1, 'ready', 50, 25), setOf(13, 2, 'ready', 40, 10), setOf(14, 3, 'failed', 0, null)], 100);

  it('say what must be extracted first, and how long that takes', () => {
    expect(choices.map(({ missing, imagesPerSecond }) => [missing, imagesPerSecond])).toEqual([[0, 20], [40, 10], [100, null]]);
    expect(choices.map(extractorNote)).toEqual(['vectors are there', '40 images to extract first, about 4.0 s', '100 images to extract first']);
  });

  it('add up to a time only where every speed is known', () => {
    expect(extractionSeconds(choices.slice(0, 2), 100)).toBe(100 / 20 + 140 / 10);
    expect(extractionSeconds(choices, 0)).toBeNull();
  });

  it('are all ticked at first', () => {
    expect(setUpAtFirst(choices)).toMatchObject({ modelIds: [idOf(1), idOf(2), idOf(3)], detectors: ['deep-nn'], bank: 'support' });
  });
});

describe('obstacles', () => {
  const choice = { modelIds: ['a'], detectors: ['deep-nn' as const] };
  const extractors = extractorChoices([model(1, 'A')], [], 10);

  it('name what is missing', () => {
    expect(obstacleOf({ choice, extractors, normals: 10, images: true })).toBeNull();
    expect(obstacleOf({ choice, extractors, normals: 3, images: true })).toMatch('3 training normals');
    expect(obstacleOf({ choice, extractors: [], normals: 10, images: true })).toMatch('no network');
    expect(obstacleOf({ choice: { ...choice, modelIds: [] }, extractors, normals: 10, images: true })).toMatch('at least one network');
    expect(obstacleOf({ choice: { ...choice, modelIds: [] }, extractors: [], normals: 10, images: false })).toBeNull();
    expect(obstacleOf({ choice: { ...choice, detectors: [] }, extractors, normals: 10, images: true })).toMatch('detector');
  });
});

describe('the advanced numbers', () => {
  it('are read as they were typed', () => {
    expect(parsedAdvanced({ draws: '500', hardest: '5, 10 5', seed: '7' })).toEqual({ draws: 500, hardest: [10, 5], seed: 7 });
    expect(parsedAdvanced({ draws: '500', hardest: '', seed: '0' })).toEqual({ draws: 500, hardest: [], seed: 0 });
  });

  it.each([
    [{ draws: '0', hardest: '5', seed: '0' }, 'Bootstrap draws'],
    [{ draws: '1e3', hardest: '5', seed: '0' }, 'Bootstrap draws'],
    [{ draws: '10', hardest: '5, x', seed: '0' }, 'Hardest'],
    [{ draws: '10', hardest: '1 2 3 4 5 6', seed: '0' }, 'Hardest'],
    [{ draws: '10', hardest: '5', seed: '-1' }, 'Seed'],
  ])('are refused with a sentence: %j', (typed, sentence) => {
    expect(parsedAdvanced(typed)).toMatch(sentence);
  });
});
