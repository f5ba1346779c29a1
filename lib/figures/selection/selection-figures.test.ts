import { describe, expect, it } from 'vitest';
import { encodeColumns, decodeColumns } from '@/lib/api/contracts/columns';
import { modelSelectionSummarySchema, selectionParts, type ModelSelectionSummary } from '@/lib/api/contracts/selections';
import { printTones } from '../experiments/plots';
import { idOf } from '../testing/score-columns';
import { candidatesCsv, sortedLines } from './candidate-lines';
import { mapGroups } from './map-groups';
import { kendallLines, modelGuides, modelLines } from './model-lines';
import { doubts, pickSentence, realSentence, settingsLine } from './model-words';
import { agreementPlot, candidatesPlot, neighbourMapPlot } from './selection-plots';
import { optionOf, placeOf, sourceAtFirst, sourceOf, sourceOptions, withPlace } from './source-choice';

const real = (rest: number, closest: number) => ({ rest, closest, closestType: 'scratch', byType: [{ type: 'scratch', count: 8, auroc: closest }] });
const candidate = (row: number, modelName: string, parameters: number | null, auroc: number, low: number, high: number, wins: number, hardest5: number) => ({
  modelId: idOf(row), modelName, parameters, featureSetId: idOf(row + 50), detector: 'deep-nn' as const, synthetic: { auroc, low, high, wins }, hardest: [{ count: 5, auroc: hardest5 }], real: null,
});

/** Three networks; ViT wins by all anomalies, ResNet by the hardest five. */
const unlabelled: ModelSelectionSummary = modelSelectionSummarySchema.parse({
  sizes: { seeds: 20, heldOut: 40, synthetic: 100, real: null, leftOut: 0 },
  candidates: [candidate(1, 'ResNet-18', 11_700_000, 0.8, 0.7, 0.88, 0.1, 0.6), candidate(2, 'ViT-B-16', 86_000_000, 0.93, 0.88, 0.97, 0.84, 0.5), candidate(3, 'ViT-L-16', 304_000_000, 0.9, 0.85, 0.95, 0.06, 0.55)],
  pick: 1, tie: false, tied: [1], stability: 0.84, draws: 1000,
  variants: [{ count: null, pick: 1, tied: [1], kendall: null }, { count: 5, pick: 0, tied: [0], kendall: null }],
  tasks: [], bonferroni: null,
  extractors: [{ modelId: idOf(1), modelName: 'ResNet-18', featureSetId: idOf(51), dim: 512, totalVariation: null }],
  deciding: { wrong: [], separating: [] },
  seconds: 12,
});

const tau = (value: number | null, pValue: number | null) => ({ tau: value, pValue, method: 'exact' as const, count: 3 });
const strategy = (name: string, index: number, auroc: number, hit: boolean) => ({ name, candidate: index, auroc, hit });
const labelled: ModelSelectionSummary = modelSelectionSummarySchema.parse({
  ...unlabelled,
  sizes: { ...unlabelled.sizes, real: { anomalies: 30, normals: 60, types: 2 } },
  candidates: unlabelled.candidates.map((one, i) => ({ ...one, real: [real(0.7, 0.6), real(0.85, 0.65), real(0.9, 0.8)][i] })),
  variants: unlabelled.variants.map((one, i) => ({ ...one, kendall: { rest: tau(1 / 3, 1), closest: i === 0 ? tau(1, 0.01) : tau(null, null) } })),
  tasks: [{ task: 'rest', selected: strategy('SWSA', 1, 0.85, false), best: strategy('Best', 2, 0.9, true), baselines: [strategy('Largest model', 2, 0.9, true)] }, { task: 'closest', selected: strategy('SWSA', 1, 0.65, false), best: strategy('Best', 2, 0.8, true), baselines: [] }],
  bonferroni: { tests: 4, threshold: 0.0125 },
});

describe('candidates', () => {
  it('stand best first, with the pick marked and no interval where only the hardest count', () => {
    const all = modelLines(unlabelled, null, 'rest');
    expect(all.map(({ name, picked }) => [name, picked])).toEqual([['ViT-B-16', true], ['ViT-L-16', false], ['ResNet-18', false]]);
    expect(all[0]).toMatchObject({ auroc: 0.93, interval: [0.88, 0.97], wins: 0.84, real: null, tied: false });
    const hardest = modelLines(unlabelled, 5, 'rest');
    expect(hardest.map(({ name, auroc, picked, interval }) => [name, auroc, picked, interval])).toEqual([['ResNet-18', 0.6, true, null], ['ViT-L-16', 0.55, false, null], ['ViT-B-16', 0.5, false, null]]);
  });

  it('carry real AUROCs of the task, and name their detectors where several are compared', () => {
    expect(modelLines(labelled, null, 'closest').map(({ real: value, realType }) => [value, realType])).toEqual([[0.65, 'scratch'], [0.8, 'scratch'], [0.6, 'scratch']]);
    const two = { ...unlabelled, candidates: unlabelled.candidates.map((one, i) => ({ ...one, detector: i === 2 ? ('knn' as const) : one.detector })) };
    expect(modelLines(two, null, 'rest').map(({ name }) => name)).toEqual(['ViT-B-16, deep k-NN', 'ViT-L-16, k-NN', 'ResNet-18, deep k-NN']);
  });

  it('tell a tie of all that share the first place', () => {
    const tied = { ...unlabelled, variants: [{ count: null, pick: 1, tied: [1, 2], kendall: null }] };
    expect(modelLines(tied, null, 'rest').map(({ tied: isTied }) => isTied)).toEqual([true, true, false]);
  });

  it('sort by any column, what has no number last', () => {
    const lines = modelLines(unlabelled, null, 'rest').map((line) => (line.index === 1 ? { ...line, weights: null } : line));
    expect(sortedLines(lines, { key: 'weights', descending: true }).map(({ index }) => index)).toEqual([2, 0, 1]);
    expect(sortedLines(lines, { key: 'weights', descending: false }).map(({ index }) => index)).toEqual([0, 2, 1]);
    expect(sortedLines(lines, { key: 'name', descending: false }).map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  it('go into a CSV', () => {
    const { header, rows } = candidatesCsv(modelLines(labelled, null, 'rest'));
    expect(rows[0]).toEqual(['ViT-B-16', 0.93, 0.88, 0.97, 0.84, 0.85, null, 86_000_000, 'yes', 'no']);
    expect(rows.every((row) => row.length === header.length)).toBe(true);
  });
});

describe('lines of comparison', () => {
  it('are the best possible and the baselines on real data', () => {
    expect(modelGuides(labelled, null, 'rest')).toEqual([{ id: 'best', name: 'best possible, real', value: 0.9 }, { id: 'baseline', name: 'largest model, real', value: 0.9 }]);
    expect(modelGuides(labelled, null, 'closest')).toEqual([{ id: 'best', name: 'best possible, real', value: 0.8 }]);
  });

  it('are the largest model alone without labels, and only where every size is known', () => {
    expect(modelGuides(unlabelled, null, 'rest')).toEqual([{ id: 'baseline', name: 'largest model, synthetic', value: 0.9 }]);
    expect(modelGuides(unlabelled, 5, 'rest')).toEqual([{ id: 'baseline', name: 'largest model, synthetic', value: 0.55 }]);
    expect(modelGuides({ ...unlabelled, candidates: unlabelled.candidates.map((one) => ({ ...one, parameters: null })) }, null, 'rest')).toEqual([]);
  });
});

describe('tests of the order', () => {
  it('are judged by Bonferroni’s threshold', () => {
    expect(kendallLines(labelled).map(({ hardest, task, significant }) => [hardest, task, significant])).toEqual([[null, 'rest', false], [null, 'closest', true], [5, 'rest', false], [5, 'closest', false]]);
    expect(kendallLines(unlabelled)).toEqual([]);
  });
});

describe('words', () => {
  it('say the pick with its interval and how often it wins', () => {
    expect(pickSentence(unlabelled)).toBe('ViT-B-16 tells 100 synthetic anomalies from 40 held-out normals best: AUROC 0.930 [0.880, 0.970]. It wins in 84 % of 1,000 bootstrap draws.');
    expect(pickSentence({ ...unlabelled, candidates: [unlabelled.candidates[1]!], pick: 0 })).toBe('ViT-B-16 was the only candidate: AUROC 0.930 [0.880, 0.970] on 100 synthetic anomalies and 40 held-out normals.');
  });

  it('do not call a candidate the best that shares the first place', () => {
    expect(pickSentence({ ...unlabelled, tie: true, tied: [1, 2] })).toBe('ViT-B-16 is one of 2 candidates that tell 100 synthetic anomalies from 40 held-out normals best: AUROC 0.930 [0.880, 0.970].');
  });

  it('say what real labels make of it', () => {
    expect(realSentence(unlabelled)).toBeNull();
    expect(realSentence(labelled)).toBe('On the real anomalies it reaches AUROC 0.850; ViT-L-16 reaches 0.900.');
    const hit = { ...labelled, tasks: [{ ...labelled.tasks[0]!, selected: strategy('SWSA', 2, 0.9, true) }] };
    expect(realSentence(hit)).toBe('On the real anomalies it is the best candidate too (AUROC 0.900).');
  });

  it('doubt ties, ceilings, unstable picks and small sets, and nothing else', () => {
    expect(doubts(unlabelled)).toEqual([]);
    const poor = { ...unlabelled, tie: true, tied: [0, 1], stability: 0.4, sizes: { ...unlabelled.sizes, heldOut: 5, leftOut: 1 }, candidates: unlabelled.candidates.map((one) => ({ ...one, synthetic: { ...one.synthetic, auroc: 1 } })) };
    const said = doubts(poor);
    expect(said).toHaveLength(5);
    expect(said[0]).toBe('Tie: ResNet-18 and ViT-B-16 reach the same AUROC, and the first of them was taken.');
    expect(said[1]).toMatch(/^3 candidates reach 0\.995 or more/);
    expect(said[4]).toBe('1 sample had no vector from some network and took part nowhere.');
  });

  it('name a selection by what it compared', () => {
    const settings = { seed: 0, seedImages: null, supportLimit: null, modelIds: [idOf(1), idOf(2)], detectors: ['deep-nn' as const], bank: 'support' as const, hardest: [10], draws: 1000 };
    expect(settingsLine({ ...settings, synthetic: { kind: 'generator', generator: 'cutpaste', parameters: {}, perSeed: 5, diffusionModelId: null } })).toBe('2 networks, deep k-NN, CutPaste');
    expect(settingsLine({ ...settings, modelIds: [], detectors: ['deep-nn', 'knn'], synthetic: { kind: 'auxiliary', which: 'top-third', runId: null, evaluator: 'EAP', generationId: null, folder: 'made' } })).toBe('the given vectors, 2 detectors, the third that EAP values most in “made”');
  });
});

describe('plots', () => {
  it('mark the pick, hollow the real AUROCs and draw a line across for each guide', () => {
    const { data, layout } = candidatesPlot(modelLines(labelled, null, 'rest'), modelGuides(labelled, null, 'rest'), printTones);
    expect(data.map(({ name }) => name)).toEqual(['synthetic AUROC', 'the pick', 'real AUROC', 'best possible, real', 'largest model, real']);
    expect(data[1]).toMatchObject({ x: [0.93], y: [0], error_x: { array: [expect.closeTo(0.04, 12)], arrayminus: [expect.closeTo(0.05, 12)] } });
    expect(data[2]).toMatchObject({ x: [0.85, 0.9, 0.7], marker: { symbol: 'circle-open' } });
    expect(layout).toMatchObject({ xaxis: { range: [0.65, 1.01] }, yaxis: { range: [2.6, -0.6] } });
  });

  it('show names as they were written', () => {
    const lines = modelLines(labelled, null, 'rest').map((line) => ({ ...line, name: '<b>a</b>' }));
    expect(JSON.stringify([candidatesPlot(lines, [], printTones), agreementPlot(lines, printTones)])).not.toContain('<b>a');
  });

  it('set synthetic against real AUROC', () => {
    const { data } = agreementPlot(modelLines(labelled, null, 'rest'), printTones);
    expect(data.slice(1).map(({ x, y }) => [x, y])).toEqual([[[0.9, 0.8], [0.9, 0.7]], [[0.93], [0.85]]]);
  });

  it('place samples by what they are, without those that have no place', () => {
    const code = (part: (typeof selectionParts)[number]) => selectionParts.indexOf(part);
    const columns = decodeColumns(
      encodeColumns({
        rows: 5,
        columns: {
          part: { type: 'u8', data: Uint8Array.from([code('seed'), code('held-out'), code('synthetic'), code('real-anomaly'), code('synthetic')]), values: selectionParts },
          x: { type: 'f32', data: Float32Array.from([1, 2, 3, 4, Number.NaN]) },
          y: { type: 'f32', data: Float32Array.from([5, 6, 7, 8, Number.NaN]) },
        },
      }).buffer,
    );
    const groups = mapGroups(columns);
    expect(groups.map(({ kind, x, y }) => [kind, x, y])).toEqual([['normal', [1, 2], [5, 6]], ['synthetic', [3], [7]], ['real', [4], [8]]]);
    expect(neighbourMapPlot(groups, printTones).data).toHaveLength(3);
  });
});

describe('sources', () => {
  const offer = { auxiliary: 40, accepted: 0, evaluators: ['EAP'], batches: [], folders: [], diffusionModels: [], mayGenerate: true };

  it('begin with CutPaste, of vectors with what there is', () => {
    expect(sourceAtFirst(offer)).toMatchObject({ kind: 'generator', generator: 'cutpaste', perSeed: 5 });
    expect(sourceAtFirst({ mayGenerate: false })).toMatchObject({ kind: 'auxiliary', which: 'all' });
  });

  it('say what there is nothing of', () => {
    const disabled = sourceOptions(offer).filter((option) => option.disabled === true);
    expect(disabled.map(({ label }) => label)).toEqual(['DiffStyle (no network yet)', 'accepted auxiliary anomalies (none yet)']);
    expect(sourceOptions({ ...offer, mayGenerate: false }).map(({ value }) => value)).toEqual(['aux:all', 'aux:accepted', 'aux:top-third']);
  });

  it('change by their name and keep what still fits', () => {
    const first = { ...sourceAtFirst(offer), perSeed: 9 } as ReturnType<typeof sourceAtFirst>;
    expect(sourceOf('draem', first, offer)).toMatchObject({ generator: 'draem', perSeed: 9 });
    const top = sourceOf('aux:top-third', first, offer);
    expect(top).toMatchObject({ kind: 'auxiliary', which: 'top-third', evaluator: 'EAP' });
    expect(optionOf(top)).toBe('aux:top-third');
  });

  it('lie in a batch, in a folder or anywhere', () => {
    const all = sourceOf('aux:all', sourceAtFirst(offer), offer);
    if (all.kind !== 'auxiliary') throw new Error('an auxiliary source was expected');
    for (const place of ['', `batch:${idOf(4)}`, 'folder:made/cutpaste']) expect(placeOf(withPlace(all, place))).toBe(place);
    expect(sourceOf('aux:accepted', withPlace(all, 'folder:made'), offer)).toMatchObject({ which: 'accepted', folder: 'made' });
  });
});
