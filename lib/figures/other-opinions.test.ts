import { describe, expect, it } from 'vitest';
import type { OtherScore } from '@/lib/api/contracts/runs';
import { otherOpinions, standing } from './other-opinions';
import { idOf } from './testing/score-columns';

const eap = { evaluator: 'EAP', preset: 'paper', parameters: {} };
const other = (evaluator: string, percentile: number, changes: Partial<OtherScore> = {}): OtherScore => ({ runId: idOf(percentile), evaluator, preset: 'paper', parameters: {}, seed: 0, quality: 0, rank: 1, of: 10, percentile, zone: null, ...changes });

describe('what the others think', () => {
  const opinions = otherOpinions({ percentile: 92, others: [other('RANDOMEV', 0), other('RARITY', 88), other('LAVA', 4.2, { parameters: { mode: 'fast' } }), other('LOO', 43)] }, eap);

  it('puts those that differ most first, and chance last', () => {
    expect(opinions.map(({ title }) => title)).toEqual(['LAVA, fast', 'LOO', 'RARITY', 'RANDOMEV']);
  });

  it('says in words where they disagree, and only there', () => {
    expect(opinions.map(({ sentence }) => sentence)).toEqual(['LAVA ranks it in the lowest 5 %, EAP in the top 8 %.', null, null, null]);
  });

  it('tells two manners of one evaluator apart', () => {
    const [released] = otherOpinions({ percentile: 5, others: [other('EAP', 99, { preset: 'released' })] }, eap);
    expect(released!.sentence).toBe('EAP, released preset ranks it in the top 1 %, EAP, paper preset in the lowest 5 %.');
  });
});

describe('the standing of a percentile', () => {
  it('is never 0 %', () => {
    expect([standing(100), standing(0), standing(50), standing(49.5)]).toEqual(['top 1 %', 'lowest 1 %', 'top 50 %', 'lowest 50 %']);
  });
});
