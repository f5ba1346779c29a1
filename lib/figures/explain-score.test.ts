import { describe, expect, it } from 'vitest';
import { evaluatorIds } from '@/lib/anomaly/evaluators/registry';
import type { Score } from '@/lib/api/contracts/runs';
import { explainScore } from './explain-score';
import { comparisonSamples, sphereFigure } from './sphere-figure';
import { idOf } from './testing/score-columns';

const run = { evaluator: 'EAP', preset: 'paper', parameters: {}, seed: 0, modelName: 'wavelet-scattering', summary: null };
const normal = { sampleId: idOf(1), fileName: '118.png', role: 'normal' as const, distance: 0.97 };
const realistic: Score = {
  runId: idOf(90), sampleId: idOf(0), quality: 0.71, rank: 4, of: 120, probability: 0.88, density: 0.412, rarity: 1.24, zone: 'realistic', spread: null,
  parts: null,
  coveringSpheres: 3, spheres: 412, centre: { ...normal, radius: 1.24 }, gap: null, nearestNormal: normal, nearestAnomaly: null, nearestNormals: [normal], nearestAnomalies: [],
};
const outside: Score = {
  ...realistic, quality: 0.05, density: 0, rarity: 0, zone: 'unrealistic', coveringSpheres: 0, centre: null,
  gap: { ...normal, distance: 3.4, radius: 1.6, gap: 1.8, typicalRadius: 1 },
};

describe('explainScore', () => {
  it('names the spheres, the centre with its role, and the extractor', () => {
    const { headline, sentences } = explainScore(realistic, run);
    expect(headline).toBe('Realistic: inside 3 of 412 spheres, and the detector calls it an anomaly');
    expect(sentences[0]).toBe('Inside 3 of 412 spheres; the smallest is centred on normal 118.png (radius 1.24, distance 0.970).');
    expect(sentences[1]).toBe('The detector calls it an anomaly: p(anomalous) 0.88.');
    expect(sentences.at(-1)).toBe('Distances are in the features of wavelet-scattering; EAP, paper preset, seed 0.');
  });

  it('gives the gap in typical radii when no sphere holds the sample', () => {
    const { headline, sentences } = explainScore(outside, run);
    expect(headline).toBe('Unrealistic: outside every sphere, gap 1.8× the typical radius');
    expect(sentences[0]).toBe('Outside every one of the 412 spheres: the gap to the nearest, around normal 118.png, is 1.8× the typical radius.');
  });

  it('says that a real anomaly is the centre when it is', () => {
    const score: Score = { ...realistic, coveringSpheres: 1, centre: { ...normal, role: 'anomaly', fileName: 'crack.png', radius: 2 } };
    expect(explainScore(score, run).sentences[0]).toContain('it is centred on real anomaly crack.png');
  });

  it('claims nothing about parts that an evaluator does not have', () => {
    const score: Score = { ...realistic, zone: null, probability: null, density: null, coveringSpheres: null, centre: null };
    const { headline, sentences } = explainScore(score, { ...run, evaluator: 'LAVA', parameters: { mode: 'fast', asReleased: false } });
    expect(headline).toBe('Ranked 4 of 120');
    expect(sentences).toEqual(['Minus the calibrated cost of moving the sample onto the training set: the higher, the cheaper.', 'Distances are in the features of wavelet-scattering; LAVA, fast, seed 0.']);
  });

  it('words the spread as resampling spread', () => {
    const score: Score = { ...realistic, spread: { sd: 0.05, p05: 0.6, p50: 0.7, p95: 0.8, subsets: 100 } };
    expect(explainScore(score, run).sentences).toContain('Over 100 training subsets the quality lies between 0.60 and 0.80 (5 to 95 %, resampling spread).');
  });
});

describe('explainScore of CAP', () => {
  const cap: Score = { ...realistic, zone: null, probability: null, density: null, rarity: null, coveringSpheres: null, centre: null, parts: { novelty: 0.83, expectedCount: 2.31, normalTail: 0.0042, anomalyTail: 0.29 } };
  const capRun = { ...run, evaluator: 'CAP', parameters: { subsets: 0 } };

  it('says what both p-values mean', () => {
    const { headline, sentences } = explainScore(cap, capRun);
    expect(headline).toBe('Novel, and real anomalies lie as far out');
    expect(sentences.slice(0, 2)).toEqual([
      'Novelty 0.83: the chance that a normal sample looks at least as novel is 0.4 %.',
      'The chance that one more real anomaly lies at least as far out is 29 %: 2.31 are expected to, among the known ones and this sample.',
    ]);
    expect(sentences.at(-1)).toBe('Distances are in the features of wavelet-scattering; CAP, seed 0.');
  });

  it('tells the two ways of being of little use apart', () => {
    expect(explainScore({ ...cap, parts: { ...cap.parts, novelty: 0.1, normalTail: 0.6 } }, capRun).headline).toBe('Many normals look as novel: hard to tell from a normal');
    expect(explainScore({ ...cap, parts: { ...cap.parts, expectedCount: 0.02, anomalyTail: 0.002 } }, capRun).headline).toBe('Novel, but farther out than real anomalies lie');
  });

  it('claims nothing when the parts are not there', () => {
    expect(explainScore({ ...cap, parts: null }, capRun).headline).toBe('Ranked 4 of 120');
  });
});

describe('explainScore of the other evaluators', () => {
  const plain: Score = { ...realistic, zone: null, probability: null, density: null, rarity: null, coveringSpheres: null, centre: null };

  it('has a sentence for every one of the registry', () => {
    for (const evaluator of evaluatorIds.filter((id) => id !== 'EAP' && id !== 'CAP')) {
      const { sentences } = explainScore(plain, { ...run, evaluator });
      expect(sentences, evaluator).toHaveLength(2);
      expect(sentences[0], evaluator).toMatch(/\.$/);
    }
  });

  it('says that what lies outside all spheres is ranked last', () => {
    expect(explainScore({ ...plain, quality: 0 }, { ...run, evaluator: 'RARITY' }).sentences[0]).toBe('Outside every sphere, so it is ranked last.');
    expect(explainScore({ ...plain, quality: 1.5 }, { ...run, evaluator: 'RARITY' }).sentences[0]).toBe('The smallest sphere that holds it has the radius 1.50.');
  });

  it('says that a random number says nothing', () => {
    expect(explainScore(plain, { ...run, evaluator: 'RANDOMEV' }).sentences[0]).toBe('A random number: it says nothing of the sample.');
  });
});

describe('sphere figure', () => {
  it('draws the sample inside its smallest sphere', () => {
    expect(sphereFigure(realistic)).toMatchObject({ radius: 1.24, distance: 0.97, gap: null, reach: 1.24 });
  });
  it('draws the gap when outside', () => {
    expect(sphereFigure(outside)).toMatchObject({ radius: 1.6, distance: 3.4, gap: 1.8, reach: 3.4 });
  });
  it('shows one training sample once, with all that it is', () => {
    expect(comparisonSamples(realistic).map((one) => one.title)).toEqual(['centre of its smallest sphere, nearest normal']);
  });
});
