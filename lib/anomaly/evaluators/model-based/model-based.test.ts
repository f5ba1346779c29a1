import { describe, expect, it } from 'vitest';
import { fitIsolationForest, isolationScores, toSinglePrecision } from '../../detectors/isolation-forest';
import { lengthScale, NearestDistances } from '../../detectors/ssdo';
import { percentile } from '../../detectors/squash';
import { goldenInput, largestDifference } from '../../golden/golden-data';
import { createMatrix, selectRows, type Matrix } from '../../linalg/matrix';
import { createRandom } from '../../random/generator';
import { f1Above, selectPercentile } from './flagging';
import { ForestWalker } from './forest-walker';
import { halving } from './kernel';
import { NeighbourScale } from './neighbour-scale';
import { rowDistances } from './row-distances';

const random = createRandom(11);

function gaussian(rows: number, cols: number): Matrix {
  return createMatrix(Float64Array.from({ length: rows * cols }, () => random.normal()), rows, cols);
}

describe('parts of the model-based evaluators', () => {
  it('halve exactly at whole numbers and to 1e-15 between them', () => {
    expect(halving(0)).toBe(1);
    expect(halving(7)).toBe(2 ** -7);
    expect(halving(1074)).toBe(2 ** -1074);
    expect(halving(1e300)).toBe(0);
    expect(halving(Infinity)).toBe(0);
    for (let i = 0; i < 2000; i += 1) {
      const t = random.uniform() * 900;
      expect(Math.abs(halving(t) / 2 ** -t - 1)).toBeLessThan(1.5e-15);
    }
  });

  it('select the percentile that sorting gives', () => {
    for (let i = 0; i < 200; i += 1) {
      const values = Float64Array.from({ length: 1 + random.integer(40) }, () => random.integer(12) / 7);
      const percent = i % 5 === 0 ? 100 : random.uniform() * 100;
      expect(selectPercentile(Float64Array.from(values), values.length, percent)).toBe(percentile(values, percent));
    }
  });

  it('compute F1 of the calls above lambda', () => {
    const scores = Float64Array.of(0.1, 0.5, 0.9, 0.7);
    expect(f1Above(scores, Uint8Array.of(0, 0, 1, 1), 2, 0.6)).toBe(1);
    expect(f1Above(scores, Uint8Array.of(0, 1, 1, 0), 2, 0.5)).toBe(0.5);
    expect(f1Above(scores, Uint8Array.of(1, 0, 0, 0), 1, 0.5)).toBe(0);
    expect(f1Above(scores, new Uint8Array(4), 0, 1)).toBe(0);
  });

  it('walk forests to the scores of the forest', () => {
    const points = toSinglePrecision(gaussian(150, 4));
    const walker = new ForestWalker();
    const scores = new Float64Array(130);
    for (const sampleSize of [64, 200, 2, 1]) {
      const forest = fitIsolationForest(points, { trees: 12, sampleSize, seed: sampleSize });
      walker.load(forest);
      walker.score(points, 20, 150, scores);
      expect(largestDifference(scores, isolationScores(forest, points).subarray(20))).toBeLessThan(1e-14);
    }
  });

  it('give the same distances whether they are kept or not', async () => {
    const train = gaussian(20, 5);
    const auxiliary = gaussian(7, 5);
    for (const queries of [train, auxiliary]) {
      const kept = await rowDistances(queries, train, {});
      const anew = await rowDistances(queries, train, {}, 10);
      for (const row of [3, 0, 6]) {
        expect(anew.offsetOf(row)).toBe(0);
        expect(anew.data).toEqual(kept.data.slice(kept.offsetOf(row), kept.offsetOf(row) + 20));
      }
    }
  });

  it.each([1, 2, 3, 5, 9])('update the length scale of %d neighbours when a row joins', async (k) => {
    const { train, auxiliary } = goldenInput(k % 2 === 0 ? 'dups2' : 'gauss3');
    const scale = new NeighbourScale(train.rows, k);
    const trainDistances = await rowDistances(train, train, {});
    const joinedDistances = await rowDistances(auxiliary, train, {});
    for (const count of [1, 2, k, k + 1, k + 2, 30]) {
      const members = Int32Array.from({ length: count }, (_, i) => i);
      scale.observe(members, trainDistances);
      if (count > 1) expect(scale.eta()).toBe(await etaOf(selectRows(train, members), k));
      for (let x = 0; x < auxiliary.rows; x += 1) {
        const both = createMatrix(Float64Array.of(...selectRows(train, members).data, ...selectRows(auxiliary, [x]).data), count + 1, train.cols);
        expect(scale.etaWith(joinedDistances.data, joinedDistances.offsetOf(x))).toBe(await etaOf(both, k));
      }
    }
  });
});

async function etaOf(points: Matrix, k: number): Promise<number> {
  const distances = await rowDistances(points, points, {});
  const nearest = new NearestDistances(Math.min(k, points.rows - 1));
  return lengthScale(
    Float64Array.from({ length: points.rows }, (_, i) => {
      nearest.reset();
      for (let j = 0; j < points.rows; j += 1) if (j !== i) nearest.add(distances.data[distances.offsetOf(i) + j]!);
      return Math.sqrt(nearest.kth());
    }),
  );
}
