import { describe, expect, it } from 'vitest';
import type { PromptSelectionSettings, PromptSelectionSummary } from '@/lib/api/contracts/prompt-selections';
import { evaluatorLines, evaluatorsCsv, pairName, promptGuides, promptLines } from './prompt-lines';
import { pickLine, promptDoubts, promptRealLine, promptSettingsLine, promptSizesLine } from './prompt-words';

const settings: PromptSelectionSettings = {
  seed: 2, seedImages: null, supportLimit: null, draws: 100, evaluatorFeatureSetId: null,
  synthetic: { kind: 'generator', generator: 'cutpaste', parameters: {}, perSeed: 5, diffusionModelId: null },
  textTowerId: '0190a5f0-0000-7000-8000-000000000000',
  modelName: 'Pair', demonstration: true, pool: 'eap-27', poolName: 'Pool', objectName: 'screw', evaluators: ['EAP', 'LOO'],
  pairs: [{ normal: '{}', anomalous: 'damaged {}' }, { normal: 'perfect {}', anomalous: 'broken {}' }],
};
const all = { hardest: 'all' as const, pick: { index: 1, value: 0.8, tied: [1] }, tau: { rest: { tau: 1, pValue: 0.5 }, closest: { tau: null, pValue: null } } };
const summary: PromptSelectionSummary = {
  sizes: { seeds: 20, heldOut: 30, synthetic: 100, real: { anomalies: 9, normals: 12, types: 2 }, leftOut: 0 },
  head: 'softmax', truncatedTexts: 0,
  pairs: [{ auroc: 0.6, low: 0.5, high: 0.7, wins: 0.1, real: { rest: 0.7, closest: 0.6 } }, { auroc: 0.8, low: 0.7, high: 0.9, wins: 0.9, real: { rest: 0.65, closest: 0.5 } }],
  pick: { index: 1, value: 0.8, tied: [1] },
  stability: 0.9, draws: 100,
  ensemble: { auroc: 0.75, real: { rest: 0.72, closest: 0.61 } },
  variants: [all],
  best: { rest: { index: 0, value: 0.7, tied: [0] }, closest: { index: 0, value: 0.6, tied: [0] }, hit: { rest: false, closest: false } },
  evaluators: [
    { evaluator: 'EAP', pick: { index: 0, value: 0.9, tied: [0, 1] }, kept: 33, realAuroc: 0.7, seconds: 1, message: null },
    { evaluator: 'LOO', pick: null, kept: 0, realAuroc: null, seconds: 0, message: 'No.' },
  ],
  gains: [], losses: [], gained: 0, lost: 0,
  seconds: { total: 1, texts: 0, scoring: 0, evaluators: 1 },
};

describe('figures of a selection of prompts', () => {
  it('give a line to each pair with the texts filled in, and guides for the default prompt and the ensemble', () => {
    const lines = promptLines({ settings, summary }, 'closest');
    expect(lines.map(({ name, auroc, real, picked, tied }) => [name, auroc, real, picked, tied])).toEqual([['screw / damaged screw', 0.6, 0.6, false, false], ['perfect screw / broken screw', 0.8, 0.5, true, false]]);
    expect(promptGuides(summary).map(({ value }) => value)).toEqual([0.6, 0.75]);
    expect(pairName({ normal: 'a', anomalous: 'b' })).toBe('a / b');
  });

  it('set evaluators side by side, mark the best, and keep why one is missing', () => {
    const lines = evaluatorLines({ settings, summary });
    expect(lines.map(({ name, texts, tied, best, message }) => [name, texts, tied, best, message])).toEqual([['EAP', 'screw / damaged screw', 2, true, null], ['LOO', null, 0, false, 'No.']]);
    expect(evaluatorsCsv(lines).rows[0]).toEqual(['EAP', 1, 'screw / damaged screw', 2, 33, 0.9, 0.7, null]);
  });
});

describe('words of a selection of prompts', () => {
  it('say what was compared, what was reached and what real labels add', () => {
    expect(promptSettingsLine({ ...settings, synthetic: settings.synthetic })).toBe('Pair, Pool, CutPaste, seed 2');
    expect(promptSizesLine(summary)).toBe('30 held-out normals against 100 synthetic anomalies; 9 real anomalies and 12 other normals to check with');
    expect(pickLine(summary)).toContain('AUROC 0.800 on synthetic anomalies. The default prompt reaches 0.600. The ensemble of all pairs reaches 0.750.');
    const real = promptRealLine({ settings, summary });
    expect(real).toContain('reaches AUROC 0.650; the best pair, “screw” / “damaged screw”, 0.700.');
    expect(real).toContain('tau between synthetic and real AUROC over the pairs: 1.00');
    expect(promptRealLine({ settings, summary: { ...summary, best: null } })).toBeNull();
    expect(pickLine({ ...summary, pick: { index: 0, value: 0.6, tied: [0] } })).toContain('It is the default prompt.');
  });

  it('doubt what there is to doubt', () => {
    expect(promptDoubts(summary)).toEqual(['1 evaluator could not value these anomalies; the table says why.']);
    const shaky = promptDoubts({ ...summary, evaluators: [], stability: 0.3, truncatedTexts: 1, pick: { index: 0, value: 0.4, tied: [0, 1] }, sizes: { ...summary.sizes, heldOut: 5, leftOut: 2 } });
    expect(shaky).toHaveLength(6);
    expect(shaky.join(' ')).toMatch(/Tie: 2 pairs.*better than chance.*30 %.*only 5 held-out normals.*2 samples had no vector.*1 text of the pool is longer/);
  });
});
