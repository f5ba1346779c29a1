import { describe, expect, it } from 'vitest';
import { clampKeep, cutAfterKey, cutFacts, cutRanking, cutRule, firstCut, keepAtPosition, keepAtQuality, lazyCutRanking, positionOfCut, rankedCount, thresholdAt } from './cut';
import { filterRows, rankRows } from './ranking';
import { tableOf, type Row } from './testing/score-columns';
import { verdictColumns } from './verdicts';

const zoneOf = ['realistic', 'indistinguishable', 'unrealistic'] as const;
const rows: Row[] = [
  { role: 'normal' },
  ...Array.from({ length: 30 }, (_, i): Row => ({ role: 'auxiliary', quality: Math.round(((i * 7) % 30) / 3) / 10, zone: zoneOf[i % 3]! })),
  { role: 'auxiliary' },
  { role: 'anomaly', quality: 0.99 },
];
const table = tableOf(rows);
const ranking = cutRanking(table);
const undecided = verdictColumns(table, new Map());
const bestFirst = { key: 'quality', descending: true } as const;

describe('cut', () => {
  it('counts the scored auxiliary samples alone, in the order of the ranking on the screen', () => {
    expect(ranking.rows).toHaveLength(30);
    const order = rankRows(table, undecided, { roles: ['auxiliary'] }, bestFirst);
    expect(Array.from(order.subarray(0, 30))).toEqual(Array.from(ranking.rows));
    expect(ranking.place[0]).toBe(-1);
    expect(ranking.place[32]).toBe(-1);
    expect(ranking.place[ranking.rows[7]!]).toBe(7);
  });

  it('counts without sorting, and sorts once and only when it is asked to', () => {
    let sorted = 0;
    const watched = { ...table, get tie() { sorted++; return table.tie; } };
    expect(rankedCount(watched)).toBe(30);
    const lazy = lazyCutRanking(watched);
    expect(sorted).toBe(0);
    expect(lazy()).toEqual(ranking);
    expect(lazy()).toBe(lazy());
    expect(sorted).toBe(1);
  });

  it('knows the quality of the last sample kept, and the cut that a quality makes', () => {
    expect(thresholdAt(table, ranking, 0)).toBeNull();
    expect(thresholdAt(table, ranking, 1)).toBe(table.quality[ranking.rows[0]!]);
    for (const keep of [1, 9, 30]) {
      const threshold = thresholdAt(table, ranking, keep)!;
      expect(keepAtQuality(table, ranking, threshold)).toBe(filterRows(table, undecided, { roles: ['auxiliary'], quality: [threshold, null] }).length);
    }
    expect(keepAtQuality(table, ranking, 2)).toBe(0);
    expect(keepAtQuality(table, ranking, -1)).toBe(30);
    expect([clampKeep(30, -4), clampKeep(30, 3.4), clampKeep(30, 900)]).toEqual([0, 3, 30]);
  });

  it('has one place in the order on the screen, filtered or not, and comes back from it', () => {
    for (const filter of [{ roles: ['auxiliary' as const] }, { roles: ['auxiliary' as const], zones: ['realistic' as const] }, {}]) {
      const order = rankRows(table, undecided, filter, bestFirst).filter((row) => table.role[row] === 2 || filter.roles === undefined);
      const scored = order.filter((row) => ranking.place[row]! >= 0);
      for (const keep of [0, 1, 11, 30]) {
        const position = positionOfCut(ranking, scored, keep);
        expect(position).toBe(scored.filter((row) => ranking.place[row]! < keep).length);
        const again = keepAtPosition(ranking, scored, position);
        expect(positionOfCut(ranking, scored, again)).toBe(position);
      }
    }
    expect(keepAtPosition(ranking, ranking.rows, 12)).toBe(12);
    expect(keepAtPosition(ranking, new Uint32Array(), 3)).toBe(0);
  });

  it('keeps the better samples that a filter hides', () => {
    const order = ranking.rows.filter((_, at) => at % 5 === 4);
    expect(keepAtPosition(ranking, order, 2)).toBe(10);
    expect(keepAtPosition(ranking, order, 0)).toBe(4);
  });

  it('tells what lies above it', () => {
    const decided = new Map([[table.ids[ranking.rows[0]!]!, { verdict: 'accepted' as const, reason: null }], [table.ids[ranking.rows[20]!]!, { verdict: 'rejected' as const, reason: 'other' as const }]]);
    const facts = cutFacts(table, verdictColumns(table, decided), ranking, 12);
    expect(facts).toMatchObject({ keep: 12, total: 30, verdicts: [11, 1, 0, 0] });
    expect(facts.zones.reduce((sum, count) => sum + count, 0)).toBe(12);
    expect(facts.zones[1]).toBe(ranking.rows.subarray(0, 12).filter((row) => table.zone[row] === 1).length);
    expect(facts.tied).toBe(keepAtQuality(table, ranking, facts.threshold!) - 12);
  });

  it('becomes a rule by quality within a filter', () => {
    const threshold = thresholdAt(table, ranking, 10)!;
    expect(cutRule(table, ranking, 10, {})).toEqual({ roles: ['auxiliary'], quality: [threshold, null] });
    expect(cutRule(table, ranking, 10, { zones: ['realistic'], quality: [0.95, 0.97] })).toEqual({ zones: ['realistic'], roles: ['auxiliary'], quality: [0.95, 0.97] });
    expect(cutRule(table, ranking, 0, {})).toBeNull();
    const selected = filterRows(table, undecided, cutRule(table, ranking, 10, {})!);
    expect(selected).toHaveLength(10 + cutFacts(table, undecided, ranking, 10).tied);
  });

  it('starts with as many as are realistic, else half', () => {
    expect(firstCut(table, ranking)).toBe(10);
    const plain = tableOf(Array.from({ length: 7 }, (_, i): Row => ({ quality: i })));
    expect(firstCut(plain, cutRanking(plain))).toBe(4);
  });

  it('moves by keys as a slider does', () => {
    expect(cutAfterKey('ArrowRight', 5, 30)).toBe(6);
    expect(cutAfterKey('ArrowDown', 0, 30)).toBe(0);
    expect(cutAfterKey('PageUp', 25, 30)).toBe(30);
    expect(cutAfterKey('Home', 5, 30)).toBe(0);
    expect(cutAfterKey('End', 5, 30)).toBe(30);
    expect(cutAfterKey('a', 5, 30)).toBeNull();
  });
});
