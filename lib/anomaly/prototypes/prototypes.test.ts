import { describe, expect, it } from 'vitest';
import { detectorIds, fitDetector } from '../detectors/registry';
import golden from '../golden/selection.json';
import { kMeans } from '../clustering/k-means';
import { matrixFromRows, selectRows, type Matrix } from '../linalg/matrix';
import { rocAuc } from '../metrics/roc-auc';
import { createRandom } from '../random/generator';
import { evolveSubset } from './evolution';
import { fastAuroc } from './fast-auroc';
import { findPrototypes, randomSummary } from './find-prototypes';
import { equationThreeFitness, neighbourFitness, refittedFitness } from './fitness';
import { fitGaussianMixture, mixtureCoreSet } from './gaussian-mixture';
import { greedyOrder, singleAurocs } from './greedy';
import { longTail, neighbourPresence, refittedPresence } from './long-tail';
import { planPrototypes } from './prototype-options';
import { singleScores } from './single-scores';

function cloud(rows: number, shift: number, seed: number, cols = 4): Matrix {
  const { normal } = createRandom(seed);
  return matrixFromRows(Array.from({ length: rows }, () => Array.from({ length: cols }, (_, c) => normal() + (c === 0 ? shift : 0))));
}

function joined(...parts: readonly Matrix[]): Matrix {
  return matrixFromRows(parts.flatMap((part) => Array.from({ length: part.rows }, (_, i) => part.data.slice(i * part.cols, (i + 1) * part.cols))));
}

function labelled(normals: number, anomalies: number, seed: number) {
  return { points: joined(cloud(normals, 0, seed), cloud(anomalies, 2, seed + 1)), labels: new Uint8Array(normals + anomalies).fill(1, normals) };
}

/** All subsets of `count` of 0..size-1. */
function subsets(size: number, count: number, from = 0): number[][] {
  if (count === 0) return [[]];
  return Array.from({ length: size - from }, (_, i) => from + i).flatMap((first) => subsets(size, count - 1, first + 1).map((rest) => [first, ...rest]));
}

const normals = cloud(12, 0, 1);
const validation = labelled(9, 7, 2);

describe('fitness of a subset', () => {
  it('is Eq. 3 to the letter', async () => {
    const scores = await singleScores({ id: 'knn' }, normals, validation.points);
    const fitness = equationThreeFitness(scores, validation.labels);
    for (const members of subsets(12, 3).slice(0, 50)) {
      const expected = Array.from(validation.labels, (label, k) => Math.max(...members.map((j) => (label === 1 ? 1 : -1) * scores.data[j * scores.cols + k]!))).reduce((sum, value) => sum + value, 0);
      expect(fitness(Int32Array.from(members))).toBeCloseTo(expected, 10);
    }
  });

  it.each([1, 2, 3, 5])('from distances alone equals fitting k-NN with k = %i', async (k) => {
    const scores = await singleScores({ id: 'knn' }, normals, validation.points);
    const fast = neighbourFitness(scores, validation.labels, k);
    const slow = refittedFitness({ id: 'knn', parameters: { k } }, normals, validation, {});
    for (const members of [[3], [0, 5], [1, 2, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]]) {
      const rows = Int32Array.from(members);
      expect(fast(rows)).toBe(await slow(rows));
      const fit = await fitDetector('knn', selectRows(normals, members.length === 1 ? [members[0]!, members[0]!] : members), new Uint8Array(Math.max(2, members.length)), { k });
      expect(fast(rows)).toBeCloseTo(rocAuc(validation.labels, await fit.score(validation.points)), 14);
    }
  });

  it('counts ties half, as the other AUROC does', () => {
    const random = createRandom(6);
    for (let trial = 0; trial < 30; trial += 1) {
      const labels = Uint8Array.from({ length: 25 }, (_, i) => (i < 2 ? i : random.integer(2)));
      const scores = Float64Array.from(labels, () => random.integer(5));
      expect(fastAuroc(labels)(scores)).toBeCloseTo(rocAuc(labels, scores), 14);
    }
  });
});

describe('the evolutionary algorithm', () => {
  it.each([1, 2, 4])('finds the best subset of %i that brute force finds', async (count) => {
    const scores = await singleScores({ id: 'knn' }, normals, validation.points);
    for (const fitness of [equationThreeFitness(scores, validation.labels), neighbourFitness(scores, validation.labels, 3)]) {
      const best = Math.max(...subsets(12, count).map((members) => fitness(Int32Array.from(members))));
      const evolved = await evolveSubset(12, count, fitness, { seed: 1, population: 60, generations: 40 });
      expect(evolved.fitness).toBe(best);
      expect(new Set(evolved.members).size).toBe(count);
      expect(evolved.fitness).toBe(fitness(evolved.members));
    }
  });

  it('never gets worse, repeats for a seed, and takes all where all are wanted', async () => {
    const fitness = (members: Int32Array) => members.reduce((sum, member) => sum + Math.sin(member * 7), 0);
    const once = await evolveSubset(200, 6, fitness, { seed: 3, population: 30, generations: 25 });
    once.history.forEach((value, i) => expect(value).toBeGreaterThanOrEqual(once.history[i - 1] ?? -Infinity));
    expect(await evolveSubset(200, 6, fitness, { seed: 3, population: 30, generations: 25 })).toEqual(once);
    expect(await evolveSubset(200, 6, async (members) => fitness(members), { seed: 3, population: 30, generations: 25 })).toEqual(once);
    expect([...(await evolveSubset(5, 5, fitness, { seed: 1, population: 4, generations: 3 })).members]).toEqual([0, 1, 2, 3, 4]);
  });

  it('changes only with the order of the fitness, not with its scale', async () => {
    const fitness = (members: Int32Array) => members.reduce((sum, member) => sum + Math.sin(member * 7), 0);
    const options = { seed: 9, population: 20, generations: 10 };
    const plain = await evolveSubset(50, 4, fitness, options);
    expect((await evolveSubset(50, 4, (members) => Math.exp(fitness(members)), options)).members).toEqual(plain.members);
  });

  it('tells its progress and can be cancelled', async () => {
    const seen: number[] = [];
    const controller = new AbortController();
    const onProgress = (done: number) => {
      seen.push(done);
      if (done === 20) controller.abort();
    };
    const run = evolveSubset(50, 4, (members) => members[0]!, { seed: 1, population: 10, generations: 1000 }, { onProgress, signal: controller.signal });
    await expect(run).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(seen.length).toBeLessThan(30);
  });

  it('refuses sizes and settings that make no sense', async () => {
    for (const count of [0, 6, 1.5]) await expect(evolveSubset(5, count, () => 0, { seed: 1 })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(evolveSubset(5, 2, () => 0, { seed: 1, population: 1 })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(evolveSubset(5, 2, () => 0, { seed: 1, generations: -1 })).rejects.toMatchObject({ code: 'parameter.invalid' });
  });
});

it('greedy selection orders normals by their AUROC alone, the first of equals ahead', async () => {
  const scores = await singleScores({ id: 'knn' }, normals, validation.points);
  const alone = singleAurocs(scores, validation.labels);
  alone.forEach((auroc, j) => expect(auroc).toBeCloseTo(rocAuc(validation.labels, scores.data.subarray(j * 16, (j + 1) * 16)), 14));
  expect([...greedyOrder(Float64Array.of(0.5, 0.9, 0.5, 1))]).toEqual([3, 1, 0, 2]);
});

it.each(detectorIds)('%s can be trained with a single normal', async (id) => {
  const table = await singleScores({ id, parameters: { seed: 1 } }, selectRows(normals, [0, 5]), validation.points);
  expect([table.rows, table.cols]).toEqual([2, 16]);
  expect(table.data.every(Number.isFinite)).toBe(true);
});

describe('the core-set of a Gaussian mixture', () => {
  const { points, labels, means, weights, variances, log_likelihood, iterations } = golden.mixture;

  it('runs the EM steps of the reference', async () => {
    const fitted = await fitGaussianMixture(matrixFromRows(points), labels, 3, { steps: iterations, tolerance: -Infinity });
    means.flat().forEach((value, i) => expect(fitted.means.data[i]!).toBeCloseTo(value, 10));
    variances.flat().forEach((value, i) => expect(fitted.variances.data[i]!).toBeCloseTo(value, 10));
    weights.forEach((value, i) => expect(fitted.weights[i]!).toBeCloseTo(value, 10));
    expect(fitted.logLikelihoods.at(-1)!).toBeCloseTo(log_likelihood, 10);
    // All but the floor of the variances never lets the likelihood fall.
    fitted.logLikelihoods.forEach((value, i) => expect(value).toBeGreaterThan((fitted.logLikelihoods[i - 1] ?? -Infinity) - 1e-6));
  });

  it('takes a normal out of every heap, the heaviest first, without labels', async () => {
    const heaps = joined(...[5, 9, 7].map((rows, i) => ({ ...cloud(rows, 0, 30 + i), data: cloud(rows, 0, 30 + i).data.map((x) => 0.1 * x + 20 * i) })));
    const core = await mixtureCoreSet(heaps, 3, { seed: 2 });
    expect([...core].map((row) => (row < 5 ? 0 : row < 14 ? 1 : 2))).toEqual([1, 2, 0]);
    const { clusterOf } = kMeans(heaps, { clusters: 3, seed: 5 });
    expect(new Set([...core].map((row) => clusterOf[row])).size).toBe(3);
  });

  it('gives M different normals, even of equal ones, and all when all are wanted', async () => {
    const equal = matrixFromRows(Array.from({ length: 6 }, () => [1, 2]));
    expect(new Set(await mixtureCoreSet(equal, 4, { seed: 1 })).size).toBe(4);
    expect([...(await mixtureCoreSet(normals, 12, { seed: 1 }))].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    await expect(mixtureCoreSet(normals, 13, { seed: 1 })).rejects.toMatchObject({ code: 'parameter.invalid' });
  });
});

describe('the long tail', () => {
  it('from neighbours equals leaving out and fitting anew', async () => {
    const scores = await singleScores({ id: 'knn' }, normals, validation.points);
    for (const k of [1, 3]) {
      const fast = await neighbourPresence(scores, validation.labels, k);
      const slow = await refittedPresence({ id: 'knn', parameters: { k } }, normals, validation);
      fast.forEach((value, i) => expect(value).toBeCloseTo(slow[i]!, 12));
      expect(fast.some((value) => value !== 0)).toBe(true);
    }
  });

  it('begins with a mislabelled normal', async () => {
    const apart = { points: joined(cloud(20, 0, 70), cloud(15, 4, 71)), labels: new Uint8Array(35).fill(1, 20) };
    const spoilt = joined(normals, matrixFromRows([[4, 0, 0, 0]]));
    const detector = { id: 'knn', parameters: { k: 1 } } as const;
    const { tail } = await findPrototypes({ normals: spoilt, validation: apart, test: null }, { seed: 1, detector, sizes: [2], methods: ['greedy'], randomDraws: 0 });
    expect(tail[0]!.row).toBe(12);
    expect(tail[0]!.presence).toBeLessThan(0);
    expect(tail).toHaveLength(13);
  });

  it('puts the one that is worst alone ahead of equals', () => {
    expect(longTail(Float64Array.of(0.9, 0.4, 0.7), Float64Array.of(0, 0, -0.1)).map(({ row }) => row)).toEqual([2, 1, 0]);
  });
});

describe('prototypes', () => {
  const test = labelled(10, 9, 50);

  it('come for every method and size with random subsets and full training beside them', async () => {
    const result = await findPrototypes({ normals, validation, test }, { seed: 4, sizes: [1, 3, 40], population: 20, generations: 5 });
    expect(result.plan.sizes).toEqual([1, 3]);
    expect(result.chosen.map(({ method, size }) => `${method} ${size}`)).toEqual(['greedy 1', 'greedy 3', 'evolution 1', 'evolution 3', 'core-set 1', 'core-set 3']);
    for (const { members, size } of result.chosen) expect(new Set(members).size).toBe(size);
    const fit = await fitDetector('knn', normals, new Uint8Array(12));
    expect(result.full.test).toBeCloseTo(rocAuc(test.labels, await fit.score(test.points)), 14);
    expect(result.random.map(({ size, draws }) => [size, draws.length])).toEqual([[1, 10], [3, 10]]);
    const { mean, standardDeviation } = randomSummary(result.random[0]!, 'test')!;
    expect(mean).toBeCloseTo(result.random[0]!.draws.reduce((sum, draw) => sum + draw.test! / 10, 0), 12);
    expect(standardDeviation).toBeGreaterThan(0);
    expect(result.chosen[0]!.validation).toBe(Math.max(...result.tail.map(({ alone }) => alone)));
    expect(await findPrototypes({ normals, validation, test }, { seed: 4, sizes: [1, 3, 40], population: 20, generations: 5 })).toEqual(result);
  });

  it('by AUROC are at least as good on the validation set as any random subset', async () => {
    const { chosen, random } = await findPrototypes({ normals, validation, test }, { seed: 4, sizes: [4], methods: ['evolution'], fitness: 'auroc', population: 60, generations: 40, longTail: false });
    expect(chosen[0]!.validation).toBeGreaterThanOrEqual(Math.max(...random[0]!.draws.map((draw) => draw.validation!)));
  });

  it('need no labels for the core-set, and labels for all else', async () => {
    const result = await findPrototypes({ normals, validation: null, test }, { seed: 1, sizes: [2] });
    expect(result.chosen).toMatchObject([{ method: 'core-set', validation: null }]);
    expect(result.tail).toEqual([]);
    await expect(findPrototypes({ normals, validation: null, test }, { seed: 1, methods: ['greedy'] })).rejects.toMatchObject({ code: 'parameter.invalid' });
    await expect(findPrototypes({ normals, validation: { ...validation, labels: new Uint8Array(16) }, test: null }, { seed: 1 })).rejects.toMatchObject({ code: 'data.one_class' });
  });

  it('of a detector that is fitted for every subset', async () => {
    const options = { seed: 1, detector: { id: 'mahalanobis' }, sizes: [3], fitness: 'auroc', methods: ['evolution', 'greedy'] } as const;
    expect(planPrototypes(options, 12, true)).toMatchObject({ population: 20, generations: 10 });
    expect(planPrototypes({ ...options, fitness: 'equation-3' }, 12, true)).toMatchObject({ population: 1000, generations: 500 });
    const { chosen, tail } = await findPrototypes({ normals, validation, test: null }, options);
    expect(chosen).toHaveLength(2);
    expect(chosen[0]!.validation).toBe(chosen[0]!.history.at(-1));
    expect(tail).toHaveLength(12);
  });

  it('can be cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(findPrototypes({ normals, validation, test }, { seed: 1 }, { signal: controller.signal })).rejects.toMatchObject({ code: 'job.cancelled' });
  });
});
