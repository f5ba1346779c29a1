import { describe, expect, it } from 'vitest';
import golden from '../golden/selection.json';
import { matrixFromRows, selectRows, type Matrix } from '../linalg/matrix';
import { createRandom } from '../random/generator';
import { promptGains, selectPrompt } from './prompt-selection';
import { pairRow, tunePrompts } from './prompt-tuning';
import { twoSampleAuroc } from './two-sample-auroc';
import { ensemblePrompts, unitRows, zeroShotScores } from './zero-shot';

const reference = golden.zero_shot;
const prompts = { normal: matrixFromRows(reference.normal), anomalous: matrixFromRows(reference.anomalous) };
const images = matrixFromRows(reference.images);

function expectMatrix(actual: Matrix, expected: readonly (readonly number[])[]): void {
  expect([actual.rows, actual.cols]).toEqual([expected.length, expected[0]!.length]);
  expected.flat().forEach((value, i) => expect(actual.data[i]!).toBeCloseTo(value, 12));
}

/** p x n matrices whose rows are given. */
const scoresOf = (...rows: number[][]) => matrixFromRows(rows);

describe('zero-shot scores', () => {
  it('equal the softmax of SciPy', async () => {
    const { difference, score, native } = await zeroShotScores(images, prompts, { kind: 'softmax', logitScale: reference.scale });
    expectMatrix(difference, reference.difference);
    expectMatrix(score, reference.softmax);
    expect(native).toBeNull();
  });

  it('give the native sigmoid scores of SigLIP, while the ranking stays that of the cosine difference', async () => {
    const { difference, native } = await zeroShotScores(images, prompts, { kind: 'sigmoid', logitScale: reference.scale, logitBias: reference.bias });
    expectMatrix(difference, reference.difference);
    expectMatrix(native!.normal, reference.sigmoid_normal);
    expectMatrix(native!.anomalous, reference.sigmoid_anomalous);
  });

  it('do not depend on the lengths of the embeddings, nor on whose product computes', async () => {
    const head = { kind: 'softmax', logitScale: 100 } as const;
    const plain = await zeroShotScores(images, prompts, head);
    const scaled = await zeroShotScores({ ...images, data: images.data.map((x) => 3 * x) }, { ...prompts, normal: unitRows(prompts.normal) }, head);
    scaled.difference.data.forEach((value, i) => expect(value).toBeCloseTo(plain.difference.data[i]!, 12));
    const product = async (a: Matrix, b: Matrix) =>
      Float64Array.from({ length: a.rows * b.rows }, (_, i) => pairRow(a, Math.floor(i / b.rows)).reduce((sum, value, c) => sum + value * pairRow(b, i % b.rows)[c]!, 0));
    (await zeroShotScores(images, prompts, head, { product })).difference.data.forEach((value, i) => expect(value).toBeCloseTo(plain.difference.data[i]!, 12));
  });

  it('rank where the score itself has saturated', async () => {
    const line = matrixFromRows([[1, 0], [0.9, Math.sqrt(0.19)]]);
    const pair = { normal: matrixFromRows([[-1, 0]]), anomalous: matrixFromRows([[1, 0]]) };
    const { difference, score } = await zeroShotScores(line, pair, { kind: 'softmax', logitScale: 100 });
    expect([...score.data]).toEqual([1, 1]);
    expect(difference.data[0]!).toBeGreaterThan(difference.data[1]!);
  });

  it('of an ensemble: mean of the normalised texts, normalised again', async () => {
    const { difference } = await zeroShotScores(images, ensemblePrompts(prompts), { kind: 'softmax', logitScale: 1 });
    expectMatrix(difference, [reference.ensemble]);
  });

  it('refuse other widths, no direction and no scale', async () => {
    const head = { kind: 'softmax', logitScale: 1 } as const;
    await expect(zeroShotScores(matrixFromRows([[1, 2]]), prompts, head)).rejects.toMatchObject({ code: 'data.shape' });
    await expect(zeroShotScores(images, { ...prompts, normal: selectRows(prompts.normal, [0]) }, head)).rejects.toMatchObject({ code: 'data.shape' });
    await expect(zeroShotScores({ ...images, data: new Float64Array(images.data.length) }, prompts, head)).rejects.toMatchObject({ code: 'data.not_finite' });
    await expect(zeroShotScores(images, prompts, { ...head, logitScale: 0 })).rejects.toMatchObject({ code: 'parameter.invalid' });
  });

  it('of 27 pairs on 1,000 images are two small products', async () => {
    const random = createRandom(2);
    const rows = (count: number) => ({ data: Float64Array.from({ length: count * 512 }, random.normal), rows: count, cols: 512 });
    const { score } = await zeroShotScores(rows(1000), { normal: rows(27), anomalous: rows(27) }, { kind: 'softmax', logitScale: 100 });
    expect([score.rows, score.cols]).toEqual([27, 1000]);
  });
});

describe('prompt tuning', () => {
  const pairs = {
    auxiliary: scoresOf([9, 9, 0, 0, 0, 0], [0, 0, 9, 9, 0, 0]),
    heldOut: scoresOf([1, 2, 3], [1, 2, 3]),
    real: { anomalies: scoresOf([5, 0], [5, 5]), normals: scoresOf([1, 2], [1, 2]) },
  };

  it('picks the pair that is best on the third that the evaluator keeps', () => {
    const { evaluators, realAurocs, best } = tunePrompts(
      [{ name: 'A', values: [9, 8, 0, 0, 0, 0] }, { name: 'B', values: [0, 0, 8, 9, -Infinity, 0] }],
      pairs,
      { seed: 1 },
    );
    expect(evaluators).toEqual([
      { name: 'A', kept: [0, 1], aurocs: [1, 0], pick: { index: 0, value: 1, tied: [0] }, realAuroc: 0.5 },
      { name: 'B', kept: [3, 2], aurocs: [0, 1], pick: { index: 1, value: 1, tied: [1] }, realAuroc: 1 },
    ]);
    expect(realAurocs).toEqual([0.5, 1]);
    expect(best).toMatchObject({ index: 1 });
  });

  it('keeps random ones of equal value, by the seed, and depends on values only through their order', () => {
    const flat = (seed: number) => tunePrompts([{ name: 'FLAT', values: new Float64Array(6) }], pairs, { seed }).evaluators[0]!.kept;
    expect(flat(1)).toEqual(flat(1));
    expect(new Set(Array.from({ length: 20 }, (_, seed) => String(flat(seed)))).size).toBeGreaterThan(5);
    const values = [0.3, 0.1, 0.9, 0.2, 0.5, 0.7];
    const plain = tunePrompts([{ name: 'X', values }], pairs, { seed: 3 });
    expect(tunePrompts([{ name: 'X', values: values.map(Math.log) }], pairs, { seed: 3 })).toEqual(plain);
  });

  it('refuses values of another length and shares that keep nothing', () => {
    expect(() => tunePrompts([{ name: 'A', values: [1] }], pairs, { seed: 1 })).toThrow(expect.objectContaining({ code: 'data.shape' }));
    expect(() => tunePrompts([], pairs, { seed: 1, keptShare: 0 })).toThrow(expect.objectContaining({ code: 'parameter.invalid' }));
  });
});

describe('prompt selection', () => {
  const { normal } = createRandom(4);
  const cloud = (rows: number, at: readonly number[]) => matrixFromRows(Array.from({ length: rows }, () => at.map((x) => x + 0.4 * normal())));
  // The second pair looks along the axis on which anomalies differ; the first does not.
  const axes = { normal: matrixFromRows([[0, 0, 1], [1, 0, 0]]), anomalous: matrixFromRows([[0, 0, -1], [0, 1, 0]]) };
  const input = {
    prompts: axes,
    head: { kind: 'softmax', logitScale: 50 } as const,
    heldOut: cloud(30, [1, 0, 1]),
    synthetic: cloud(40, [0.5, 0.7, 1]),
    real: { anomalies: cloud(20, [0.3, 0.9, 1]), normals: cloud(20, [1, 0, 1]), defectTypes: null },
  };

  it('finds the pair that tells anomalies apart, with default prompt and ensemble beside it', async () => {
    const { selection, scores } = await selectPrompt(input, { seed: 1, draws: 50 });
    expect(selection.pick.index).toBe(1);
    const rest = selection.tasks.find(({ task }) => task === 'rest')!;
    expect(rest.selected).toMatchObject({ candidate: 1, hit: true });
    expect(rest.baselines.map(({ name, hit }) => [name, hit])).toEqual([['Default prompt', false], ['Prompt ensemble', null]]);
    expect(scores.synthetic!.score.rows).toBe(3);
    const ensemble = twoSampleAuroc(pairRow(scores.realAnomalies!.difference, 2), pairRow(scores.realNormals!.difference, 2));
    expect(rest.baselines[1]!.auroc).toBe(ensemble);
  });

  it('explains the gain by samples, which add up to the difference of the AUROCs', async () => {
    const { scores } = await selectPrompt(input, { seed: 1, draws: 5 });
    const [anomalies, normals] = [scores.realAnomalies!.difference, scores.realNormals!.difference];
    const gains = promptGains(anomalies, normals, 1, 0);
    const losses = promptGains(anomalies, normals, 0, 1);
    const sum = (list: typeof gains) => list.reduce((total, gain) => total + gain.chosen - gain.fallback, 0);
    const auroc = (pair: number) => twoSampleAuroc(pairRow(anomalies, pair), pairRow(normals, pair));
    expect((sum(gains) - sum(losses)) / anomalies.cols).toBeCloseTo(auroc(1) - auroc(0), 12);
    expect(gains[0]!.chosen - gains[0]!.fallback).toBe(Math.max(...gains.map((gain) => gain.chosen - gain.fallback)));
  });
});
