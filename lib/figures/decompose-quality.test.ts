import { describe, expect, it } from 'vitest';
import { posteriorMean } from '@/lib/anomaly/eap/posterior';
import type { Run, RunSummary } from '@/lib/api/contracts/runs';
import { qualityParts, qualitySentence } from './decompose-quality';

const summary: RunSummary = { normals: 360, anomalies: 40, auxiliary: 100, kHat: 5, lambda: 1, alpha0: 0.1, beta0: 0.9, spheres: 400, typicalRadius: 1, zones: null, aucQlt: null, knnAuroc: null, seconds: 1 };
const run: Pick<Run, 'evaluator' | 'preset' | 'parameters' | 'summary'> = { evaluator: 'EAP', preset: 'paper', parameters: { posteriorRows: 'all' }, summary };
const numbersOf = (sentence: string) => [...sentence.matchAll(/\d+\.\d{3}(?!\d)/g)].map(Number);

describe('the parts of a quality', () => {
  it.each([[0.01, 0.9], [0.3, 0.02], [1e-5, 0.5], [0, 1], [0.004, 0]])('add up to the quality at density %d and probability %d', (density, probability) => {
    const parts = qualityParts({ density, probability }, run)!;
    expect(parts.fromPrior + parts.fromEvidence).toBeCloseTo(posteriorMean(density, probability, 400, 0.1, 0.9), 12);
    const both = (parts.prior * parts.priorWeight + parts.probability * parts.evidenceWeight) / (parts.priorWeight + parts.evidenceWeight);
    expect(both).toBeCloseTo(parts.fromPrior + parts.fromEvidence, 12);
  });

  it('leave real anomalies out of n where the run did', () => {
    const quality = posteriorMean(0.01, 0.9, 360, 0.1, 0.9);
    for (const own of [{ ...run, parameters: { posteriorRows: 'normals' } }, { ...run, preset: 'released', parameters: {} }]) {
      const parts = qualityParts({ density: 0.01, probability: 0.9 }, own)!;
      expect(parts.fromPrior + parts.fromEvidence).toBeCloseTo(quality, 12);
    }
  });

  it('are not claimed of other evaluators, nor where one is missing', () => {
    expect(qualityParts({ density: 0.1, probability: 0.9 }, { ...run, evaluator: 'LAVA' })).toBeNull();
    expect(qualityParts({ density: null, probability: 0.9 }, run)).toBeNull();
    expect(qualityParts({ density: 0.1, probability: 0.9 }, { ...run, summary: null })).toBeNull();
  });
});

describe('the sentence about a quality', () => {
  const of = (density: number, probability: number) => qualitySentence({ quality: posteriorMean(density, probability, 400, 0.1, 0.9), density, probability, spread: null }, run)!;

  it('says how much is prior and how much the detector', () => {
    expect(of(0.01, 0.9)).toBe(
      'The quality 0.740 is 0.020 from the prior share of anomalies (0.100, counted as 1.00 of 5.00 observations, 20 %) plus 0.720 from the detector’s probability (0.900, counted as 400 training samples × density 0.0100 = 4.00, 80 %).',
    );
  });

  it('states parts that add up to the stated quality, however they round', () => {
    for (let i = 1; i < 400; i += 1) {
      const [whole, prior, , evidence] = numbersOf(of(i / 7000, (i % 97) / 97).replaceAll(/density [\d.e-]+ = [\d.]+/g, '').replaceAll(/as [\d.]+ of [\d.]+/g, ''));
      expect(prior! + evidence!).toBeCloseTo(whole!, 9);
      expect(whole!).toBeCloseTo(posteriorMean(i / 7000, (i % 97) / 97, 400, 0.1, 0.9), 3);
    }
  });

  it('says that outside every sphere only the prior is left', () => {
    expect(of(0, 0.99)).toBe('The quality 0.100 is the prior share of anomalies alone: with density 0 the detector’s probability counts for nothing.');
  });

  it('tells the mean over subsets from the one pass that the parts belong to', () => {
    const sentence = qualitySentence({ quality: 0.7, density: 0.01, probability: 0.9, spread: { sd: 0.1, p05: 0.5, p50: 0.7, p95: 0.8, subsets: 100 } }, run);
    expect(sentence).toMatch(/^One pass over all training samples gives 0\.740, which is 0\.020 from .*; the quality 0\.700 is the mean over 100 training subsets\.$/);
  });
});
