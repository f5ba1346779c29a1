import { describe, expect, it } from 'vitest';
import { toSinglePrecision } from '../detectors/isolation-forest';
import { matrixFromRows, rowRange, type Matrix } from '../linalg/matrix';
import { createRandom, type RandomGenerator } from '../random/generator';
import { ANOMALY_UNIT, GiniSplit } from './gini-split';
import { forestAnomalyShares, forestPredictions } from './random-forest';
import { isApart, rankColumns, type RankedColumns } from './ranked-columns';

const everyRow = (n: number) => Int32Array.from({ length: n }, (_, i) => i);
const few = { trees: 20, seed: 1 };

function clouds(n: number, d: number, seed: number): { points: Matrix; labels: Uint8Array } {
  const random = createRandom(seed);
  const labels = Uint8Array.from({ length: n }, () => (random.uniform() < 0.3 ? 1 : 0));
  return { labels, points: matrixFromRows(Array.from(labels, (label) => Array.from({ length: d }, () => random.normal() + 0.7 * label))) };
}

/** Best split over all columns by trying every threshold: half the impurity, and the threshold's neighbours. */
function bestByTrial(points: Matrix, rows: Int32Array, classes: Uint8Array, copies: Int32Array): { cost: number; splits: string[] } {
  let cost = Infinity;
  let splits: string[] = [];
  for (let column = 0; column < points.cols; column += 1) {
    const valueOf = (row: number) => Math.fround(points.data[row * points.cols + column]!);
    const values = [...new Set(Array.from(rows, valueOf))].sort((a, b) => a - b);
    for (let v = 1; v < values.length; v += 1) {
      if (!isApart(values[v - 1]!, values[v]!)) continue;
      const sides = [0, 0, 0, 0];
      for (const row of rows) sides[2 * (valueOf(row) < values[v]! ? 0 : 1) + classes[row]!]! += copies[row]!;
      const own = (sides[0]! * sides[1]!) / (sides[0]! + sides[1]!) + (sides[2]! * sides[3]!) / (sides[2]! + sides[3]!);
      if (own < cost - 1e-9) splits = [];
      if (own < cost + 1e-9) splits.push(`${column}: ${values[v - 1]} | ${values[v]}`);
      cost = Math.min(cost, own);
    }
  }
  return { cost, splits };
}

function bestByScan(columns: RankedColumns, rows: Int32Array, classes: Uint8Array, copies: Int32Array): string | undefined {
  const weights = copies.map((count, row) => count * (classes[row] === 1 ? ANOMALY_UNIT : 1));
  const split = new GiniSplit(columns, rows, weights);
  split.reset(rows.reduce((sum, row) => sum + weights[row]!, 0));
  for (let column = 0; column < columns.cols; column += 1) split.consider(column, 0, rows.length);
  if (split.column < 0) return undefined;
  const base = split.column * columns.rows;
  return `${split.column}: ${columns.values[base + split.low]} | ${columns.values[base + split.high]}`;
}

describe('the best Gini split of a node', () => {
  const draws: Record<string, (random: RandomGenerator) => number> = {
    'continuous values': (random) => random.normal(),
    'few values': (random) => random.integer(5),
    'values closer than the smallest gap': (random) => 0.01 + random.integer(12) * 0.4e-7,
  };

  it.each(Object.keys(draws))('is the one found by trying every threshold: %s', (name) => {
    const random = createRandom(11);
    for (let trial = 0; trial < 150; trial += 1) {
      const n = 60;
      const points = matrixFromRows(Array.from({ length: n }, () => Array.from({ length: 3 }, () => draws[name]!(random))));
      const classes = Uint8Array.from({ length: n }, () => (random.uniform() < 0.3 ? 1 : 0));
      const copies = Int32Array.from({ length: n }, () => 1 + random.integer(3));
      const rows = everyRow(n).filter(() => random.uniform() < (trial % 2 === 0 ? 0.7 : 0.12));
      const { splits } = bestByTrial(points, rows, classes, copies);
      const found = bestByScan(rankColumns(points), rows, classes, copies);
      const pure = new Set(Array.from(rows, (row) => classes[row])).size < 2;
      if (pure) continue; // a pure node is never asked for
      if (splits.length === 0) expect(found).toBeUndefined();
      else expect(splits).toContain(found);
    }
  });
});

describe('random forest', () => {
  const { points, labels } = clouds(120, 5, 3);
  const columns = rankColumns(points);
  const queries = toSinglePrecision(clouds(40, 5, 4).points);

  it('gives a query the same share whatever other queries there are', () => {
    const together = forestAnomalyShares(columns, everyRow(120), labels, queries, few);
    for (const i of [0, 7, 39]) {
      const alone = { data: queries.data.slice(i * 5, (i + 1) * 5), rows: 1, cols: 5 };
      expect(forestAnomalyShares(columns, everyRow(120), labels, alone, few)[0]).toBe(together[i]);
    }
  });

  it('uses the member rows only', () => {
    const members = everyRow(70);
    const alone = rankColumns(rowRange(points, 0, 70));
    expect(forestAnomalyShares(columns, members, labels, queries, few)).toEqual(forestAnomalyShares(alone, members, labels, queries, few));
  });

  it('is the same for the same seed and another for another', () => {
    const sharesOf = (seed: number) => forestAnomalyShares(columns, everyRow(120), labels, queries, { trees: 10, seed });
    expect(sharesOf(5)).toEqual(sharesOf(5));
    expect(sharesOf(5)).not.toEqual(sharesOf(6));
  });

  it('knows its own rows where labels do not contradict each other', () => {
    const own = forestPredictions(forestAnomalyShares(columns, everyRow(120), labels, toSinglePrecision(points)));
    expect(own).toEqual(labels);
  });

  it('gives the share of the drawn anomalies when all columns are constant', () => {
    const constant = rankColumns({ data: new Float64Array(400).fill(2), rows: 100, cols: 4 });
    const half = Uint8Array.from({ length: 100 }, (_, i) => (i < 30 ? 1 : 0));
    const [share] = forestAnomalyShares(constant, everyRow(100), half, { data: new Float32Array([2, 2, 2, 9]), rows: 1, cols: 4 });
    // 100 trees of binomial shares with mean 0.3 and standard deviation 0.046
    expect(Math.abs(share! - 0.3)).toBeLessThan(5 * 0.0046);
  });

  it('goes on past constant columns until one varies', () => {
    const data = Float64Array.from({ length: 20 * 30 }, (_, k) => (k % 30 === 17 ? Math.floor(k / 30) : 1));
    const classes = Uint8Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : 1));
    const lonely = { data, rows: 20, cols: 30 };
    const own = forestAnomalyShares(rankColumns(lonely), everyRow(20), classes, toSinglePrecision(lonely));
    expect(forestPredictions(own)).toEqual(classes);
  });

  it('predicts the only class there is, and normal at a tie', () => {
    expect(forestAnomalyShares(columns, everyRow(120), new Uint8Array(120), queries, few)).toEqual(new Float64Array(40));
    expect(forestAnomalyShares(columns, everyRow(120), new Uint8Array(120).fill(1), queries, few)).toEqual(new Float64Array(40).fill(1));
    expect(Array.from(forestPredictions(Float64Array.of(0.5, 0.51, 0.49)))).toEqual([0, 1, 0]);
  });

  it('refuses no rows, no trees and more rows than its counters hold', () => {
    expect(() => forestAnomalyShares(columns, new Int32Array(0), labels, queries)).toThrow(expect.objectContaining({ code: 'data.too_few_rows' }));
    expect(() => forestAnomalyShares(columns, new Int32Array(65_536), labels, queries)).toThrow(expect.objectContaining({ code: 'data.shape' }));
    expect(() => forestAnomalyShares(columns, everyRow(9), labels, queries, { trees: 0, seed: 1 })).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
  });
});
