import { describe, expect, it } from 'vitest';
import { detectorIds } from '@/lib/anomaly/detectors/registry';
import { describeEvaluator, evaluatorIds } from '@/lib/anomaly/evaluators/registry';
import { runParametersSchema, startRunsSchema } from '@/lib/api/contracts/runs';
import { advancedFields, chosenRuns, fieldsOf, modesOf, parametersOfRun, proposedEvaluators, type RunChoice } from './run-choice';

const choice: RunChoice = { evaluators: ['EAP'], preset: 'paper', mode: 'default', asReleased: false, advanced: {}, seed: '0' };

describe('chosenRuns', () => {
  it('sends names that the schema knows, numbers as numbers', () => {
    const { runs, invalid } = chosenRuns({ ...choice, advanced: { detectorNeighbours: '7', ball: 'open', lambda: 'integer_percentile', alpha0: '0.05' } });
    expect(invalid).toBeNull();
    expect(runs).toEqual([{ evaluator: 'EAP', preset: 'paper', parameters: { detectorNeighbours: 7, ball: 'open', lambda: 'integer_percentile', alpha0: 0.05 } }]);
    const body = { projectId: '0198a000-0000-7000-8000-000000000001', featureSetId: '0198a000-0000-7000-8000-000000000002', runs };
    expect(startRunsSchema.safeParse(body).success).toBe(true);
  });

  it('gives every evaluator of the registry only the parameters that its defaults hold', () => {
    const advanced = Object.fromEntries(advancedFields.map(({ key, options }) => [key, options ? Object.keys(options)[0]! : key === 'alpha0' ? '0.1' : '20']));
    const { runs, invalid } = chosenRuns({ ...choice, evaluators: evaluatorIds, asReleased: true, mode: 'exact', advanced });
    expect(invalid).toBeNull();
    expect(runs.map(({ evaluator }) => evaluator)).toEqual(evaluatorIds);
    for (const [index, { parameters }] of runs.entries()) {
      const { defaults } = describeEvaluator(evaluatorIds[index]!);
      for (const name of Object.keys(parameters ?? {})) expect(Object.hasOwn(defaults, name), `${evaluatorIds[index]} ${name}`).toBe(true);
    }
    const rarity = runs.find(({ evaluator }) => evaluator === 'RARITY')?.parameters;
    expect(rarity).toMatchObject({ k: 20, ball: 'closed' });
    expect(rarity).not.toHaveProperty('detectorNeighbours');
  });

  it('offers every detector of the registry, and the server takes it', () => {
    const field = advancedFields.find(({ key }) => key === 'detector');
    expect(Object.keys(field?.options ?? {})).toEqual(detectorIds);
    for (const detector of detectorIds) expect(runParametersSchema.parse({ detector })).toEqual({ detector });
  });

  it('keeps the preset to EAP', () => {
    const { runs } = chosenRuns({ ...choice, evaluators: ['EAP', 'RARITY'], preset: 'released' });
    expect(runs.map(({ preset }) => preset)).toEqual(['released', 'paper']);
  });

  it('says what cannot be used', () => {
    expect(chosenRuns({ ...choice, seed: '-1' }).invalid).toBe('The seed must be a whole number from 0 on.');
    expect(chosenRuns({ ...choice, seed: 'x' }).runs).toEqual([]);
    expect(chosenRuns({ ...choice, advanced: { trees: '3' } }).invalid).toMatch(/^Trees: /);
    expect(chosenRuns({ ...choice, advanced: { kFloor: 'two' } }).invalid).toMatch(/^Floor of k: /);
    expect(chosenRuns({ ...choice, evaluators: [] }).invalid).toBe('Choose at least one evaluator.');
  });
});

describe('the mode', () => {
  it('is left to each evaluator unless one is chosen', () => {
    const modes = (mode: RunChoice['mode']) => chosenRuns({ ...choice, evaluators: ['LOO', 'LAVA'], mode }).runs.map(({ parameters }) => parameters?.mode);
    expect(modes('default')).toEqual([undefined, undefined]);
    expect(modes('exact')).toEqual(['exact', 'exact']);
  });

  it('is told by evaluator', () => {
    expect(modesOf(['EAP', 'LOO', 'LAVA'], 'default')).toEqual({ fast: ['LAVA'], exact: ['LOO'] });
    expect(modesOf(['EAP', 'LOO', 'LAVA'], 'fast')).toEqual({ fast: ['LOO', 'LAVA'], exact: [] });
  });
});

describe('parametersOfRun', () => {
  it('spells out the preset of EAP, and lets typed values win', () => {
    expect(parametersOfRun('EAP', { ...choice, preset: 'released' })).toMatchObject({ subsets: 100, kFloor: 5 });
    expect(parametersOfRun('EAP', { ...choice, preset: 'released', advanced: { subsets: '3' } })).toMatchObject({ subsets: 3, kFloor: 5 });
  });

  it('gives others what they have, and nothing of what cannot be read', () => {
    expect(parametersOfRun('LAVA', { ...choice, mode: 'exact' })).toEqual({ mode: 'exact', asReleased: false });
    expect(parametersOfRun('RARITY', { ...choice, advanced: { k: 'ten' } })).toEqual({ asReleased: false });
  });
});

describe('fieldsOf', () => {
  it('offers what the chosen evaluators have', () => {
    expect(fieldsOf(['RARITY']).map(({ key }) => key)).toEqual(['k', 'ball']);
    expect(fieldsOf(['EAP']).map(({ key }) => key)).toContain('detectorNeighbours');
    expect(fieldsOf([])).toEqual([]);
  });
});

describe('proposedEvaluators', () => {
  it('always proposes EAP, and evaluators of our own only for images with two real anomalies', () => {
    const own = evaluatorIds.filter((id) => !describeEvaluator(id).inPaper);
    expect(proposedEvaluators({ images: true, anomalies: 2 })).toEqual(evaluatorIds.filter((id) => id === 'EAP' || own.includes(id)));
    expect(proposedEvaluators({ images: true, anomalies: 1 })).toEqual(['EAP']);
    expect(proposedEvaluators({ images: false, anomalies: 50 })).toEqual(['EAP']);
  });
});
