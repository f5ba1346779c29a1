import { describe, expect, it } from 'vitest';
import { packUuids } from '@/lib/api/contracts/columns';
import type { KeepAnalysis, KeepCurve, KeepSummary } from '@/lib/api/contracts/keep';
import type { Run } from '@/lib/api/contracts/runs';
import { cutRanking } from '../cut';
import { printTones } from '../experiments/plots';
import { idOf, tableOf } from '../testing/score-columns';
import { copiesAbove } from './copies';
import { analysisOf, curveCount, curveOf, describeCurves, expectedAt, keepCurvesCsv, keepOfCurve, recommendation } from './curves';
import { comparableRuns, firstCompared, runsInWords } from './run-choice';
import { learningLines } from './lines';
import { keepPlot } from './plot';

const eap: KeepCurve = { runId: idOf(1), title: 'EAP', added: [0, 10, 20, 40], mean: [0.7, 0.8, 0.9, 0.88], sd: [0.01, 0.01, 0.01, 0.01], low: [0.68, 0.76, 0.88, 0.85], high: [0.72, 0.84, 0.92, 0.9], best: { count: 20, mean: 0.9 } };
const random: KeepCurve = { ...eap, runId: null, title: 'Random', mean: [0.7, 0.72, 0.76, 0.88], best: { count: 40, mean: 0.88 } };
const summary: KeepSummary = {
  curves: [eap, random],
  baseline: { mean: 0.7, sd: 0.01 },
  train: { normals: 50, anomalies: 10 },
  test: { normals: 50, anomalies: 10 },
  heldOut: { normals: 'drawn', anomalies: 'drawn' },
  auxiliary: { all: 40, used: 40 },
  notes: [],
  redundancy: { threshold: 0.5, explanation: '' },
  seconds: 1,
};
const analysis = (id: number, more: Partial<KeepAnalysis>): KeepAnalysis => ({
  id: idOf(id), featureSetId: idOf(90), modelName: 'wavelet', runIds: [idOf(1)], settings: { classifier: 'svm', seeds: 5, points: 12, testShare: 0.5, auxiliary: 1500, randomOrders: 3 }, seed: 0, codeVersion: '1', state: 'ready', summary, jobId: null, error: null, createdBy: null, createdAt: '2026-11-22T00:00:00.000Z', ...more,
});

describe('learning curves of what is kept', () => {
  it('takes the newest ready analysis that has the run', () => {
    const all = [analysis(5, { state: 'pending', summary: null }), analysis(4, { runIds: [idOf(2)] }), analysis(3, {}), analysis(2, {})];
    expect(analysisOf(all, idOf(1))?.id).toBe(idOf(3));
    expect(analysisOf(all, idOf(8))).toBeNull();
    expect(curveOf(summary, null)).toBe(random);
  });

  it('reads the accuracy between the points by a straight line', () => {
    expect(expectedAt(eap, 20)).toEqual({ mean: 0.9, low: 0.88, high: 0.92 });
    expect(expectedAt(eap, 15).mean).toBeCloseTo(0.85, 12);
    expect(expectedAt(eap, 35).low).toBeCloseTo(0.8575, 12);
    expect(expectedAt(eap, 0).mean).toBe(0.7);
    expect(expectedAt(eap, 900).mean).toBe(0.88);
  });

  it('compares shares where the shown run scored more than the others', () => {
    const large: KeepSummary = { ...summary, auxiliary: { all: 40, used: 30 } };
    expect(curveCount(large, 1000, 4000)).toBe(10);
    expect(keepOfCurve(large, 20, 4000)).toBe(2000);
    expect(keepOfCurve(large, 41, 4000)).toBe(4000);
  });

  it('recommends the least number within one standard error of the best', () => {
    const { keep, sentence } = recommendation(summary, eap, 40);
    expect(keep).toBe(20);
    expect(sentence).toBe('After 20 the accuracy of EAP’s ranking no longer grows: keeping 20 is within one standard error of the best. It is 0.90 there, 0.20 more than without auxiliary samples. Random order reaches 0.76 with as many.');
    expect(recommendation(summary, { ...eap, best: { count: 40, mean: 0.88 } }, 40).sentence).toContain('grows to the end: keeping all 40 samples is best');
    expect(recommendation(summary, { ...eap, best: { count: 0, mean: 0.7 } }, 40)).toEqual({ keep: 0, sentence: expect.stringMatching(/one standard error above it\.$/) });
    expect(recommendation(summary, { ...eap, mean: [0.7, 0.66, 0.6, 0.69], best: { count: 0, mean: 0.7 } }, 80).sentence).toMatch(/above it\. It falls to 0\.60 with 40: so many of these samples do harm\.$/);
    const perfect = { ...summary, baseline: { mean: 1, sd: 0 } };
    expect(recommendation(perfect, { ...eap, mean: [1, 1, 1, 1], best: { count: 0, mean: 1 } }, 40)).toEqual({ keep: 0, sentence: expect.stringContaining('cannot show how many to keep') });
    expect(recommendation(summary, { ...eap, best: { count: 20, mean: 0.75 } }, 40).sentence).toContain('the order matters little');
  });

  it('goes into files and words', () => {
    expect(keepCurvesCsv([eap, random]).rows).toHaveLength(8);
    expect(keepCurvesCsv([random]).rows[0]).toEqual(['Random order', 'random', 0, 0.7, 0.01, 0.68, 0.72]);
    expect(describeCurves([eap])).toContain('EAP: 0.70 with none, 0.88 with all, 0.90 with 20');
    const { data, layout } = keepPlot([eap, random], 12, printTones);
    expect(data).toHaveLength(6);
    expect(layout['shapes']).toMatchObject([{ x0: 12, x1: 12 }]);
    expect(learningLines([eap, random]).map(({ key, evaluator }) => [key, evaluator])).toEqual([[idOf(1), 'EAP'], ['random', 'RANDOMEV']]);
  });
});

describe('near copies above the cut', () => {
  it('counts them for every cut of the ranking', () => {
    const table = tableOf([{ quality: 0.9 }, { quality: 0.8 }, { quality: 0.7 }, { quality: 0.6 }, { role: 'normal' }]);
    const ranking = cutRanking(table);
    // In another order than the table's, and without its third sample, which another run did not score.
    const columns = { rows: 3, columns: { id: { type: 'uuid' as const, data: packUuids([idOf(3), idOf(0), idOf(1)]) }, nearest0: { type: 'f32' as const, data: Float32Array.from([0.6, Number.NaN, 0.5]) } } };
    expect(Array.from(copiesAbove(columns, { runIds: [idOf(1)], summary }, idOf(1), table, ranking)!)).toEqual([0, 0, 1, 1, 1]);
    expect(copiesAbove(columns, { runIds: [idOf(1)], summary }, idOf(2), table, ranking)).toBeNull();
  });
});

describe('runs to compare', () => {
  const run = (id: number, evaluator: string, more: Partial<Run> = {}) => ({ id: idOf(id), evaluator, featureSetId: idOf(90), state: 'ready', preset: 'paper', parameters: {}, ...more }) as Run;
  it('are ready ones of the same features: by default the shown one and the newest of every other evaluator', () => {
    const shown = run(1, 'EAP');
    const all = [run(7, 'RANDOMEV'), run(6, 'LAVA', { state: 'failed' }), run(5, 'LAVA'), run(4, 'EAP'), run(3, 'RARITY', { featureSetId: idOf(91) }), run(2, 'LAVA'), shown];
    expect(comparableRuns(all, shown).map(({ id }) => id)).toEqual([1, 5, 4, 2].map(idOf));
    expect(firstCompared(all, shown)).toEqual([1, 5].map(idOf));
    expect(firstCompared(all, run(7, 'RANDOMEV'))).toEqual([7, 5, 4].map(idOf));
    expect(runsInWords([run(1, 'EAP'), run(2, 'LAVA')])).toBe('EAP and LAVA');
  });
});
