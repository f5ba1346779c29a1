import { describe, expect, it } from 'vitest';
import { rankTable } from '@/lib/anomaly/protocol/summary';
import type { ExperimentResult, ExperimentSet } from '@/lib/api/contracts/experiments';
import { idOf } from '../testing/score-columns';
import { cellLines, resultsCsv } from './cells';
import { curveBands, curveBandsCsv } from './curve-bands';
import { evaluatorMatrix } from './evaluator-matrix';
import { intervalHalfWidth, studentQuantile } from './interval';
import { rankCsv, rankFigure } from './rank-figure';
import { evaluatorsIn, judgedResults, kindsOf } from './results';
import { setBars, setBarsCsv } from './set-bars';

const setOf = (row: number, name: string, kind: 'image' | 'tabular'): ExperimentSet => ({ id: idOf(row), name, kind, normals: 100, anomalies: 20, dim: 8 });
const sets = [setOf(1, 'bottle', 'image'), setOf(2, 'wine', 'tabular')];
const result = (set: number, seed: number, evaluator: string, aucQlt: number, aulcPoor = 0.5): ExperimentResult => ({ setId: idOf(set), seed, evaluator, aucQlt, aulcGood: 0.7, accGood: 0.8, aulcPoor, seconds: 2 });
const results = [
  result(1, 1, 'EAP', 0.9, 0.4), result(1, 1, 'RARITY', 0.7, 0.6), result(1, 1, 'CAP', 0.95, 0.3),
  result(1, 2, 'EAP', 0.8, 0.4), result(1, 2, 'RARITY', 0.6, 0.6), result(1, 2, 'CAP', 0.97, 0.3),
  result(2, 1, 'EAP', 0.7, 0.4), result(2, 1, 'RARITY', 0.75, 0.6), result(2, 1, 'CAP', 0.6, 0.3),
  result(1, 1, 'EAP_0.05', 0.85),
];
const judged = judgedResults(results, sets);

describe('judged results', () => {
  it('take the kind from the set and keep to the group', () => {
    expect(judged).toHaveLength(10);
    expect(judgedResults(results, sets, 'tabular').map(({ set }) => set)).toEqual([idOf(2), idOf(2), idOf(2)]);
    expect(judgedResults([result(9, 1, 'EAP', 1)], sets)).toEqual([]);
    expect(kindsOf(sets)).toEqual(['image', 'tabular']);
  });

  it('name the evaluators in the order of the settings, without variants', () => {
    expect(evaluatorsIn(results, ['CAP', 'RARITY', 'EAP'])).toEqual(['CAP', 'RARITY', 'EAP']);
  });
});

describe('the rank table', () => {
  const table = rankTable(judged);

  it('marks the best among the ranked, lower for AULC_P, and keeps our own outside', () => {
    const { ranked, outside, experiments } = rankFigure(table);
    expect(experiments).toBe(3);
    expect(ranked.map(({ evaluator }) => evaluator)).toEqual(['EAP', 'RARITY']);
    expect(outside.map(({ evaluator, ranks }) => [evaluator, ranks])).toEqual([['CAP', null]]);
    expect(ranked[0]!.figures.aucQlt.mean).toBeCloseTo(0.8, 12);
    expect(ranked[0]!.figures).toMatchObject({ aucQlt: { best: true, spread: null }, aulcPoor: { best: true }, aulcGood: { best: true } });
    expect(ranked[1]!.figures).toMatchObject({ aucQlt: { best: false }, aulcPoor: { best: false }, aulcGood: { best: true } });
    expect(outside[0]!.figures.aucQlt.best).toBe(false);
    expect(ranked[0]!.averageRank).toMatchObject({ best: true });
  });

  it('says the spread on demand', () => {
    const deviation = rankFigure(table, 'deviation').ranked[0]!.figures.aucQlt.spread!;
    expect(deviation).toBeCloseTo(0.1, 12);
    expect(rankFigure(table, 'interval').ranked[0]!.figures.aucQlt.spread).toBeCloseTo((4.302652729911275 * 0.1) / Math.sqrt(3), 8);
  });

  it('goes into a CSV with means and deviations', () => {
    const { header, rows } = rankCsv(table, ['aucQlt']);
    expect(header).toEqual(['evaluator', 'experiments', 'AUC_QLT', 'AUC_QLT_std', 'rAUC_QLT', 'rAUC_QLT_std', 'avg_rank', 'avg_rank_std']);
    expect(rows.map((row) => row.length)).toEqual([8, 8, 8]);
    expect(rows[2]!.slice(0, 2).concat(rows[2]!.slice(4))).toEqual(['CAP', 3, null, null, null, null]);
  });
});

describe('intervals', () => {
  it('use quantiles of Student’s t', () => {
    expect(studentQuantile(0.025, 9)).toBeCloseTo(2.2621571627409915, 9);
    expect(studentQuantile(0.025, 1)).toBeCloseTo(12.706204736432095, 7);
    expect(intervalHalfWidth(1, 10)).toBeCloseTo(2.2621571627409915 / Math.sqrt(10), 9);
    expect(intervalHalfWidth(1, 1)).toBeNaN();
  });
});

describe('bars per set', () => {
  it('hold means over seeds, and nothing where nothing is known', () => {
    const bars = setBars(judged, sets, ['EAP', 'LAVA'], 'aucQlt');
    expect(bars.sets.map(({ name }) => name)).toEqual(['bottle', 'wine']);
    expect(bars.series[0]!.values.map((value) => value?.mean)).toEqual([expect.closeTo(0.85, 12), 0.7]);
    expect(bars.series[1]!.values).toEqual([null, null]);
    expect(setBarsCsv(bars).rows[1]).toEqual(['wine', 0.7, Number.NaN, null, null]);
  });
});

describe('curve bands', () => {
  const curve = (seed: number, evaluator: string, added: number[], accuracy: number[]) => ({ seed, evaluator, good: { added, accuracy }, poor: { added: [0], accuracy: [0.5] } });

  it('take mean and deviation over seeds on the common numbers', () => {
    const [band] = curveBands([curve(1, 'EAP', [0, 2, 4], [0.5, 0.6, 0.9]), curve(2, 'EAP', [0, 2, 4], [0.5, 0.8, 0.9])], ['EAP', 'LAVA'], 'good');
    expect(band).toMatchObject({ evaluator: 'EAP', seeds: 2, added: [0, 2, 4] });
    expect(band!.mean[1]).toBeCloseTo(0.7, 12);
    expect(band!.deviation[1]).toBeCloseTo(Math.sqrt(0.02), 12);
    expect(curveBandsCsv([band!], 'good').rows[0]).toEqual(['good', 'EAP', 2, 0, 0.5, 0]);
  });

  it('read between points where seeds differ, as far as all reach', () => {
    const [band] = curveBands([curve(1, 'EAP', [0, 4], [0.5, 0.9]), curve(2, 'EAP', [0, 2, 6], [0.5, 0.7, 0.7])], ['EAP'], 'good');
    expect(band!.added).toEqual([0, 2, 4]);
    expect(band!.mean[1]).toBeCloseTo(0.7, 12);
    expect(band!.mean[2]).toBeCloseTo(0.8, 12);
  });

  it('know no deviation of one seed', () => {
    expect(curveBands([curve(1, 'EAP', [0, 4], [0.5, 0.9])], ['EAP'], 'good')[0]!.deviation).toEqual([0, 0]);
  });
});

describe('agreement', () => {
  it('is the rank correlation over shared experiments', () => {
    const matrix = evaluatorMatrix(judged, ['EAP', 'CAP', 'EAP_0.05']);
    expect(matrix.values[0]![0]).toBeCloseTo(1, 12);
    expect(matrix.values[0]![1]).toBeCloseTo(0.5, 12);
    expect(matrix.values[0]![2]).toBeNaN();
    expect(matrix.experiments).toBe(1);
  });
});

describe('cells', () => {
  const settings = { evaluators: ['EAP', 'RARITY', 'CAP'], mode: 'fast', seeds: 2, split: 'paper', curvePoints: 9, priorSensitivity: false, maxNormals: 1000 } as const;
  const failures = [{ setName: 'wine', seed: 2, code: 'data.too_few_rows', message: 'Too few rows.' }];

  it('are ready, failed, waiting or cancelled', () => {
    const lines = cellLines({ sets, settings: { ...settings, evaluators: [...settings.evaluators] }, state: 'failed', failures }, judged);
    expect(lines.map(({ setName, seed, state }) => `${setName} ${seed} ${state}`)).toEqual(['bottle 1 ready', 'bottle 2 ready', 'wine 1 ready', 'wine 2 failed']);
    expect(lines[0]).toMatchObject({ aucEap: 0.9, seconds: 8 });
    expect(lines[3]!.message).toBe('Too few rows.');
    const refused = ['LAVA: one class.', 'AME: one class.'].map((message) => ({ setName: 'bottle', seed: 1, code: 'evaluator.refused', message }));
    const partly = cellLines({ sets, settings: { ...settings, evaluators: [...settings.evaluators] }, state: 'ready', failures: refused }, judged);
    expect(partly[0]).toMatchObject({ state: 'ready', evaluators: 4, message: 'LAVA: one class. AME: one class.' });
    const none = cellLines({ sets, settings: { ...settings, evaluators: [] }, state: 'cancelled', failures: [] }, []);
    expect(none.every(({ state }) => state === 'cancelled')).toBe(true);
  });

  it('go into a CSV by name of the set', () => {
    expect(resultsCsv(judged, sets).rows[0]).toEqual(['bottle', 'image', 1, 'EAP', 0.9, 0.7, 0.8, 0.4, 2]);
  });
});
