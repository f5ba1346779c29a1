import { describe, expect, it } from 'vitest';
import { runManner, runTitle } from './run-name';

describe('the name of a run', () => {
  it('says the preset of EAP and nothing where there is no choice', () => {
    expect(runTitle({ evaluator: 'EAP', preset: 'released', parameters: { subsets: 100 } })).toBe('EAP, released preset');
    expect(runTitle({ evaluator: 'RARITY', preset: 'paper', parameters: { k: 10 } })).toBe('RARITY');
  });

  it('says fast or exact, and what reproduces the released program', () => {
    expect(runTitle({ evaluator: 'LAVA', preset: 'paper', parameters: { mode: 'fast', asReleased: false } })).toBe('LAVA, fast');
    expect(runTitle({ evaluator: 'AME', preset: 'paper', parameters: { mode: 'exact', asReleased: true } })).toBe('AME, exact, as released');
  });

  it('does without parameters', () => {
    expect(runManner({ evaluator: 'AME', preset: 'paper', parameters: null })).toEqual([]);
  });
});
