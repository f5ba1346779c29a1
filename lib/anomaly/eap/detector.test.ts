import { describe, expect, it } from 'vitest';
import { detectorIds, fitDetector } from '../detectors/registry';
import { fitLambda, squash } from '../detectors/squash';
import { goldenInput } from '../golden/golden-data';
import ssdoGolden from '../golden/ssdo.json';
import { eap } from './eap';
import { posteriorMean } from './posterior';

const { train, labels, auxiliary } = goldenInput(ssdoGolden.cases[0]!.dataset);
const input = { train, labels, auxiliary };
const others = detectorIds.filter((id) => id !== 'ssdo');

describe("EAP with another detector's score", () => {
  it('says nothing new by default', async () => {
    expect(await eap(input, { detector: 'ssdo' })).toEqual(await eap(input));
  });

  it.each(others)('%s: score, lambda and posterior follow from the definition; density stays', async (detector) => {
    const result = await eap(input, { detector, seed: 3 });
    const fit = await fitDetector(detector, train, labels, { seed: 3 });
    const scores = await fit.score(auxiliary);
    expect(result.detectorScore).toEqual(scores);
    const trained = await fit.trainScores();
    const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    expect(result.lambda).toBe(fitLambda(trained, share));
    const plain = await eap(input, { seed: 3 });
    expect(result.density).toEqual(plain.density);
    scores.forEach((score, i) => {
      const probability = squash(score, result.lambda);
      expect(result.probability[i]).toBe(probability);
      expect(result.quality[i]).toBe(posteriorMean(result.density[i]!, probability, labels.length, share, 1 - share));
    });
  });

  it('takes scores from outside, of patch features say', async () => {
    const given = { train: new Float64Array(train.rows).fill(2), auxiliary: new Float64Array(auxiliary.rows).fill(4) };
    const result = await eap({ ...input, detectorScores: given }, { detector: 'patchcore' });
    expect(result.lambda).toBe(2);
    expect(result.probability.every((value) => value === 1 - 2 ** -4)).toBe(true);
    await expect(eap({ ...input, detectorScores: { ...given, train: new Float64Array(1) } }, { detector: 'knn' })).rejects.toThrow(/1 detector scores/);
  });

  it('fits the detector anew on each subset', async () => {
    const once = await eap(input, { detector: 'knn', subsets: 0 });
    const often = await eap(input, { detector: 'knn', subsets: 4 });
    expect(often.qualityOnePass).toEqual(once.quality);
    expect(often.spread!.standardDeviation.some((value) => value > 0)).toBe(true);
  });

  it('refuses a detector it does not know', async () => {
    await expect(eap(input, { detector: 'oracle' as never })).rejects.toThrow(/must be one of ssdo, knn/);
  });
});
