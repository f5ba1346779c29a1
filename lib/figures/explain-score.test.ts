import { describe, expect, it } from 'vitest';
import type { Score } from '@/lib/api/contracts/runs';
import { explainScore } from './explain-score';
import { comparisonSamples, sphereFigure } from './sphere-figure';
import { idOf } from './testing/score-columns';

const run = { evaluator: 'EAP', preset: 'paper', seed: 0, modelName: 'wavelet-scattering' };
const normal = { sampleId: idOf(1), fileName: '118.png', role: 'normal' as const, distance: 0.97 };
const realistic: Score = {
  runId: idOf(90), sampleId: idOf(0), quality: 0.71, rank: 4, of: 120, probability: 0.88, density: 0.412, rarity: 1.24, zone: 'realistic', spread: null,
  parts: null,
  coveringSpheres: 3, spheres: 412, centre: { ...normal, radius: 1.24 }, gap: null, nearestNormal: normal, nearestAnomaly: null,
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
    expect(sentences.at(-1)).toBe('Distances are in the features of wavelet-scattering; EAP, preset paper, seed 0.');
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
    const { headline, sentences } = explainScore(score, { ...run, evaluator: 'RARITY' });
    expect(headline).toBe('Ranked 4 of 120');
    expect(sentences).toEqual(['Distances are in the features of wavelet-scattering; RARITY, preset paper, seed 0.']);
  });

  it('words the spread as resampling spread', () => {
    const score: Score = { ...realistic, spread: { sd: 0.05, p05: 0.6, p50: 0.7, p95: 0.8, subsets: 100 } };
    expect(explainScore(score, run).sentences).toContain('Over 100 training subsets the quality lies between 0.60 and 0.80 (5 to 95 %, resampling spread).');
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
