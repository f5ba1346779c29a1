import { describe, expect, it } from 'vitest';
import { defaultColumns, mapOf } from './testing/map-points';
import { columnsOf, idOf, tableOf } from './testing/score-columns';
import { colourColumn, mapGroups, type ColourKey, type ColourSources } from './map-colours';
import { describeMap, mapPoints, qualityOfPoints, visiblePoints, withScores } from './map-figure';
import { mapTraces } from './map-traces';
import { verdictColumns } from './verdicts';

const samples = [
  { role: 'normal' as const },
  { role: 'anomaly' as const },
  { quality: 0, zone: 'unrealistic' as const, defectType: 'crack' },
  { quality: 1, zone: 'realistic' as const },
];
const scores = tableOf(samples);
const points = withScores(mapPoints(defaultColumns(columnsOf(samples))), scores);
const nothing: ColourSources = { verdicts: null, states: null, otherQuality: null, facts: null };
const groupsBy = (colour: ColourKey, sources: Partial<ColourSources> = {}, of = points) => mapGroups(of.rows, colourColumn(of, colour, { ...nothing, ...sources }), 'ranges');
const summary = (groups: ReturnType<typeof groupsBy>) => groups.map(({ key, label, points: members }) => [key, label, [...members]]);

describe('map groups', () => {
  it('groups by role and describes what is hidden', () => {
    const groups = groupsBy('role');
    expect(summary(groups)).toEqual([['normal', 'normal', [0]], ['anomaly', 'anomaly', [1]], ['auxiliary', 'auxiliary', [2, 3]]]);
    expect([...visiblePoints(points, groups, new Set(['normal']))]).toEqual([0, 1, 1, 1]);
    expect(describeMap(groups, new Set(['normal']))).toBe('normal 1 (hidden), anomaly 1, auxiliary 2');
  });

  it('groups by zone, decision, defect type and steps of quality', () => {
    const verdicts = verdictColumns(points, new Map([[idOf(3), { verdict: 'accepted', reason: null }]]));
    expect(summary(groupsBy('zone'))).toEqual([['none', 'no zone', [0, 1]], ['realistic', 'realistic', [3]], ['unrealistic', 'unrealistic', [2]]]);
    expect(summary(groupsBy('decision', { verdicts }))).toEqual([['none', 'undecided', [0, 1, 2]], ['accepted', 'accepted', [3]]]);
    expect(groupsBy('defectType').map((group) => group.label)).toEqual(['no defect type', 'crack']);
    expect(groupsBy('quality').map((group) => group.label)).toEqual(['no quality', '0.00 to 0.20', '0.80 to 1.00']);
  });

  it('shows roles without any run, and knows no zone then', () => {
    const bare = mapPoints(defaultColumns({ rows: 4, columns: { id: columnsOf(samples).columns['id']!, role: columnsOf(samples).columns['role']! } }));
    expect(groupsBy('role', {}, bare).map((group) => group.key)).toEqual(['normal', 'anomaly', 'auxiliary']);
    expect(summary(groupsBy('zone', {}, bare))).toEqual([['none', 'no zone', [0, 1, 2, 3]]]);
  });

  it('joins scores by sample, whatever their order, and leaves points without alone', () => {
    const other = tableOf([{ quality: 0.25 }, { quality: 0.5 }]);
    const turned = { ...other, ids: [idOf(3), idOf(1)], rowOf: new Map([[idOf(3), 0], [idOf(1), 1]]) };
    expect([...qualityOfPoints(points, turned)]).toEqual([Number.NaN, 0.5, Number.NaN, 0.25]);
    expect([...withScores(points, turned).quality]).toEqual([Number.NaN, 0.5, Number.NaN, 0.25]);
    expect(groupsBy(`run:${idOf(9)}`, { otherQuality: qualityOfPoints(points, turned) }).map((group) => [group.label, group.points.length])).toEqual([['no quality', 2], ['0.25 to 0.30', 1], ['0.45 to 0.50', 1]]);
  });
});

describe('map traces', () => {
  const groups = groupsBy('role');
  it('leaves hidden groups out and gives each role its shape', () => {
    expect(mapTraces(points, groups, new Set(['normal']), { shape: 'role' }).map((trace) => [trace.name, trace.symbol, [...trace.x]])).toEqual([
      ['anomaly', 'diamond', [1]],
      ['auxiliary', 'triangle-up', [2, 3]],
    ]);
  });
  it('splits a colour by role, or gives each colour its own shape, or none', () => {
    const zones = groupsBy('zone');
    const shapes = (shape: 'role' | 'colour' | 'none') => mapTraces(points, zones, new Set(), { shape }).map((trace) => [trace.name, trace.symbol]);
    expect(shapes('role')).toEqual([['no zone', 'circle'], ['no zone', 'diamond'], ['realistic', 'triangle-up'], ['unrealistic', 'triangle-up']]);
    expect(shapes('colour')).toEqual([['no zone', 'circle'], ['realistic', 'circle'], ['unrealistic', 'triangle-up']]);
    expect(new Set(shapes('none').map(([, symbol]) => symbol))).toEqual(new Set(['circle']));
  });
  it('thins every group alike when there are too many points', () => {
    const many = mapOf(Array.from({ length: 100 }, (_, i) => ({ role: i < 80 ? ('normal' as const) : ('auxiliary' as const) })));
    expect(mapTraces(many, groupsBy('role', {}, many), new Set(), { shape: 'role', limit: 50 }).map((trace) => trace.x.length)).toEqual([40, 10]);
  });
});
