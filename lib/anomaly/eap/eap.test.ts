import { describe, expect, it } from 'vitest';
import { goldenInput, goldenNames } from '../golden/golden-data';
import { createMatrix, matrixFromRows, rowRange, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { eap } from './eap';
import { NEIGHBOURS, zones } from './explanation';
import { eapPresets } from './parameters';
import { densityFromRarity, posteriorMean } from './posterior';

const none: Matrix = { data: new Float64Array(0), rows: 0, cols: 2 };

function randomProblem(seed: number, n: number, m: number, l: number, d: number) {
  const random = createRandom(seed);
  const normal = (shift: number) => Float64Array.from({ length: d }, (_, j) => random.normal() + (j === 0 ? shift : 0));
  const labels = Uint8Array.from({ length: n }, (_, i) => (i < m ? 1 : 0));
  return {
    train: matrixFromRows(Array.from(labels, (label) => normal(3 * label))),
    labels,
    auxiliary: matrixFromRows(Array.from({ length: l }, (_, i) => normal([3, 0, 40][i % 3]!))),
  };
}

describe('the posterior mean', () => {
  const random = createRandom(11);
  const draws = Array.from({ length: 300 }, () => ({
    px: random.uniform() * 0.2,
    p: random.uniform(),
    n: 1 + random.integer(500),
    a0: random.uniform(),
  }));

  it('lies between the prior share and the probability', () => {
    for (const { px, p, n, a0 } of draws) {
      const phi = posteriorMean(px, p, n, a0, 1 - a0);
      expect(phi).toBeGreaterThanOrEqual(Math.min(a0, p) - 1e-12);
      expect(phi).toBeLessThanOrEqual(Math.max(a0, p) + 1e-12);
    }
  });

  it('grows with the probability, and with the density just when the probability exceeds the prior share', () => {
    for (const { px, p, n, a0 } of draws) {
      const phi = posteriorMean(px, p, n, a0, 1 - a0);
      expect(posteriorMean(px, Math.min(1, p + 0.1), n, a0, 1 - a0)).toBeGreaterThanOrEqual(phi);
      const denser = posteriorMean(px + 0.01, p, n, a0, 1 - a0);
      expect(Math.sign(denser - phi)).toBe(Math.sign(p - a0));
    }
  });

  it('orders the zones as Theorem 4.1 says when anomalies are the minority', () => {
    for (const { px, p, n, a0 } of draws.filter((draw) => draw.a0 < 0.5 && draw.px > 0)) {
      const realistic = posteriorMean(px, 0.5 + p / 2, n, a0, 1 - a0);
      const unrealistic = posteriorMean(0, p, n, a0, 1 - a0);
      const indistinguishable = posteriorMean(px, 0, n, a0, 1 - a0);
      expect(realistic).toBeGreaterThan(unrealistic);
      expect(unrealistic).toBeGreaterThan(indistinguishable);
    }
  });

  it('has density 0 outside all balls, also when no training point is covered', () => {
    expect(densityFromRarity(0, 3)).toBe(0);
    expect(densityFromRarity(0, 0)).toBe(0);
    expect(densityFromRarity(2, 0)).toBe(1);
  });
});

describe('EAP results', () => {
  it('give all uncovered rows exactly the same quality and call them unrealistic', async () => {
    const result = await eap(randomProblem(1, 120, 7, 60, 4), { seed: 2 });
    const uncovered = Array.from(result.density.keys()).filter((i) => result.density[i] === 0);
    expect(uncovered.length).toBeGreaterThan(15);
    expect(new Set(uncovered.map((i) => result.quality[i])).size).toBe(1);
    expect(result.quality[uncovered[0]!]).toBeCloseTo(7 / 120, 14);
    for (const i of uncovered) {
      expect(zones[result.explanation.zone[i]!]).toBe('unrealistic');
      expect(result.explanation.coveringSpheres[i]).toBe(0);
      expect(result.explanation.sphereGap[i]).toBeGreaterThan(0);
    }
  });

  it('explain each row by spheres and neighbours that brute force finds too', async () => {
    const { train, labels, auxiliary } = randomProblem(5, 90, 6, 45, 3);
    const result = await eap({ train, labels, auxiliary }, { seed: 1 });
    const { explanation: why } = result;
    const distance = (a: Matrix, i: number, b: Matrix, j: number) => Math.hypot(...[0, 1, 2].map((c) => a.data[i * 3 + c]! - b.data[j * 3 + c]!));
    const rows = Array.from({ length: 90 }, (_, j) => j);
    const radius = rows.map((i) => rows.filter((j) => j !== i).map((j) => distance(train, i, train, j)).sort((a, b) => a - b)[result.kHat - 1]!);
    for (let i = 0; i < 45; i += 1) {
      const to = rows.map((j) => distance(auxiliary, i, train, j));
      const covering = rows.filter((j) => to[j]! <= radius[j]! * (1 + 1e-9));
      const by = (list: number[], key: (j: number) => number) => list.reduce((best, j) => (key(j) < key(best) ? j : best));
      const sphere = covering.length > 0 ? by(covering, (j) => radius[j]!) : by(rows, (j) => to[j]! - radius[j]!);
      expect(why.coveringSpheres[i]).toBe(covering.length);
      expect(why.sphereCentre[i]).toBe(sphere);
      expect(why.sphereRadius[i]).toBeCloseTo(radius[sphere]!, 9);
      expect(why.sphereGap[i]).toBeCloseTo(to[sphere]! - radius[sphere]!, 9);
      const nearest = (label: number) => rows.filter((j) => labels[j] === label).sort((a, b) => to[a]! - to[b]!).slice(0, NEIGHBOURS);
      const own = [i * NEIGHBOURS, (i + 1) * NEIGHBOURS] as const;
      expect(Array.from(why.nearestNormals.slice(...own))).toEqual(nearest(0));
      expect(Array.from(why.nearestAnomalies.slice(...own))).toEqual(nearest(1));
      why.nearestAnomalyDistances.slice(...own).forEach((found, place) => expect(found).toBeCloseTo(to[nearest(1)[place]!]!, 9));
      why.nearestNormalDistances.slice(...own).forEach((found, place) => expect(found).toBeCloseTo(to[nearest(0)[place]!]!, 9));
    }
  });

  it('name as many neighbours as there are, and of equally near ones the first', async () => {
    const train = matrixFromRows([[0, 0], [1, 0], [-1, 0], [0, 1], [9, 9], [9, 8]]);
    const { explanation } = await eap({ train, labels: Uint8Array.of(0, 0, 0, 0, 1, 1), auxiliary: matrixFromRows([[0, 0]]) });
    expect(Array.from(explanation.nearestNormals)).toEqual([0, 1, 2, 3, -1]);
    expect(Array.from(explanation.nearestNormalDistances)).toEqual([0, 1, 1, 1, NaN]);
    expect(Array.from(explanation.nearestAnomalies)).toEqual([5, 4, -1, -1, -1]);
  });

  it('are the same for the same seed; another seed changes the forest', async () => {
    const problem = randomProblem(3, 60, 4, 9, 3);
    const first = await eap(problem, { seed: 8, subsets: 3 });
    expect(await eap(problem, { seed: 8, subsets: 3 })).toEqual(first);
    expect((await eap(problem, { seed: 9 })).quality).not.toEqual((await eap(problem, { seed: 8 })).quality);
  });

  it('summarise the subsets: the quality is their mean and the spread is ordered', async () => {
    const problem = randomProblem(3, 80, 6, 12, 3);
    const { quality, qualityOnePass, spread } = await eap(problem, { seed: 1, subsets: 20 });
    const onePass = await eap(problem, { seed: 1 });
    expect(qualityOnePass).toEqual(onePass.quality);
    expect(onePass.spread).toBeUndefined();
    expect(quality).toEqual(spread!.mean);
    quality.forEach((_, i) => {
      expect(spread!.p05[i]).toBeLessThanOrEqual(spread!.p50[i]!);
      expect(spread!.p50[i]).toBeLessThanOrEqual(spread!.p95[i]!);
    });
    expect(spread!.standardDeviation.some((sd) => sd > 0)).toBe(true);
  });

  it('of the subset that keeps all rows are those of the one pass', async () => {
    const input = goldenInput('gauss3');
    const result = await eap({ ...input, subsetMasks: [new Uint8Array(input.train.rows).fill(1)] });
    expect(result.quality).toEqual(result.qualityOnePass);
  });
});

describe('degenerate input', () => {
  const two = matrixFromRows([[0, 0], [1, 0], [0, 1], [2, 2]]);

  it('with two training rows has k-hat 1 and covers what lies between them', async () => {
    const train = matrixFromRows([[0, 0], [1, 0]]);
    const auxiliary = matrixFromRows([[0.5, 0], [0.5, 5]]);
    const result = await eap({ train, labels: Uint8Array.of(0, 1), auxiliary });
    expect(result.kHat).toBe(1);
    expect(Array.from(result.rarity)).toEqual([1, 0]);
    expect(result.quality[1]).toBe(0.5);
  });

  it('without auxiliary rows gives empty columns', async () => {
    const result = await eap({ train: two, labels: Uint8Array.of(0, 0, 0, 1), auxiliary: none }, { subsets: 2 });
    expect(result.quality.length).toBe(0);
    expect(result.spread!.p50.length).toBe(0);
  });

  it('without known anomalies has alpha0 = 0, quality 0 outside, and lambda = the largest score', async () => {
    const { train, auxiliary } = randomProblem(2, 50, 0, 9, 3);
    const result = await eap({ train, labels: new Uint8Array(50), auxiliary });
    expect(result.alpha0).toBe(0);
    expect(result.explanation.nearestAnomalies.every((i) => i === -1)).toBe(true);
    expect(result.quality[2]).toBe(0);
    expect(result.quality.every((q) => q >= 0 && q <= 1)).toBe(true);
  });

  it('of constant rows covers nothing: every quality is alpha0', async () => {
    const train = createMatrix(new Float64Array(20).fill(3), 10, 2);
    const result = await eap({ train, labels: Uint8Array.from({ length: 10 }, (_, i) => (i < 2 ? 1 : 0)), auxiliary: rowRange(train, 0, 3) });
    expect(Array.from(result.density)).toEqual([0, 0, 0]);
    expect(Array.from(result.quality)).toEqual([0.2, 0.2, 0.2]);
    expect(Array.from(result.explanation.sphereCentre)).toEqual([-1, -1, -1]);
  });

  it('an auxiliary copy of a training row lies in its ball', async () => {
    const input = goldenInput('gauss3');
    const result = await eap({ train: input.train, labels: input.labels, auxiliary: rowRange(input.train, 3, 4) });
    expect(result.density[0]).toBeGreaterThan(0);
    expect(result.explanation.nearestNormalDistances[0]).toBe(0);
  });

  it.each([
    ['one training row', { train: rowRange(two, 0, 1), labels: Uint8Array.of(0) }, {}, 'data.too_few_rows'],
    ['no column', { train: createMatrix([], 4, 0) }, {}, 'data.shape'],
    ['only anomalies with normal centres', { labels: Uint8Array.of(1, 1, 1, 1) }, eapPresets.released, 'data.too_few_rows'],
    ['one normal with normal centres', { labels: Uint8Array.of(0, 1, 1, 1) }, eapPresets.released, 'data.too_few_rows'],
    ['a NaN', { auxiliary: { data: Float64Array.of(0, NaN), rows: 1, cols: 2 } }, {}, 'data.not_finite'],
    ['an infinite value', { train: { data: Float64Array.of(0, 1, 2, 3, 4, 5, 6, Infinity), rows: 4, cols: 2 } }, {}, 'data.not_finite'],
    ['other columns', { auxiliary: createMatrix([1, 2, 3], 1, 3) }, {}, 'data.shape'],
    ['missing labels', { labels: Uint8Array.of(0, 1) }, {}, 'data.shape'],
    ['a label 2', { labels: Uint8Array.of(0, 1, 2, 0) }, {}, 'data.shape'],
    ['a wrong mask', { subsetMasks: [Uint8Array.of(1)] }, {}, 'data.shape'],
    ['a floor of 0', {}, { kFloor: 0 }, 'parameter.invalid'],
    ['a negative seed', {}, { seed: -1 }, 'parameter.invalid'],
    ['half a subset', {}, { subsets: 0.5 }, 'parameter.invalid'],
    ['no detector neighbours', {}, { detectorNeighbours: 0 }, 'parameter.invalid'],
    ['no trees', {}, { trees: 0 }, 'parameter.invalid'],
  ] as const)('with %s is refused', async (_name, change, parameters, code) => {
    const input = { train: two, labels: Uint8Array.of(0, 0, 0, 1), auxiliary: rowRange(two, 0, 1), ...change };
    await expect(eap(input, parameters)).rejects.toMatchObject({ name: 'NumericsError', code });
  });

  it.each(goldenNames)('only anomalies among all-row centres still gives numbers (%s)', async (name) => {
    const input = goldenInput(name);
    const { quality } = await eap({ ...input, labels: new Uint8Array(input.train.rows).fill(1) });
    expect(quality.every((q) => q >= 0 && q <= 1)).toBe(true);
  });
});

describe('a running EAP', () => {
  it('reports its steps and stops when cancelled from the progress listener', async () => {
    const problem = randomProblem(4, 700, 5, 20, 3);
    const steps = new Set<string>();
    const controller = new AbortController();
    await eap(problem, { trees: 5 }, { onProgress: (done, total, step) => (expect(done).toBeLessThanOrEqual(total), steps.add(step)) });
    expect([...steps]).toEqual(['detector', 'neighbours', 'spheres', 'auxiliary']);
    const seen: string[] = [];
    const run = eap(problem, { trees: 5 }, {
      signal: controller.signal,
      onProgress: (_done, _total, step) => {
        seen.push(step);
        if (step === 'neighbours') controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'job.cancelled' });
    expect(seen).toEqual(['detector', 'neighbours']);
  });
});
