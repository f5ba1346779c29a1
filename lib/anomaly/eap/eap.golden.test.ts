import { describe, expect, it } from 'vitest';
import { goldenCentres, goldenInput, largestDifference } from '../golden/golden-data';
import density from '../golden/density.json';
import golden from '../golden/eap.json';
import band from '../golden/e2e_band.json';
import khat from '../golden/khat.json';
import { betaQuantile } from '../distributions/beta';
import { rocAuc } from '../metrics/roc-auc';
import { selectRows } from '../linalg/matrix';
import { eap } from './eap';
import { estimateK, kFromSum } from './k-hat';
import { eapPresets, type EapParameters } from './parameters';

describe('k-hat against the reference', () => {
  it.each(khat.beta)('Beta quantile for m = $m, sum $sum_scaled, $n_centers centres', (c) => {
    expect(Math.abs(betaQuantile(0.95, c.a, c.b) - c.ppf95)).toBeLessThan(1e-10);
    expect(kFromSum(c.sum_scaled, c.m, c.n_centers, c.k_floor)).toBe(c.k_hat);
  });

  it.each(khat.cases)('$dataset, centres $centers, $ball balls, floor $k_floor ($source)', async (c) => {
    expect(estimateK(c.k_values, c.n_centers, c.k_floor)).toBe(c.k_hat);
    const input = goldenInput(c.dataset);
    const result = await eap(input, { centres: c.centers, ball: c.ball, kFloor: c.k_floor } as Partial<EapParameters>);
    expect(Array.from(result.coveringRanks)).toEqual(c.k_values);
    expect(result.centres).toBe(c.n_centers);
    expect(result.kHat).toBe(c.k_hat);
  });
});

describe('density against the reference', () => {
  it.each(density.cases)('$dataset: $source', async (c) => {
    const released = c.source.startsWith('original');
    const parameters = released ? { ...eapPresets.released, subsets: 0 } : eapPresets.paper;
    const result = await eap(goldenInput(c.dataset), parameters);
    expect(result.kHat).toBe(c.k_hat);
    expect(largestDifference(result.density, c.density)).toBeLessThan(1e-10);
    if (c.sum_inverse_train !== undefined) expect(Math.abs(result.sumInverse - c.sum_inverse_train)).toBeLessThan(1e-9);
    if (c.rarity_aux !== undefined) expect(largestDifference(result.rarity, c.rarity_aux)).toBeLessThan(1e-10);
  });
});

type EapCase = (typeof golden.cases)[number];

function parametersOf(c: EapCase): Partial<EapParameters> {
  return {
    centres: c.centers,
    densityRows: c.centers,
    ball: c.ball,
    kFloor: c.k_floor,
    detectorNeighbours: c.k_ssdo,
    alpha0: c.alpha0,
  } as Partial<EapParameters>;
}

describe('EAP of the paper against the reference', () => {
  const cases = golden.cases.filter((c) => c.variant === 'paper');

  it.each(cases.map((c, i) => [c.dataset, c.centers, c.ball, c.alpha0, i, c] as const))('%s, centres %s, %s, alpha0 %d (%d)', async (...args) => {
    const c = args[5];
    const input = goldenInput(c.dataset);
    const result = await eap(input, parametersOf(c));
    expect(largestDifference(result.quality, c.phi!)).toBeLessThan(1e-10);
    if (c.prob === undefined) return;
    expect(result.kHat).toBe(c.k_hat);
    expect(Math.abs(result.eta - c.eta!)).toBeLessThan(1e-10);
    expect(Math.abs(result.lambda - c.lam!)).toBeLessThan(1e-10);
    expect(largestDifference(result.probability, c.prob)).toBeLessThan(1e-10);
    expect(largestDifference(result.rarity, c.rarity_aux!)).toBeLessThan(1e-10);
    expect(largestDifference(result.density, c.density!)).toBeLessThan(1e-10);
    expect(largestDifference(result.density, c.Px!)).toBeLessThan(1e-10);
    expect(largestDifference(result.probability, c.Pyx!)).toBeLessThan(1e-10);
    const sum = result.probability.map((p, i) => p + input.train.rows * result.density[i]!);
    expect(largestDifference(sum, c.Pyx_plus_nPx!)).toBeLessThan(1e-9);
  });
});

describe('EAP without training anomalies against the reference', () => {
  it.each(golden.cases.filter((c) => c.variant.includes('m=0')).map((c) => [c.dataset, c] as const))('%s', async (_name, c) => {
    const input = goldenInput(c.dataset);
    const normals = goldenCentres(input.labels, 'normals');
    const prior = { train: Float64Array.from(normals, (i) => input.prior.train[i]!), auxiliary: input.prior.auxiliary };
    const train = selectRows(input.train, normals);
    const result = await eap({ train, labels: new Uint8Array(train.rows), auxiliary: input.auxiliary, prior }, parametersOf(c));
    expect(result.kHat).toBe(c.k_hat);
    expect(Math.abs(result.lambda - c.lam!)).toBeLessThan(1e-10);
    expect(largestDifference(result.density, c.density!)).toBeLessThan(1e-10);
    expect(largestDifference(result.probability, c.prob!)).toBeLessThan(1e-10);
    expect(largestDifference(result.quality, c.phi!)).toBeLessThan(1e-10);
  });
});

describe('the released program', () => {
  const released = (c: EapCase) => ({ ...eapPresets.released, kFloor: c.k_floor ?? 5, detectorNeighbours: c.k_ssdo });

  it.each(golden.cases.filter((c) => c.variant.includes('fixed subsets')).map((c) => [c.dataset, c] as const))('fixed subsets on %s', async (_n, c) => {
    const masks = c.masks!.map((mask) => Uint8Array.from(mask));
    const result = await eap({ ...goldenInput(c.dataset), subsetMasks: masks }, released(c));
    expect(largestDifference(result.quality, c.phi_ref!)).toBeLessThan(1e-10);
    expect(largestDifference(result.quality, c.phi_original!)).toBeLessThan(1e-6);
  });

  it.each(golden.cases.filter((c) => c.variant.startsWith('released Pyx')).map((c) => [c.dataset, c] as const))('Pyx + n Px on %s', async (_n, c) => {
    const input = goldenInput(c.dataset);
    const result = await eap(input, { ...released(c), subsets: 0 });
    const sum = result.probability.map((p, i) => p + input.train.rows * result.density[i]!);
    expect(largestDifference(sum, c.values!)).toBeLessThan(1e-6);
  });
});

describe('EAP with real forests', () => {
  const runs = 10;

  it.each(band.cases)('lies in the band of 40 reference seeds on $dataset', async (c) => {
    const { train, labels, auxiliary } = goldenInput(c.dataset);
    const mean = new Float64Array(auxiliary.rows);
    for (let seed = 1; seed <= runs; seed += 1) {
      const { quality } = await eap({ train, labels, auxiliary }, { seed });
      quality.forEach((value, i) => (mean[i]! += value / runs));
      const realistic = Uint8Array.from(quality, (_, i) => (i < c.first_aux_realistic ? 1 : 0));
      expect(rocAuc(realistic, quality)).toBeGreaterThanOrEqual(c.auc_min);
    }
    mean.forEach((value, i) => {
      const width = 5 * c.phi_sd[i]! * Math.sqrt(1 / runs + 1 / band.n_seeds) + 1e-12;
      expect(Math.abs(value - c.phi_mean[i]!)).toBeLessThanOrEqual(width);
    });
  });
});
