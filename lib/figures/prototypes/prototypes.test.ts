import { describe, expect, it } from 'vitest';
import { prototypeSettingsSchema, type PrototypeSearch, type PrototypeSummary } from '@/lib/api/contracts/prototypes';
import { printTones } from '../experiments/plots';
import { prototypeCurves, prototypeCurvesCsv, prototypePlot } from './curves';
import { comparableSearches, harmful, verdictSentence } from './verdict';
import { rowsSentence, sizesOf } from './words';

const labelled = { candidates: 30, trainingNormals: 40, validation: { normals: 6, anomalies: 5 }, test: { normals: 5, anomalies: 4 }, missing: null };
const summary: PrototypeSummary = {
  rows: labelled,
  sizes: [1, 5],
  population: 1000,
  generations: 500,
  full: { validation: 0.9, test: 0.85 },
  chosen: [
    { method: 'greedy', size: 1, sampleIds: ['a'], validation: 0.8, test: 0.95 },
    { method: 'greedy', size: 5, sampleIds: ['a', 'b', 'c', 'd', 'e'], validation: 0.7, test: 0.6 },
    { method: 'evolution', size: 1, sampleIds: ['b'], validation: 0.92, test: 0.9 },
    { method: 'evolution', size: 5, sampleIds: ['a', 'b', 'c', 'd', 'e'], validation: 0.92, test: 0.91 },
  ],
  random: [{ size: 1, draws: [{ validation: 0.5, test: 0.6 }, { validation: 0.7, test: 0.8 }] }, { size: 5, draws: [] }],
  seconds: 2,
};
const unjudged: PrototypeSummary = { ...summary, rows: { ...labelled, validation: null, test: null, missing: 'No anomalies.' }, full: { validation: null, test: null }, chosen: [{ method: 'core-set', size: 1, sampleIds: ['a'], validation: null, test: null }], random: [] };

describe('curves of prototypes', () => {
  it('have a line for each method, a band of random subsets and the line of all normals', () => {
    const curves = prototypeCurves(summary, 'test');
    expect(curves.methods).toEqual([{ method: 'greedy', values: [0.95, 0.6] }, { method: 'evolution', values: [0.9, 0.91] }]);
    expect(curves.random[0]!.mean).toBeCloseTo(0.7, 12);
    expect(curves.random[0]!.standardDeviation).toBeCloseTo(0.1, 12);
    expect(curves.random[1]).toBeNull();
    const { data, layout } = prototypePlot(curves, printTones);
    expect(data.map((trace) => trace['name'])).toEqual([undefined, undefined, 'Random subsets', 'Greedy', 'Evolution', 'All normals']);
    expect(layout['xaxis']).toMatchObject({ ticktext: ['1', '5'] });
    expect(prototypeCurvesCsv(curves).rows[1]).toEqual([5, 0.6, 0.91, null, null, 0, 0.85]);
    expect(prototypeCurves(summary, 'validation').full).toBe(0.9);
  });

  it('are not drawn of what nothing judges', () => {
    expect(prototypePlot(prototypeCurves(unjudged, 'test'), printTones).data.map((trace) => trace['name'])).toEqual(['Core-set']);
  });
});

describe('what a search says', () => {
  it('takes the subset that is best on the rows that choose, not on those that judge', () => {
    expect(verdictSentence(summary)).toBe('1 normal by evolution, best on the rows that choose, reaches test AUROC 0.900: better than all 30 (0.850).');
    expect(verdictSentence({ ...summary, full: { validation: 0.9, test: 0.902 } })).toContain('as good as all 30');
    expect(verdictSentence(unjudged)).toContain('nothing tells how well');
  });

  it('counts the normals that do harm', () => {
    const tail = [-0.1, 0, 0.2].map((presence, i) => ({ sampleId: String(i), presence, alone: 0.5 }));
    expect(harmful(tail).map(({ sampleId }) => sampleId)).toEqual(['0']);
  });

  it('compares searches that were judged by the same rows', () => {
    const search = (id: string, change: Partial<PrototypeSearch> = {}): PrototypeSearch => ({
      id, featureSetId: 'set', modelName: 'scattering', settings: prototypeSettingsSchema.parse({}), codeVersion: '1', state: 'ready', summary, jobId: null, error: null, createdBy: null, createdAt: '2026-01-01T00:00:00Z', ...change,
    });
    const one = search('one');
    const others = [search('fewer', { summary: { ...summary, rows: { ...labelled, candidates: 28 } } }), search('other seed', { settings: prototypeSettingsSchema.parse({ seed: 1 }) }), search('running', { state: 'pending', summary: null })];
    expect(comparableSearches([...others, one], one).map(({ id }) => id)).toEqual(['fewer', 'one']);
    expect(comparableSearches([search('unjudged', { summary: unjudged })], search('unjudged', { summary: unjudged }))).toEqual([]);
  });

  it('names the rows by their use', () => {
    expect(rowsSentence(labelled)).toBe('30 normals drawn from 40 training normals; 6 test normals and 5 real anomalies choose, 5 and 4 others judge.');
    expect(rowsSentence(unjudged.rows)).toBe('30 normals drawn from 40 training normals. No anomalies. So the core-set alone is picked, and nothing judges it.');
  });
});

it('reads sizes as they are typed', () => {
  expect(sizesOf(' 25, 1,5 5 ')).toEqual([1, 5, 25]);
  for (const text of ['', '0', '1.5', 'a', '501', '1,2,3,4,5,6,7,8,9']) expect(sizesOf(text)).toBeNull();
});
