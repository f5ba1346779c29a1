import { describe, expect, it } from 'vitest';
import type { Run } from '@/lib/api/contracts/runs';
import { comparedRuns, rankAgreement } from './run-comparison';
import { idOf, tableOf } from './testing/score-columns';

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
    const lines = comparedRuns(runs, runs[0]!);
    expect(lines.map(({ title, best }) => `${title} ${best}`)).toEqual(['EAP, paper preset true', 'LAVA, exact false', 'LAVA, fast false', 'RARITY false', 'CAP false']);
    expect(lines[0]!.run.id).toBe(idOf(2));
  });

  it('marks none where no AUC is known', () => {
    expect(comparedRuns([runOf(1, 'EAP', null)], { featureSetId: idOf(100) })[0]!.best).toBe(false);
  });
});

describe('rankAgreement', () => {
  it('compares what both scored', () => {
    const table = (qualities: number[]) => tableOf([{ role: 'normal' }, ...qualities.map((quality) => ({ quality }))]);
    expect(rankAgreement(table([1, 2, 3]), table([10, 20, 30]))).toBeCloseTo(1, 12);
    expect(rankAgreement(table([1, 2, 3]), table([3, 2, 1]))).toBeCloseTo(-1, 12);
  });
});
