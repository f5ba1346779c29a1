import { expect, it } from 'vitest';
import { detectorIds } from '../detectors/registry';
import { matrixFromRows, selectRows, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { supportScores } from './support-scores';
import { twoSampleAuroc } from './two-sample-auroc';

const { normal } = createRandom(21);
const cloud = (rows: number, shift: number) => matrixFromRows(Array.from({ length: rows }, () => [normal() + shift, normal(), normal()]));
const features = { support: cloud(30, 0), heldOut: [0, 3, 4, 9, 20, 29], synthetic: cloud(12, 3), real: { anomalies: cloud(7, 2), normals: cloud(8, 0) } };

function bruteForce(queries: Matrix, support: Matrix, skipOwn: boolean): number[] {
  return Array.from({ length: queries.rows }, (_, i) => {
    const squares = Array.from({ length: support.rows }, (_unused, j) => [0, 1, 2].reduce((sum, c) => sum + (queries.data[i * 3 + c]! - support.data[j * 3 + c]!) ** 2, 0));
    return squares.filter((_square, j) => !skipOwn || j !== i).sort((a, b) => a - b).slice(0, 3).reduce((sum, value) => sum + value, 0);
  });
}

it('deep nearest neighbours: the sum of three squared distances, a support sample never its own neighbour', async () => {
  const scores = await supportScores({ id: 'deep-nn' }, features);
  const own = bruteForce(features.support, features.support, true);
  features.heldOut.forEach((row, i) => expect(scores.synthetic.normals[i]!).toBeCloseTo(own[row]!, 8));
  for (const [actual, queries] of [[scores.synthetic.anomalies, features.synthetic], [scores.real!.anomalies, features.real.anomalies], [scores.real!.normals, features.real.normals]] as const) {
    bruteForce(queries, features.support, false).forEach((value, i) => expect(actual[i]!).toBeCloseTo(value, 8));
  }
});

it.each(detectorIds)('%s of the registry tells the synthetic anomalies apart', async (id) => {
  const { synthetic, real } = await supportScores({ id, parameters: { seed: 1 } }, features);
  expect(synthetic.normals).toHaveLength(6);
  expect(twoSampleAuroc(synthetic.anomalies, synthetic.normals)).toBeGreaterThan(0.6);
  expect(real!.anomalies).toHaveLength(7);
});

it('with X_in alone as bank scores are distances to X_in, a held-out normal never its own neighbour; real samples are scored as before', async () => {
  const copies = { ...features, synthetic: selectRows(features.support, [1, 2, 5, 6, 7, 8]) };
  const paper = await supportScores({ id: 'deep-nn' }, copies);
  const apart = await supportScores({ id: 'deep-nn' }, copies, {}, 'held-out');
  const inner = selectRows(features.support, features.heldOut);
  bruteForce(inner, inner, true).forEach((value, i) => expect(apart.synthetic.normals[i]!).toBeCloseTo(value, 8));
  bruteForce(copies.synthetic, inner, false).forEach((value, i) => expect(apart.synthetic.anomalies[i]!).toBeCloseTo(value, 8));
  expect(apart.real).toEqual(paper.real);
  expect((await supportScores({ id: 'mahalanobis' }, { ...copies, real: null }, {}, 'held-out')).synthetic.normals).toHaveLength(6);
});

it('copies of seeds look more normal than normals while the seeds are in the bank, and like other normals when they are not', async () => {
  const rows = Array.from({ length: 400 }, (_, row) => row);
  const support = cloud(rows.length, 0);
  const copies = { support, heldOut: rows.filter((row) => row % 2 === 1), synthetic: selectRows(support, rows.filter((row) => row % 2 === 0)), real: null };
  const auroc = async (bank: 'support' | 'held-out') => {
    const { synthetic } = await supportScores({ id: 'deep-nn' }, copies, {}, bank);
    return twoSampleAuroc(synthetic.anomalies, synthetic.normals);
  };
  // 200 against 200 rows of one distribution: 0.5 with a standard error of 0.029.
  expect(Math.abs((await auroc('held-out')) - 0.5)).toBeLessThan(0.09);
  expect(await auroc('support')).toBeLessThan(0.35);
});

it('works without real data and with fewer neighbours than k, and refuses rows that are not there', async () => {
  const few = { support: cloud(3, 0), heldOut: [1], synthetic: cloud(2, 1), real: null };
  const scores = await supportScores({ id: 'deep-nn' }, few);
  expect(scores.real).toBeNull();
  expect(scores.synthetic.normals.every(Number.isFinite)).toBe(true);
  await expect(supportScores({ id: 'deep-nn' }, { ...few, heldOut: [3] })).rejects.toMatchObject({ code: 'data.shape' });
  await expect(supportScores({ id: 'deep-nn', k: 0 }, few)).rejects.toMatchObject({ code: 'parameter.invalid' });
});
