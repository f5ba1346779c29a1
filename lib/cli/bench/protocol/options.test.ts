import { describe, expect, it } from 'vitest';
import { readOptions } from './options';

describe('the options of the protocol', () => {
  it('default to the paper: all evaluators, fast, ten seeds, 1,000 normals, random known anomalies', () => {
    const { settings, seeds, sets, out } = readOptions([]);
    expect(settings).toMatchObject({ mode: 'fast', points: 9, preset: 'paper', knownAnomalies: 'random', trainingNormals: 1000 });
    expect(settings.alpha0s).toHaveLength(6);
    expect(settings.evaluators).toContain('CAP');
    expect({ seeds, sets, out }).toEqual({ seeds: 10, sets: undefined, out: 'protocol' });
  });

  it('take methods by their printed names, in the order of the registry', () => {
    const { settings } = readOptions(['--methods', 'P_y|x+NP_x,rarity,P_x', '--exact', '--points', 'exact', '--split', 'released']);
    expect(settings).toMatchObject({ evaluators: ['RARITY', 'P_X', 'P_YX_NPX'], mode: 'exact', points: 'exact', knownAnomalies: 'clustered', alpha0s: [] });
  });

  it.each([
    [['--methods', 'EAP,MAGIC'], /no method "MAGIC"/],
    [['--seeds', '0'], /--seeds must be a whole number from 1 on/],
    [['--split', 'mine'], /--split must be paper or released/],
    [['--sets', ','], /--sets names nothing/],
    [['--speed'], /--speed/],
  ])('refuse %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(expect.objectContaining({ code: 'parameter.invalid', message: expect.stringMatching(message) as string }));
  });
});
