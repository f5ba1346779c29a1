import { describe, expect, it } from 'vitest';
import { toSinglePrecision } from '../detectors/isolation-forest';
import curve from '../golden/learning_curve_svc.json';
import band from '../golden/rf_band.json';
import { matrixFromRows } from '../linalg/matrix';
import { forestAnomalyShares, forestPredictions } from './random-forest';
import { rankColumns } from './ranked-columns';

const RUNS = 120;

/** A mean over R runs lies within 5 sd sqrt(1/R + 1/seeds) of the reference mean. */
const within = (sd: number) => 5 * sd * Math.sqrt(1 / RUNS + 1 / band.n_seeds);

describe('random forest against the reference over many seeds', () => {
  const rows = [...curve.X_train, ...curve.X_aux.slice(0, 5)];
  const labels = Uint8Array.from({ length: rows.length }, (_, i) => (i >= curve.X_train.length || curve.y_train[i] === 1 ? 1 : 0));
  const columns = rankColumns(matrixFromRows(rows));
  const queries = toSinglePrecision(matrixFromRows(curve.X_test));
  const members = Int32Array.from({ length: rows.length }, (_, i) => i);
  const runs = Array.from({ length: RUNS }, (_, seed) => forestAnomalyShares(columns, members, labels, queries, { trees: 100, seed }));
  const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('has the mean share of every test row', () => {
    band.prob_mean.forEach((expected, i) => {
      const mean = meanOf(runs.map((shares) => shares[i]!));
      // a row that got no vote in 4,000 reference trees may get one in ours
      expect(Math.abs(mean - expected)).toBeLessThan(within(Math.max(band.prob_sd[i]!, 0.0016)));
    });
  });

  it('has as much spread between seeds', () => {
    const ratios = band.prob_sd.flatMap((sd, i) => {
      const mean = meanOf(runs.map((shares) => shares[i]!));
      return sd < 0.02 ? [] : [Math.sqrt(meanOf(runs.map((shares) => (shares[i]! - mean) ** 2))) / sd];
    });
    // each ratio errs by 1/sqrt(2 * 39) = 0.11 for the 40 reference seeds alone
    expect(Math.abs(meanOf(ratios) - 1)).toBeLessThan(0.15);
    expect(ratios.length).toBeGreaterThan(8);
  });

  it('has the accuracy', () => {
    const accuracy = meanOf(runs.map((shares) => meanOf(Array.from(forestPredictions(shares), (p, i) => (p === (curve.y_test[i] === 1 ? 1 : 0) ? 1 : 0)))));
    expect(Math.abs(accuracy - band.accuracy.mean)).toBeLessThan(within(band.accuracy.sd));
  });
});
