import { describe, expect, it } from 'vitest';
import type { SampleState } from '@/lib/api/contracts/decisions';
import { mapOf } from './testing/map-points';
import { idOf } from './testing/score-columns';
import { colourColumn, factsOfPoints, mapGroups, parseColour, reviewerCodes, runOfColour, type ColourSources } from './map-colours';
import { mapCsv, mapPicture } from './map-export';
import { visiblePoints } from './map-figure';
import { shapeOfTone, usualShape } from './map-shapes';
import { stepsOf } from './map-steps';
import { mapPrintTones } from './map-tones';
import { mapTraces } from './map-traces';

const nothing: ColourSources = { verdicts: null, states: null, otherQuality: null, facts: null };
const state = (row: number, userId: string, userName: string, verdict: SampleState['verdict'] = 'accepted'): [string, SampleState] => [
  idOf(row),
  { sampleId: idOf(row), verdict, reason: null, version: 1, userId, userName, updatedAt: '2026-11-22T12:00:00.000Z' },
];

it('the colour of an address is one that is known, or the role', () => {
  expect([parseColour('zone'), parseColour('spread'), parseColour(null), parseColour('nonsense'), parseColour('run:nonsense')]).toEqual(['zone', 'spread', 'role', 'role', 'role']);
  expect(runOfColour(parseColour(`run:${idOf(1)}`))).toBe(idOf(1));
  expect(runOfColour('quality')).toBeNull();
});

describe('steps of numbers', () => {
  it('are equal ranges or hold equal counts', () => {
    const values = Float64Array.of(0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 1, Number.NaN);
    expect([...stepsOf(values, 'ranges').codes]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 0]);
    const counts = stepsOf(values, 'counts');
    expect([...counts.codes]).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 0]);
    expect(counts.labels).toEqual(['0.00 to 0.02', '0.02 to 0.04', '0.04 to 0.06', '0.06 to 0.08', '0.08 to 1.00']);
  });
  it('are fewer where values are equal, and one where all are', () => {
    expect(stepsOf(Float64Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 2), 'counts').labels).toEqual(['0 to 1.00', '1.00 to 2.00']);
    expect(stepsOf(Float64Array.of(7, 7), 'ranges')).toEqual({ codes: Uint8Array.of(1, 1), labels: ['7.00'] });
    expect(stepsOf(Float64Array.of(Number.NaN), 'counts')).toEqual({ codes: Uint8Array.of(0), labels: [] });
  });
  it('take values beyond all bounds into the outer steps', () => {
    expect([...stepsOf(Float64Array.of(-Infinity, 0, 10, Infinity), 'ranges').codes]).toEqual([1, 1, 5, 5]);
  });
});

describe('words', () => {
  it('beyond the twelve with the most points are others', () => {
    const rows = Array.from({ length: 15 }, (_, type) => Array.from({ length: type === 3 ? 1 : 2 }, () => ({ defectType: `type ${type}` }))).flat();
    const points = mapOf(rows);
    const groups = mapGroups(points.rows, colourColumn(points, 'defectType', nothing), 'ranges');
    expect(groups.map((group) => group.label)).toEqual(['type 0', 'type 1', 'type 2', ...Array.from({ length: 9 }, (_, i) => `type ${i + 4}`), '3 others']);
    expect(groups.at(-1)!.points.length).toBe(5);
    expect(new Set(groups.map((group) => group.tone)).size).toBe(13);
    expect(groups.every((group) => mapPrintTones[group.tone] !== undefined)).toBe(true);
  });

  it('of reviewers are people, also where two have one name; an undone decision is nobody’s', () => {
    const points = mapOf([{}, {}, {}, {}]);
    const states = new Map([state(0, 'u2', 'Kim'), state(1, 'u1', 'Kim'), state(2, 'u3', 'Ada'), state(3, 'u3', 'Ada', null)]);
    const { names, codes } = reviewerCodes(points, states);
    expect([names, [...(codes as Uint16Array)]]).toEqual([[null, 'Ada', 'Kim', 'Kim'], [2, 3, 1, 0]]);
    const groups = mapGroups(points.rows, colourColumn(points, 'reviewer', { ...nothing, states }), 'ranges');
    expect(groups.map((group) => [group.key, group.label, [...group.points]])).toEqual([['none', 'undecided', [3]], ['u3', 'Ada', [2]], ['u2', 'Kim', [0]], ['u1', 'Kim', [1]]]);
  });

  it('of generators, prompts and tags come from what the project knows of its samples', () => {
    const points = mapOf([{}, {}]);
    const known = { rowOf: new Map([[idOf(1), 0], [idOf(0), 1]]), generator: { codes: [0, 1], names: [null, 'SDXL'] }, prompt: { codes: [2, 1], names: [null, 'a crack, thin', 'a dent'] }, batch: { codes: [1, 0], names: [null, 'b1'] }, tagSet: { codes: [1, 0], names: [null, '["blurred","night"]'] } };
    const facts = factsOfPoints(points, known, (id) => `batch ${id}`);
    const labels = (colour: 'generator' | 'prompt' | 'batch' | 'tag') => mapGroups(2, colourColumn(points, colour, { ...nothing, facts }), 'ranges').map((group) => [group.label, [...group.points]]);
    expect(labels('generator')).toEqual([['no generator', [1]], ['SDXL', [0]]]);
    expect(labels('prompt')).toEqual([['a crack, thin', [0]], ['a dent', [1]]]);
    expect(parseColour('prompt')).toBe('prompt');
    expect(labels('batch')).toEqual([['no batch', [0]], ['batch b1', [1]]]);
    expect(mapGroups(2, colourColumn(points, 'batch', { ...nothing, facts }), 'ranges').map((group) => group.key)).toEqual(['none', 'b1']);
    expect(labels('tag')).toEqual([['no tag', [0]], ['blurred + night', [1]]]);
    expect(mapGroups(2, colourColumn(points, 'tag', nothing), 'ranges').map((group) => group.label)).toEqual(['no tag']);
  });
});

it('shapes double colours that mean something, unless chosen otherwise', () => {
  expect(['zone', 'decision', 'role', 'quality'].map(usualShape)).toEqual(['colour', 'colour', 'role', 'role']);
  expect(['zone-unrealistic', 'series-1', 'series-9', 'step-2'].map(shapeOfTone)).toEqual(['triangle-up', 'square', 'square', 'circle']);
});

describe('a map that leaves the page', () => {
  const points = mapOf([{ role: 'normal' }, { quality: 0.5, zone: 'realistic' }, { quality: 0.75, zone: 'unrealistic' }]);
  it('is a table of the points that are shown', () => {
    const column = colourColumn(points, 'quality', nothing);
    const groups = mapGroups(points.rows, column, 'ranges');
    const visible = visiblePoints(points, groups, new Set(['none']));
    const table = mapCsv({ points, groups, visible, column, colourName: 'Quality', fileNameOf: (id) => (id === idOf(1) ? 'a.png' : null) });
    expect(table).toEqual({ header: ['id', 'file', 'x', 'y', 'role', 'quality'], rows: [[idOf(1), 'a.png', 1, 1, 'auxiliary', 0.5], [idOf(2), null, 2, 2, 'auxiliary', 0.75]] });
    const words = colourColumn(points, 'zone', nothing);
    const zones = mapGroups(points.rows, words, 'ranges');
    expect(mapCsv({ points, groups: zones, visible: Uint8Array.of(1, 1, 0), column: words, colourName: 'Zone', fileNameOf: () => null }).rows.map((row) => row.at(-1))).toEqual(['no zone', 'realistic']);
  });
  it('names each colour once in its legend, whatever the shapes', () => {
    const groups = mapGroups(points.rows, { kind: 'words', codes: [1, 1, 1], names: [null, 'a <b>'], none: '' }, 'ranges');
    const { data } = mapPicture(mapTraces(points, groups, new Set(), { shape: 'role' }), mapPrintTones, false);
    expect(data.map((trace) => [trace['name'], trace['type'], trace['showlegend']])).toEqual([['a &lt;b&gt;', 'scatter', true], ['a &lt;b&gt;', 'scatter', false]]);
  });
});
