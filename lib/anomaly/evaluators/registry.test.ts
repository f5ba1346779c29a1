import { describe, expect, it } from 'vitest';
import { eap } from '../eap/eap';
import { goldenInput, largestDifference } from '../golden/golden-data';
import golden from '../golden/rarity.json';
import { describeEvaluator, evaluateWith, evaluatorIdOf, evaluatorIds, isEvaluatorId } from './registry';

describe('the evaluators', () => {
  it('are described under their own id, each with a seed among its defaults', () => {
    const order = ['EAP', 'LOO', 'KNNSHAP', 'DATABANZHAF', 'AME', 'INF', 'DATAOOB', 'LAVA', 'RANDOMEV', 'RARITY', 'P_X', 'P_YX', 'P_YX_NPX', 'CAP'];
    expect(evaluatorIds).toEqual(order.filter((id) => isEvaluatorId(id)));
    for (const id of evaluatorIds) {
      expect(describeEvaluator(id)).toMatchObject({ id, defaults: { seed: 0 } });
      expect(describeEvaluator(id).description).toMatch(/\.$/);
    }
    expect(evaluatorIdOf('p_Y|X')).toBe('P_YX');
    expect(evaluatorIdOf(' knnshap')).toBe('KNNSHAP');
    expect(evaluatorIdOf('constructor')).toBeUndefined();
    expect(isEvaluatorId('EAP')).toBe(true);
    expect(isEvaluatorId('toString')).toBe(false);
  });

  it('EAP gives the quality of the EAP computation with its parts', async () => {
    const input = goldenInput('gauss8');
    const result = await eap(input, { kFloor: 2 });
    const { values, columns, facts } = await evaluateWith('EAP', input, { kFloor: 2 });
    expect(values).toEqual(result.quality);
    expect(columns.density).toEqual(result.density);
    expect(facts.kHat).toBe(result.kHat);
  });

  it('RARITY gives r_10 among all training rows, the reference values', async () => {
    const { values } = await evaluateWith('RARITY', goldenInput('gauss3'), {});
    const expected = golden.cases.gauss3.find((c) => c.centers === 'all' && c.k === 10)!;
    expect(largestDifference(values, expected.aux_closed)).toBeLessThan(1e-10);
  });

  it.each(evaluatorIds)('%s refuses unknown parameters', async (id) => {
    await expect(evaluateWith(id, goldenInput('tiny'), { kay: 3 })).rejects.toMatchObject({ code: 'parameter.invalid' });
  });
});
