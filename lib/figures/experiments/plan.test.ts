import { describe, expect, it } from 'vitest';
import { describeEvaluator, evaluatorIds } from '@/lib/anomaly/evaluators/registry';
import type { ExperimentCandidate } from '@/lib/api/contracts/experiments';
import { idOf } from '../testing/score-columns';
import { checkForm, emptyForm, groupCandidates, type ExperimentForm } from './form';
import { curveSeconds, evaluatorSetSeconds, splitOf, valuationSeconds, valuationSize } from './plan';

const candidate = (row: number, projectName: string, source: string, anomalies = 50): ExperimentCandidate => ({
  featureSetId: idOf(row), projectId: idOf(1000 + projectName.length), projectName, source, kind: 'image', dim: 96, normals: 400, anomalies, createdAt: '2026-11-22T00:00:00.000Z', obstacle: null,
});
const candidates = [candidate(1, 'Bottle', 'wavelet-scattering'), candidate(2, 'Wine list', 'wine.csv'), candidate(3, 'Bottle', 'resnet-18', 1)];
const filled: ExperimentForm = { ...emptyForm(), name: ' Two sets ', sets: new Map([[idOf(1), 'image'], [idOf(2), 'tabular']]), seeds: '2' };
const settings = checkForm(filled, idOf(7), candidates).settings!;

describe('the plan of an experiment', () => {
  it('tells the size of a valuation from the split', () => {
    expect(valuationSize(candidates[0]!, settings)).toEqual({ rows: 400 - 25 - 20 + 5, anomalies: 5, auxiliary: 60, columns: 96 });
    expect(splitOf(candidates[2]!, settings)).toMatch(/too few/);
    expect(valuationSize(candidates[2]!, settings)).toBeNull();
  });

  it('adds up the evaluators’ own estimates over sets and seeds', () => {
    const one = [{ ...candidates[0]!, kind: 'image' as const }];
    const eap = { ...settings, evaluators: ['EAP'], seeds: 3 };
    expect(valuationSeconds(one, eap)).toBeCloseTo(3 * describeEvaluator('EAP').estimateSeconds(valuationSize(one[0]!, settings)!, {}), 12);
    expect(valuationSeconds(one, { ...eap, priorSensitivity: true })).toBeCloseTo(7 * valuationSeconds(one, eap), 9);
    expect(evaluatorSetSeconds('EAP', one, eap)).toBeCloseTo(valuationSeconds(one, eap), 12);
    expect(curveSeconds(one, { ...eap, curvePoints: 'exact' })).toBeGreaterThan(curveSeconds(one, eap));
  });
});

describe('the form of an experiment', () => {
  it('starts with every evaluator and the settings of the paper', () => {
    expect(emptyForm()).toMatchObject({ evaluators: evaluatorIds, seeds: '10', mode: 'fast', split: 'paper', curvePoints: '9', priorSensitivity: false });
  });

  it('becomes the input of the action', () => {
    expect(checkForm(filled, idOf(7), candidates)).toMatchObject({
      problems: {},
      input: { projectId: idOf(7), name: 'Two sets', sets: [{ featureSetId: idOf(1), kind: 'image' }, { featureSetId: idOf(2), kind: 'tabular' }], settings: { seeds: 2, curvePoints: 9, maxNormals: 1000 } },
    });
  });

  it('says what is missing beside each field', () => {
    const { input, problems } = checkForm({ ...emptyForm(), evaluators: [], seeds: '1.5', priorSensitivity: true }, idOf(7), candidates);
    expect(input).toBeNull();
    expect(Object.keys(problems).sort()).toEqual(['evaluators', 'name', 'prior', 'seeds', 'sets']);
    expect(checkForm({ ...filled, sets: new Map([[idOf(1), 'image'], [idOf(3), 'image']]) }, idOf(7), candidates).problems.sets).toBe('Bottle, resnet-18: too small for this split.');
  });

  it('filters sets by words of project and source', () => {
    expect(groupCandidates(candidates, '').map(({ projectName, sets }) => [projectName, sets.length])).toEqual([['Bottle', 2], ['Wine list', 1]]);
    expect(groupCandidates(candidates, 'bottle RES').flatMap(({ sets }) => sets.map(({ source }) => source))).toEqual(['resnet-18']);
    expect(groupCandidates(candidates, 'nothing')).toEqual([]);
  });
});
