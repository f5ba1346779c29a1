import { expect, it } from 'vitest';
import { detectorIds } from '../detectors/registry';
import { matrixFromRows, type Matrix } from '../linalg/matrix';
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

it('works without real data and with fewer neighbours than k, and refuses rows that are not there', async () => {
  const few = { support: cloud(3, 0), heldOut: [1], synthetic: cloud(2, 1), real: null };
  const scores = await supportScores({ id: 'deep-nn' }, few);
  expect(scores.real).toBeNull();
  expect(scores.synthetic.normals.every(Number.isFinite)).toBe(true);
  await expect(supportScores({ id: 'deep-nn' }, { ...few, heldOut: [3] })).rejects.toMatchObject({ code: 'data.shape' });
  await expect(supportScores({ id: 'deep-nn', k: 0 }, few)).rejects.toMatchObject({ code: 'parameter.invalid' });
});
