import { describe, expect, it } from 'vitest';
import { goldenInput, largestDifference } from '../golden/golden-data';
import forestGolden from '../golden/iforest.json';
import squashGolden from '../golden/squash.json';
import ssdoGolden from '../golden/ssdo.json';
import { crossDistances, selfDistances } from '../linalg/distances';
import { matrixFromRows } from '../linalg/matrix';
import { fitIsolationForest, isolationScores, scaleToFittingRange, toSinglePrecision, type IsolationForest } from './isolation-forest';
import { averagePathLength } from './isolation-tree';
import { fitLambda, squash } from './squash';
import { fitSsdo, scoreSsdo } from './ssdo';

describe('squashing scores to probabilities, against the reference', () => {
  const train = Float64Array.from(squashGolden.train_scores);

  it.each(squashGolden.cases)('contamination $contamination', (c) => {
    const whole = fitLambda(train, c.contamination, 'integer_percentile');
    const exact = fitLambda(train, c.contamination);
    expect(Math.abs(whole - c.lambda_int)).toBeLessThan(1e-10);
    expect(Math.abs(exact - c.lambda_exact)).toBeLessThan(1e-10);
    expect(largestDifference(squashGolden.query_scores.map((s) => squash(s, whole)), c.prob_int)).toBeLessThan(1e-10);
    expect(largestDifference(squashGolden.query_scores.map((s) => squash(s, exact)), c.prob_exact)).toBeLessThan(1e-10);
    expect(train.filter((s) => squash(s, exact) > 0.5).length).toBe(c.n_train_above_half_exact);
  });

  it('takes the limit at lambda 0', () => {
    expect(squash(0, 0)).toBe(0);
    expect(squash(1e-9, 0)).toBe(1);
  });
});

describe('SSDO against the reference', () => {
  it.each(ssdoGolden.cases)('$dataset, k = $k, alpha = $alpha', async (c) => {
    const { train, labels, auxiliary, prior } = goldenInput(c.dataset);
    const model = await fitSsdo(selfDistances(train), labels, prior.train, { neighbours: c.k, alpha: c.alpha });
    const scores = await scoreSsdo(model, crossDistances(auxiliary, train), prior.auxiliary);
    expect(Math.abs(model.eta - c.eta)).toBeLessThan(1e-10);
    expect(largestDifference(model.trainScores, c.score_train)).toBeLessThan(1e-10);
    expect(largestDifference(scores, c.score_aux)).toBeLessThan(1e-10);
    const whole = fitLambda(model.trainScores, c.contamination, 'integer_percentile');
    const exact = fitLambda(model.trainScores, c.contamination);
    expect(Math.abs(whole - c.lambda_int)).toBeLessThan(1e-10);
    expect(Math.abs(exact - c.lambda_exact)).toBeLessThan(1e-10);
    expect(largestDifference(scores.map((s) => squash(s, whole)), c.prob_aux_int)).toBeLessThan(1e-10);
    expect(largestDifference(scores.map((s) => squash(s, exact)), c.prob_aux_exact)).toBeLessThan(1e-10);
  });
});

describe('isolation forest against the reference', () => {
  const train = toSinglePrecision(matrixFromRows(forestGolden.X));
  const queries = toSinglePrecision(matrixFromRows(forestGolden.X_query));

  it('has the reference mean path lengths', () => {
    for (const [n, expected] of forestGolden.c_of_n) expect(Math.abs(averagePathLength(n!) - expected!)).toBeLessThan(1e-10);
  });

  it('scores fixed trees as the reference does', () => {
    const forest: IsolationForest = {
      sampleSize: forestGolden.max_samples,
      trees: forestGolden.trees.map((tree) => ({
        left: Int32Array.from(tree.left),
        right: Int32Array.from(tree.right),
        column: Int32Array.from(tree.feature),
        threshold: Float64Array.from(tree.threshold),
        size: Int32Array.from(tree.n_node_samples),
      })),
    };
    const fitting = isolationScores(forest, train);
    const scores = isolationScores(forest, queries);
    expect(largestDifference(fitting, forestGolden.score_train)).toBeLessThan(1e-10);
    expect(largestDifference(scores, forestGolden.score_query)).toBeLessThan(1e-10);
    expect(largestDifference(scaleToFittingRange(scores, fitting), forestGolden.prior_query)).toBeLessThan(1e-10);
  });

  it('grows forests whose scores lie in the band of the reference seeds', () => {
    const band = forestGolden.band_100_trees;
    const runs = 40;
    const mean = new Float64Array(band.mean.length);
    for (let seed = 0; seed < runs; seed += 1) {
      const forest = fitIsolationForest(train, { trees: 100, sampleSize: band.max_samples, seed });
      const scores = [...isolationScores(forest, train), ...isolationScores(forest, queries)];
      scores.forEach((score, i) => (mean[i]! += score / runs));
    }
    mean.forEach((value, i) => {
      expect(Math.abs(value - band.mean[i]!)).toBeLessThan(5 * band.sd[i]! * Math.sqrt(1 / runs + 1 / band.n_seeds));
    });
  });

  it('is the same for the same seed and another for another', () => {
    const scoresOf = (seed: number) => isolationScores(fitIsolationForest(train, { trees: 10, sampleSize: 256, seed }), queries);
    expect(scoresOf(5)).toEqual(scoresOf(5));
    expect(scoresOf(5)).not.toEqual(scoresOf(6));
  });

  it('gives constant data one score and the prior 0', () => {
    const constant = toSinglePrecision(matrixFromRows([[1, 2], [1, 2], [1, 2]]));
    const scores = isolationScores(fitIsolationForest(constant, { trees: 5, sampleSize: 256, seed: 1 }), constant);
    expect(new Set(scores).size).toBe(1);
    expect(Array.from(scaleToFittingRange(scores, scores))).toEqual([0, 0, 0]);
  });
});
