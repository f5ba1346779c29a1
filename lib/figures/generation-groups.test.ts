import { describe, expect, it } from 'vitest';
import type { Generation, GenerationOutcome } from '@/lib/api/contracts/generators';
import { groupBatches, nextStep, totalsOf } from './generation-groups';

const run = '0198a000-0000-7000-8000-000000000009';
const outcome = (change: Partial<GenerationOutcome> = {}): GenerationOutcome => ({ accepted: 0, rejected: 0, skipped: 0, reasons: [], extracted: 0, scores: null, ...change });
const scores = (scored: number, meanQuality: number, zones: readonly [number, number, number] | null = null): GenerationOutcome['scores'] => ({
  runId: run, evaluator: 'EAP', scored, meanQuality,
  zones: zones === null ? null : { realistic: zones[0], unrealistic: zones[1], indistinguishable: zones[2] },
});

let made = 0;
function batch(change: Partial<Generation> = {}): Generation {
  made += 1;
  return {
    id: `0198a000-0000-7000-8000-${String(made).padStart(12, '0')}`,
    generator: 'cutpaste', parameters: { areaMinimum: 0.02, areaMaximum: 0.15 }, seed: 0, count: 10, qualityLabel: null, seedCount: 4, diffusionModelName: null, folder: 'generated/x', codeVersion: '1',
    state: 'ready', samples: 10, summary: { made: 10, duplicates: 0, failures: [], seconds: 1 }, outcome: outcome(), jobId: null, createdBy: null, createdAt: '2026-11-22T00:00:00.000Z',
    ...change,
  };
}

describe('groups of batches', () => {
  it('put equal settings together, whatever their order, and tell others apart', () => {
    const [newest, other, older] = [batch(), batch({ parameters: { areaMinimum: 0.02, areaMaximum: 0.3 } }), batch({ parameters: { areaMaximum: 0.15, areaMinimum: 0.02 }, seed: 5 })];
    const groups = groupBatches([newest, other, older], 'newest');
    expect(groups.map(({ batches }) => batches)).toEqual([[newest, older], [other]]);
    expect(groupBatches([batch({ generator: 'diffstyle', diffusionModelName: 'A' }), batch({ generator: 'diffstyle', diffusionModelName: 'B' })], 'newest')).toHaveLength(2);
  });

  it('stand with the best share of accepted samples first, then the best quality; what is not known comes last', () => {
    const settings = (areaMaximum: number, of: GenerationOutcome) => batch({ parameters: { areaMaximum }, outcome: of });
    const order = groupBatches(
      [
        settings(0.1, outcome()),
        settings(0.2, outcome({ scores: scores(10, 0.2) })),
        settings(0.3, outcome({ scores: scores(10, 0.6) })),
        settings(0.4, outcome({ accepted: 1, rejected: 3, scores: scores(10, 0.9) })),
        settings(0.5, outcome({ accepted: 2, rejected: 2 })),
      ],
      'best',
    ).map(({ parameters }) => parameters.areaMaximum);
    expect(order).toEqual([0.5, 0.4, 0.3, 0.2, 0.1]);
  });
});

describe('totals', () => {
  it('add up, weight the quality by the scored samples, and put the frequent reasons first', () => {
    const totals = totalsOf([
      batch({ summary: { made: 8, duplicates: 1, failures: [{ message: 'a', count: 1 }, { message: 'b', count: 2 }], seconds: 1 }, samples: 8, outcome: outcome({ accepted: 3, rejected: 2, reasons: [{ reason: 'artefact', count: 2 }], extracted: 8, scores: scores(8, 0.5, [4, 3, 1]) }) }),
      batch({ samples: 10, outcome: outcome({ accepted: 0, rejected: 5, reasons: [{ reason: 'unrealistic', count: 4 }, { reason: 'artefact', count: 1 }], extracted: 2, scores: scores(2, 0.1, [0, 2, 0]) }) }),
    ]);
    expect(totals).toMatchObject({ made: 18, duplicates: 1, failed: 3, samples: 18, accepted: 3, rejected: 7, acceptance: 0.3, extracted: 10, scored: 10, zones: { realistic: 4, unrealistic: 5, indistinguishable: 1 }, runId: run, evaluator: 'EAP' });
    expect(totals.meanQuality).toBeCloseTo(0.42, 12);
    expect(totals.reasons).toEqual([{ reason: 'unrealistic', count: 4 }, { reason: 'artefact', count: 3 }]);
  });

  it('say nothing of what nobody decided and nothing scored, and count samples of a batch under way as made', () => {
    expect(totalsOf([batch({ state: 'pending', summary: null, samples: 4 })])).toMatchObject({ made: 4, acceptance: null, meanQuality: null, zones: null, runId: null });
  });
});

it('leads to features before scores', () => {
  expect(nextStep({ samples: 0, scored: 0, extracted: 0 })).toBe('nothing');
  expect(nextStep({ samples: 5, scored: 0, extracted: 3 })).toBe('extract');
  expect(nextStep({ samples: 5, scored: 3, extracted: 5 })).toBe('score');
  expect(nextStep({ samples: 5, scored: 5, extracted: 0 })).toBe('scored');
});
