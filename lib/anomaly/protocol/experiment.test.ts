import { describe, expect, it } from 'vitest';
import { createMatrix, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { makeExperiment, type ExperimentOptions } from './experiment';
import { chooseForeignSets, foreignRows, proportional, randomProjection } from './foreign';
import type { LabelledSet } from './labelled-set';

/** Every value of row i is near 1000 i (plus an offset), so that a row can be told from its values. */
function numberedSet(name: string, rows: number, anomalies: number, cols = 3, offset = 0): LabelledSet {
  const data = Float64Array.from({ length: rows * cols }, (_, i) => offset + Math.floor(i / cols) * 1000 + (i % cols));
  return { name, points: createMatrix(data, rows, cols), labels: Uint8Array.from({ length: rows }, (_, i) => (i < anomalies ? 1 : 0)) };
}

const target = numberedSet('target', 400, 100);
const others = [1, 2, 3, 4, 5, 6, 7].map((i) => numberedSet(`other ${i}`, 300, 40, i + 1, 1e7));
const image: ExperimentOptions = { kind: 'image', seed: 3 };

const firstColumn = ({ data, rows, cols }: Matrix) => Array.from({ length: rows }, (_, i) => data[i * cols]! / 1000);

describe('an experiment', () => {
  it('splits without a row in two places, with the counts of the paper', () => {
    const { train, labels, auxiliary, groups, qualityLabels, test, testLabels, counts } = makeExperiment(target, others, image);
    expect(counts).toEqual({ test: 50, trainAnomalies: 10, third: 40, trainNormals: 210 });
    const own = firstColumn(auxiliary).filter((_, i) => groups[i] !== 2);
    const used = [...firstColumn(train), ...firstColumn(test), ...own];
    expect(new Set(used).size).toBe(used.length);
    expect(used.every((row) => Number.isInteger(row) && row >= 0 && row < 400)).toBe(true);
    expect(firstColumn(train).map((row) => (row < 100 ? 1 : 0))).toEqual([...labels]);
    expect(firstColumn(test).map((row) => (row < 100 ? 1 : 0))).toEqual([...testLabels]);
    expect([0, 1, 2].map((group) => groups.filter((g) => g === group).length)).toEqual([40, 40, 40]);
    expect([...qualityLabels]).toEqual([...groups].map((group) => (group === 0 ? 1 : 0)));
    expect(firstColumn(auxiliary).every((row, i) => groups[i] === 2 || (row < 100) === (groups[i] === 0))).toBe(true);
  });

  it('is the same for the same seed and another for another', () => {
    expect(makeExperiment(target, others, image)).toEqual(makeExperiment(target, others, image));
    const again = makeExperiment(target, others, { ...image, seed: 4 });
    expect(firstColumn(again.test)).not.toEqual(firstColumn(makeExperiment(target, others, image).test));
  });

  it('gives the groups in random order', () => {
    const { groups, labels, testLabels } = makeExperiment(target, others, image);
    const runs = (values: Uint8Array) => values.filter((value, i) => i > 0 && value !== values[i - 1]).length;
    expect(runs(groups)).toBeGreaterThan(40);
    expect(runs(labels)).toBeGreaterThan(8);
    expect(runs(testLabels)).toBeGreaterThan(20);
  });

  it('takes foreign rows from five other sets, never from the target, and needs only those', () => {
    const all = makeExperiment(target, [...others, target], image);
    const names = chooseForeignSets('target', [...others, target].map(({ name }) => name), 3);
    expect(names).toHaveLength(5);
    expect(all.foreignSets).toEqual(names);
    expect(makeExperiment(target, others.filter(({ name }) => names.includes(name)), image)).toEqual(all);
    expect(() => makeExperiment(target, [target], image)).toThrow(/none is given/);
  });

  it('does not draw the same foreign sets for every target', () => {
    const names = Array.from({ length: 20 }, (_, i) => `s${i}`);
    expect(new Set(names.map((name) => chooseForeignSets(name, [...names, 'x'], 1).join())).size).toBeGreaterThan(15);
  });

  it('standardises tabular columns by the training set', () => {
    const { train, auxiliary, groups } = makeExperiment(target, others, { kind: 'tabular', seed: 3 });
    for (let c = 0; c < 3; c += 1) {
      const column = Array.from({ length: train.rows }, (_, i) => train.data[i * 3 + c]!);
      const mean = column.reduce((sum, v) => sum + v, 0) / column.length;
      expect(mean).toBeCloseTo(0, 9);
      expect(column.reduce((sum, v) => sum + v * v, 0) / (column.length - 1)).toBeCloseTo(1, 9);
    }
    const foreign = [...groups.keys()].filter((i) => groups[i] === 2).map((i) => Math.abs(auxiliary.data[i * 3]!));
    expect(foreign.sort((a, b) => a - b)[20]).toBeGreaterThan(10);
  });

  it('keeps training anomalies of few clusters together where that is asked for', () => {
    const spread = (how: 'random' | 'clustered') => {
      const known = firstColumn(makeExperiment(target, others, { ...image, knownAnomalies: how }).train).filter((row) => row < 100);
      return known.map((row, i) => Math.min(...known.map((other, j) => (i === j ? Infinity : Math.abs(other - row))))).reduce((a, b) => a + b) / known.length;
    };
    expect(spread('clustered')).toBeLessThan(spread('random') / 1.5);
  });

  it('works with ten anomalies and says why fewer than four do not', () => {
    const { auxiliary, labels } = makeExperiment(numberedSet('small', 223, 10), others, image);
    expect(auxiliary.rows).toBe(12);
    expect(labels.filter((label) => label === 1)).toHaveLength(1);
    expect(() => makeExperiment(numberedSet('tiny', 100, 3), others, image)).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
    expect(() => makeExperiment(numberedSet('small', 223, 10), others, { ...image, preset: 'released' })).toThrow(/released program/);
  });
});

describe('foreign rows', () => {
  it('come in equal proportion from every class of every set', () => {
    expect(proportional([125, 125, 50], 30, createRandom(1))).satisfy((shares: number[]) => shares[0]! + shares[1]! === 25 && Math.abs(shares[0]! - shares[1]!) === 1 && shares[2] === 5);
    const shares = proportional([3, 3, 3], 4, createRandom(2));
    expect(shares.reduce((a, b) => a + b)).toBe(4);
    expect(Math.max(...shares)).toBe(2);
  });

  it('take whole sets when 250 rows of each are too few, and are refused when those are', () => {
    expect(foreignRows(others.slice(0, 1), 290, 2, createRandom(1)).rows).toBe(290);
    expect(() => foreignRows(others.slice(0, 1), 301, 2, createRandom(1))).toThrow(/have 300 rows, but 301/);
  });

  it('keep squared lengths in expectation, up and down', () => {
    const { normal } = createRandom(8);
    const points = createMatrix(Float64Array.from({ length: 50 * 40 }, normal), 50, 40);
    const length = (m: Matrix) => m.data.reduce((sum, v) => sum + v * v, 0);
    for (const cols of [10, 400]) {
      const projected = randomProjection(points, cols, createRandom(9));
      expect(projected.cols).toBe(cols);
      expect(length(projected) / length(points)).toBeGreaterThan(0.8);
      expect(length(projected) / length(points)).toBeLessThan(1.25);
    }
  });
});
