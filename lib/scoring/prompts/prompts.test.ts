import { describe, expect, it } from 'vitest';
import { createMatrix, type Matrix } from '@/lib/anomaly/linalg/matrix';
import { createRandom } from '@/lib/anomaly/random/generator';
import { decodeColumns, unpackUuids } from '@/lib/api/contracts/columns';
import { imageScores, filteredScores } from '@/lib/figures/selection/image-scores';
import { promptColumns } from './columns';
import { explainPick, selectionParts, tuneByEvaluators } from './result';
import { choosePrompt, type PromptMaterial } from './select';

const dim = 3;

/** Images that lean to the first axis when normal, to the second when anomalous, with noise. */
function material(kind: 'softmax' | 'sigmoid' = 'softmax'): PromptMaterial {
  const random = createRandom(5);
  const data = Float32Array.from({ length: 40 * dim }, (_, i) => {
    const [row, axis] = [Math.floor(i / dim), i % dim];
    const lean = row < 16 || row >= 34 ? 0 : 1;
    return (axis === lean ? 1 : 0) + 0.8 * random.uniform();
  });
  const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  const matrix = (...values: number[][]): Matrix => createMatrix(Float64Array.from(values.flat()), values.length, dim);
  return {
    prompts: { normal: matrix([1, 1, 0], [1, 0, 0], [0, 1, 0]), anomalous: matrix([1, 1, 1], [0, 1, 0], [1, 0, 0]) },
    head: kind === 'softmax' ? { kind, logitScale: 10 } : { kind, logitScale: 10, logitBias: -2 },
    data,
    dim,
    heldOut: rows(8, 16),
    synthetic: rows(16, 28),
    real: { anomalies: rows(28, 34), normals: rows(34, 40), defectTypes: ['scratch', 'scratch', 'scratch', 'dent', 'dent', null] },
    seed: 1,
    draws: 50,
  };
}

describe('a choice among prompts', () => {
  it('picks the pair that fits, scores every image with it, and says what real labels add', async () => {
    const chosen = await choosePrompt(material());
    const parts = selectionParts(chosen);
    expect(parts.pick.index).toBe(1);
    expect(parts.pairs.map(({ auroc }) => auroc)).toEqual(chosen.selection.variants[0]!.aurocs);
    expect(parts.pairs[2]!.auroc).toBeCloseTo(1 - parts.pairs[1]!.auroc, 12);
    expect(parts.best).toMatchObject({ rest: { index: 1 }, hit: { rest: true } });
    expect(parts.pairs[1]!.real!.closest).toBeLessThanOrEqual(1);
    expect(parts.ensemble.real).not.toBeNull();
    expect(parts.variants.map(({ hardest }) => hardest)).toEqual(['all', 10, 5]);
    const { difference, score, native } = chosen.images;
    expect([difference.length, native]).toEqual([40, null]);
    score.forEach((value, i) => expect(value).toBeCloseTo(1 / (1 + Math.exp(-10 * difference[i]!)), 12));
    const scored = chosen.scores.synthetic!.difference;
    expect(Array.from(difference.subarray(16, 28))).toEqual(Array.from(scored.data.subarray(scored.cols, 2 * scored.cols)));
  });

  it('gives what a SigLIP-type model says of each text, and does without real labels', async () => {
    const { images, selection } = await choosePrompt({ ...material('sigmoid'), real: null });
    const { data } = material();
    const length = Math.hypot(data[0]!, data[1]!, data[2]!);
    expect(images.native!.normal[0]).toBeCloseTo(1 / (1 + Math.exp(-(10 * data[0]!) / length + 2)), 6);
    expect(selectionParts({ selection, images, scores: (await choosePrompt({ ...material('sigmoid'), real: null })).scores })).toMatchObject({ best: null, ensemble: { real: null } });
  });

  it('is explained by gains and losses that add up to the difference of the AUROCs', async () => {
    const chosen = await choosePrompt(material());
    const ids = Array.from({ length: 12 }, (_, i) => `sample ${i}`);
    const { gains, losses, gained, lost } = explainPick(chosen, ids);
    expect([gains.length, losses.length]).toEqual([gained, lost]);
    expect(gains.every(({ chosen: now, fallback }) => now > fallback)).toBe(true);
    expect(losses.every(({ chosen: now, fallback }) => now < fallback)).toBe(true);
    const { pairs, pick } = selectionParts(chosen);
    const sum = [...gains, ...losses].reduce((total, { chosen: now, fallback }) => total + now - fallback, 0);
    expect(sum / 12).toBeCloseTo(pick.value - pairs[0]!.auroc, 12);
  });

  it('lets evaluators choose by the third they value most; who cannot value keeps a sentence', async () => {
    const chosen = await choosePrompt(material());
    const values = Array.from({ length: 12 }, (_, i) => i);
    const tuned = tuneByEvaluators(
      [
        { evaluator: 'A', values, seconds: 1 },
        { evaluator: 'B', message: 'It needs two classes.', seconds: 0 },
        { evaluator: 'C', values: values.map(() => Number.NaN), seconds: 2 },
      ],
      chosen,
      3,
    );
    expect(tuned.map(({ evaluator, kept, message }) => [evaluator, kept, message])).toEqual([['A', 4, null], ['B', 0, 'It needs two classes.'], ['C', 0, 'It gave values that are not numbers.']]);
    expect(tuned[0]!.realAuroc).toBe(selectionParts(chosen).pairs[tuned[0]!.pick!.index]!.real!.rest);
    expect(tuned[1]!.pick).toBeNull();
    expect(tuneByEvaluators([], chosen, 3)).toEqual([]);
  });

  it('becomes columns that a screen reads in the order of the scores', async () => {
    const chosen = await choosePrompt(material('sigmoid'));
    const samples = Array.from({ length: 40 }, (_, i) => ({ id: `0190a5f0-0000-7000-8000-${String(i).padStart(12, '0')}`, role: i < 16 || i >= 34 ? ('normal' as const) : i < 28 ? ('auxiliary' as const) : ('anomaly' as const), split: null, defectType: i === 28 ? 'scratch' : null, qualityLabel: null }));
    const rows = { seed: [0, 1], 'held-out': [8], synthetic: [16, 17], 'real-anomaly': [28], 'real-normal': [34] };
    const columns = decodeColumns(promptColumns(samples, rows, chosen.images).buffer);
    expect(unpackUuids(columns.columns['id']!.data as Uint8Array)).toEqual(samples.map(({ id }) => id));
    const scores = imageScores(columns);
    expect(scores.map(({ difference }) => difference)).toEqual(Array.from(chosen.images.difference).sort((a, b) => b - a));
    const of = (row: number) => scores.find(({ sampleId }) => sampleId === samples[row]!.id)!;
    expect([of(0).part, of(2).part, of(8).part, of(17).part, of(28).part]).toEqual(['seed', null, 'held-out', 'synthetic', 'real-anomaly']);
    expect(of(28)).toMatchObject({ role: 'anomaly', defectType: 'scratch', score: chosen.images.score[28], native: { normal: chosen.images.native!.normal[28] } });
    expect([filteredScores(scores, 'real').length, filteredScores(scores, 'synthetic').length, filteredScores(scores, 'normal').length]).toEqual([6, 12, 22]);
  });
});
