import { describe, expect, it } from 'vitest';
import type { Run } from '@/lib/api/contracts/runs';
import { comparedRuns } from './run-comparison';
import { idOf } from './testing/score-columns';

const runOf = (id: number, evaluator: string, auc: number | null, more: Partial<Run> = {}): Run => ({
  id: idOf(id), featureSetId: idOf(100), modelName: 'wavelet-scattering', evaluator, preset: 'paper', parameters: {}, seed: 0, codeVersion: '1', state: 'ready', jobId: null, error: null, createdBy: null,
  createdAt: `2026-11-22T00:00:${String(id).padStart(2, '0')}.000Z`,
  summary: { normals: 9, anomalies: 2, auxiliary: 5, kHat: null, lambda: null, alpha0: null, beta0: null, spheres: null, typicalRadius: null, zones: null, aucQlt: auc === null ? null : { value: auc, low: 0, high: 1, labelled: 5 }, knnAuroc: null, seconds: 1 },
  ...more,
});

describe('comparedRuns', () => {
  it('takes the newest ready run per evaluator and mode on the same features, best first, our own apart', () => {
    const runs = [
      runOf(1, 'EAP', 0.7), runOf(2, 'EAP', 0.8), runOf(3, 'LAVA', 0.6, { parameters: { mode: 'fast' } }), runOf(4, 'LAVA', 0.65, { parameters: { mode: 'exact' } }),
      runOf(5, 'CAP', 0.95), runOf(6, 'RARITY', null), runOf(7, 'AME', 0.99, { state: 'pending' }), runOf(8, 'INF', 0.99, { featureSetId: idOf(101) }),
    ];
    const lines = comparedRuns(runs, runs[1]!);
    expect(lines.map(({ title, best }) => `${title} ${best}`)).toEqual(['EAP, paper preset true', 'LAVA, exact false', 'LAVA, fast false', 'RARITY false', 'CAP false']);
    expect(lines[0]!.run.id).toBe(idOf(2));
  });

  it('lets the shown run stand for its own manner, newest or not', () => {
    const runs = [runOf(1, 'EAP', 0.7), runOf(2, 'EAP', 0.8), runOf(3, 'LOO', 0.5), runOf(4, 'LOO', 0.6)];
    for (const given of [runs, runs.toReversed()]) expect(comparedRuns(given, runs[0]!).map(({ run }) => run.id)).toEqual([idOf(1), idOf(4)]);
    expect(comparedRuns(runs, runs[1]!).map(({ run }) => run.id)).toEqual([idOf(2), idOf(4)]);
  });

  it('marks none where no AUC is known', () => {
    expect(comparedRuns([runOf(1, 'EAP', null)], { id: idOf(1), featureSetId: idOf(100) })[0]!.best).toBe(false);
  });
});
