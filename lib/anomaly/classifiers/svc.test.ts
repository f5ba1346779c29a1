import { describe, expect, it } from 'vitest';
import { largestDifference } from '../golden/golden-data';
import { crossDistances, selfDistances } from '../linalg/distances';
import { createMatrix, matrixFromRows, selectRows, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { shuffle } from '../random/sampling';
import { rowMoments, scaleGamma, svcDefaults, SvcTrainer } from './svc';

const everyRow = (n: number) => Int32Array.from({ length: n }, (_, i) => i);
const tight = { ...svcDefaults, tolerance: 1e-9 };

function clouds(n: number, seed: number): { points: Matrix; labels: Uint8Array } {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: n }, (_, i) => (i % 4 === 0 ? 1 : 0));
  return { labels, points: matrixFromRows(Array.from(labels, (label) => [random.normal() + label, random.normal() + label, random.normal()])) };
}

async function distancesOf(points: Matrix): Promise<Float64Array> {
  return Float64Array.from(await selfDistances(points).block(0, points.rows));
}

describe('support vector classifier', async () => {
  const { points, labels } = clouds(90, 1);
  const gamma = scaleGamma(rowMoments(points), everyRow(90));
  const queries = clouds(50, 2).points;
  const distances = await distancesOf(points);
  const queryDistances = Float64Array.from(await crossDistances(queries, points).block(0, 50));
  const trainer = new SvcTrainer(distances, labels);

  it('satisfies the optimality conditions within the tolerance', () => {
    for (const tolerance of [1e-3, 1e-6]) {
      const model = trainer.fit(everyRow(90), gamma, { cost: 1, tolerance });
      const decisions = trainer.decide(model, distances);
      const signed = model.alpha.reduce((sum, a, i) => sum + (labels[i] === 1 ? a : -a), 0);
      expect(Math.abs(signed)).toBeLessThan(1e-12);
      model.alpha.forEach((alpha, i) => {
        const margin = (labels[i] === 1 ? 1 : -1) * decisions[i]!;
        expect(alpha >= 0 && alpha <= 1).toBe(true);
        if (alpha < 1) expect(margin).toBeGreaterThan(1 - tolerance);
        if (alpha > 0) expect(margin).toBeLessThan(1 + tolerance);
      });
    }
  });

  it('does not depend on the order of the training rows', async () => {
    const order = shuffle(everyRow(90), createRandom(5));
    const other = new SvcTrainer(await distancesOf(selectRows(points, order)), labels.map((_, i) => labels[order[i]!]!));
    const otherQueries = await crossDistances(queries, selectRows(points, order)).block(0, 50);
    const expected = trainer.decide(trainer.fit(everyRow(90), gamma, tight), queryDistances);
    expect(largestDifference(other.decide(other.fit(everyRow(90), gamma, tight), otherQueries), expected)).toBeLessThan(1e-8);
    const coarse = trainer.decide(trainer.fit(everyRow(90), gamma), queryDistances);
    const shuffled = other.decide(other.fit(everyRow(90), gamma), otherQueries);
    expect(largestDifference(shuffled, coarse)).toBeLessThan(2e-3);
  });

  it('uses the members only, and keeps nothing of an earlier fit', () => {
    const members = everyRow(90).filter((i) => i % 3 !== 0);
    const before = trainer.fit(members, gamma);
    trainer.fit(everyRow(90), 2 * gamma);
    expect(trainer.fit(members, gamma)).toEqual(before);
    const altered = new SvcTrainer(distances, labels.map((label, i) => (i % 3 === 0 ? 1 - label : label)));
    expect(altered.fit(members, gamma)).toEqual(before);
  });

  it('predicts the only class there is', () => {
    const classes = (label: number) => trainer.decide(trainer.fit(everyRow(90).filter((i) => labels[i] === label), gamma), queryDistances);
    expect(new Set(classes(0))).toEqual(new Set([-1]));
    expect(new Set(classes(1))).toEqual(new Set([1]));
    expect(() => trainer.fit(new Int32Array(0), gamma)).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
  });

  it('has both classes count the same when they are balanced: as with each row repeated until they are', async () => {
    // an anomaly repeated once for each normal and a normal once for each anomaly: the copies of a row may weigh C n / (2 n_c) together
    const few = Array.from(everyRow(90)).filter((i) => labels[i] === 1 || i % 12 === 1);
    const anomalies = few.filter((i) => labels[i] === 1).length;
    const normals = few.length - anomalies;
    const copies = few.flatMap((i) => (labels[i] === 1 ? Array<number>(normals).fill(i) : Array<number>(anomalies).fill(i)));
    const repeated = selectRows(points, copies);
    const other = new SvcTrainer(await distancesOf(repeated), Uint8Array.from(copies, (i) => labels[i]!));
    const otherQueries = Float64Array.from(await crossDistances(queries, repeated).block(0, 50));
    const cost = few.length / (2 * normals * anomalies);
    const expected = other.decide(other.fit(everyRow(copies.length), gamma, { cost, tolerance: 1e-9 }), otherQueries);
    const balanced = trainer.decide(trainer.fit(Int32Array.from(few), gamma, { ...tight, classWeight: 'balanced' }), queryDistances);
    expect(largestDifference(balanced, expected)).toBeLessThan(1e-6);
    expect(largestDifference(balanced, trainer.decide(trainer.fit(Int32Array.from(few), gamma, tight), queryDistances))).toBeGreaterThan(0.1);
  });

  it('is the same with balanced weights where the classes have as many rows', () => {
    const anomalies = everyRow(90).filter((i) => labels[i] === 1);
    const members = Int32Array.from([...anomalies, ...everyRow(90).filter((i) => labels[i] === 0).subarray(0, anomalies.length)]).sort();
    expect(trainer.fit(members, gamma, { ...tight, classWeight: 'balanced' })).toEqual(trainer.fit(members, gamma, tight));
  });

  it('takes contradicting copies of one row', () => {
    const same = new SvcTrainer(new Float64Array(16), Uint8Array.of(0, 0, 0, 1));
    const model = same.fit(everyRow(4), 1);
    expect(Array.from(same.decide(model, new Float64Array(4)), Math.sign)).toEqual([-1]);
  });
});

describe("the kernel width 'scale'", () => {
  it('is 1 / (d variance) of the given rows, far from zero too', () => {
    const values = Float64Array.from({ length: 24 }, (_, k) => 1000 + ((k * 7) % 11));
    const rows = Int32Array.of(0, 2, 3);
    const own = [...rows].flatMap((row) => Array.from(values.subarray(row * 4, row * 4 + 4)));
    const mean = own.reduce((sum, v) => sum + v, 0) / 12;
    const variance = own.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 12;
    expect(scaleGamma(rowMoments(createMatrix(values, 6, 4)), rows) * 4 * variance).toBeCloseTo(1, 10);
  });

  it('loses no digits to far rows that are not in the fit', () => {
    const random = createRandom(3);
    const values = Float64Array.from({ length: 40 }, (_, k) => random.normal() * (k < 30 ? 1 : 1e9));
    const near = scaleGamma(rowMoments(createMatrix(values.slice(0, 30), 15, 2)), everyRow(15));
    expect(scaleGamma(rowMoments(createMatrix(values, 20, 2), 15), everyRow(15)) / near).toBeCloseTo(1, 10);
  });

  it('is 1 for constant rows, whatever the others are', () => {
    const constant = rowMoments(createMatrix(new Float64Array(12).fill(0.1), 4, 3));
    expect(scaleGamma(constant, everyRow(4))).toBe(1);
    const mixed = rowMoments(createMatrix([0.1, 0.1, 0.1, 0.1, 5, 7.3], 3, 2));
    expect(scaleGamma(mixed, Int32Array.of(0, 1))).toBe(1);
    expect(() => scaleGamma(mixed, new Int32Array(0))).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
  });
});
