import { describe, expect, it } from 'vitest';
import { columnsOf, idOf, tableOf } from './testing/score-columns';
import { box, emptyMask, hasBit, insideOutline, maskRows, nearestWithin, selectInside, setBit } from './lasso';
import { describeMap, mapGroups, mapPoints, visiblePoints } from './map-figure';
import { mapTraces } from './map-traces';
import { verdictColumns } from './verdicts';

const samples = [
  { role: 'normal' as const },
  { role: 'anomaly' as const },
  { quality: 0, zone: 'unrealistic' as const, defectType: 'crack' },
  { quality: 1, zone: 'realistic' as const },
];
const scores = tableOf(samples.slice(0, 4));
const base = columnsOf(samples);
const columns = { rows: 4, columns: { ...base.columns, x: { type: 'f32' as const, data: Float32Array.of(0, 1, 2, 3) }, y: { type: 'f32' as const, data: Float32Array.of(0, 1, 2, 3) } } };
const points = mapPoints(columns, scores);

describe('map groups', () => {
  it('groups by role and describes what is hidden', () => {
    const groups = mapGroups(points, 'role', scores, null);
    expect(groups.map((group) => [group.label, [...group.points]])).toEqual([['normal', [0]], ['anomaly', [1]], ['auxiliary', [2, 3]]]);
    expect([...visiblePoints(points, groups, new Set(['normal']))]).toEqual([0, 1, 1, 1]);
    expect(describeMap(groups, new Set(['normal']))).toBe('normal 1 (hidden), anomaly 1, auxiliary 2');
  });

  it('groups by zone, decision, defect type and steps of quality', () => {
    const verdicts = verdictColumns(scores, new Map([[idOf(3), { verdict: 'accepted', reason: null }]]));
    expect(mapGroups(points, 'zone', scores, verdicts).map((group) => [group.key, group.points.length])).toEqual([['none', 2], ['realistic', 1], ['unrealistic', 1]]);
    expect(mapGroups(points, 'decision', scores, verdicts).map((group) => [group.key, [...group.points]])).toEqual([['none', [0, 1, 2]], ['accepted', [3]]]);
    expect(mapGroups(points, 'defectType', scores, verdicts).map((group) => group.label)).toEqual(['no defect type', 'crack']);
    expect(mapGroups(points, 'quality', scores, verdicts).map((group) => group.label)).toEqual(['no quality', '0.00 to 0.20', '0.80 to 1.00']);
  });

  it('shows roles without any run', () => {
    const bare = mapPoints(columns, null);
    expect(mapGroups(bare, 'zone', null, null).map((group) => [group.key, group.points.length])).toEqual([['none', 4]]);
  });
});

describe('lasso', () => {
  it('selects the visible points inside an outline', () => {
    const mask = selectInside([-1, -1, 2.5, -1, 2.5, 2.5, -1, 2.5], points.x, points.y, (point) => point !== 1);
    expect([...maskRows(mask, 4)]).toEqual([0, 2]);
  });
  it('follows a concave outline', () => {
    const notch = [0, 0, 4, 0, 4, 4, 2, 1, 0, 4];
    expect(insideOutline(notch, 2, 0.5)).toBe(true);
    expect(insideOutline(notch, 2, 3)).toBe(false);
    expect(insideOutline(box(0, 0, 4, 4), 2, 3)).toBe(true);
  });
  it('keeps bits beyond the first word', () => {
    const mask = emptyMask(70);
    setBit(mask, 31);
    setBit(mask, 69);
    expect([hasBit(mask, 31), hasBit(mask, 32), hasBit(mask, 69)]).toEqual([true, false, true]);
    expect([...maskRows(mask, 70)]).toEqual([31, 69]);
  });
  it('finds the nearest visible point within reach', () => {
    const at = { x: 1.1, y: 1, scaleX: 100, scaleY: 100, reach: 12 };
    expect(nearestWithin(at, points.x, points.y, () => true)).toBe(1);
    expect(nearestWithin({ ...at, reach: 5 }, points.x, points.y, () => true)).toBe(-1);
    expect(nearestWithin(at, points.x, points.y, (point) => point !== 1)).toBe(-1);
  });
});

describe('map traces', () => {
  const groups = mapGroups(points, 'role', scores, null);
  it('leaves hidden groups out and gives each shape its meaning', () => {
    expect(mapTraces(points, groups, new Set(['normal'])).map((trace) => [trace.name, trace.symbol, [...trace.x]])).toEqual([
      ['anomaly', 'diamond', [1]],
      ['auxiliary', 'triangle-up', [2, 3]],
    ]);
  });
  it('thins every group alike when there are too many points', () => {
    const many = mapPoints({ rows: 100, columns: { ...columnsOf(Array.from({ length: 100 }, (_, i) => ({ role: i < 80 ? ('normal' as const) : ('auxiliary' as const) }))).columns, x: { type: 'f32', data: new Float32Array(100) }, y: { type: 'f32', data: new Float32Array(100) } } }, null);
    expect(mapTraces(many, mapGroups(many, 'role', null, null), new Set(), 50).map((trace) => trace.x.length)).toEqual([40, 10]);
  });
});
