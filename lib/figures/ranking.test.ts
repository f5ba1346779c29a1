import { describe, expect, it } from 'vitest';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { filterPredicate } from './ranking-filter';
import { countRows, filterRows, isUnrestricted, rankRows } from './ranking';
import { idOf, tableOf } from './testing/score-columns';
import { reasonNames, roleNames, verdictNames, zoneNames } from './score-table';
import { verdictColumns } from './verdicts';

const table = tableOf([
  { quality: 0.2, probability: 0.1, density: 0.5, zone: 'indistinguishable', defectType: 'crack' },
  { quality: 0.9, probability: 0.9, density: 0.4, zone: 'realistic', defectType: 'scratch' },
  { role: 'normal', density: 0.7, probability: 0.05 },
  { quality: 0.05, probability: 0.99, density: 0, zone: 'unrealistic' },
  { quality: 0.5, probability: 0.6, density: 0.1, zone: 'realistic', defectType: 'crack' },
]);
const none = verdictColumns(table, new Map());
const byQuality = { key: 'quality', descending: true } as const;

describe('rankRows', () => {
  it('sorts by quality, best first, over auxiliary samples', () => {
    expect([...rankRows(table, none, { roles: ['auxiliary'] }, byQuality)]).toEqual([1, 4, 0, 3]);
  });

  it('puts rows without a value last in both directions', () => {
    expect(rankRows(table, none, {}, byQuality).at(-1)).toBe(2);
    expect(rankRows(table, none, {}, { key: 'quality', descending: false }).at(-1)).toBe(2);
  });

  it('filters by zone, defect type, decision and range, all at once', () => {
    const verdicts = verdictColumns(table, new Map([[idOf(4), { verdict: 'accepted', reason: null }]]));
    const filter = { zones: ['realistic' as const], defectTypes: ['crack', 'scratch'] };
    expect([...filterRows(table, verdicts, filter)]).toEqual([1, 4]);
    expect([...filterRows(table, verdicts, { ...filter, verdicts: [null] })]).toEqual([1]);
    expect([...filterRows(table, verdicts, { ...filter, verdicts: ['accepted'] })]).toEqual([4]);
    expect([...filterRows(table, verdicts, { quality: [0.2, 0.5] })]).toEqual([0, 4]);
    expect([...filterRows(table, verdicts, { quality: [null, 0.2] })]).toEqual([0, 3]);
  });

  it('filters by the reason of a rejection', () => {
    const verdicts = verdictColumns(table, new Map([
      [idOf(0), { verdict: 'rejected', reason: 'indistinguishable' }],
      [idOf(3), { verdict: 'rejected', reason: 'artefact' }],
    ]));
    expect([...filterRows(table, verdicts, { reasons: ['artefact'] })]).toEqual([3]);
  });

  it('breaks ties by the sample, not by the order in which samples were stored', () => {
    const rows = Array.from({ length: 400 }, () => ({ quality: 0.5 }));
    const tied = tableOf(rows);
    const order = rankRows(tied, verdictColumns(tied, new Map()), {}, byQuality);
    const firstHalf = [...order.slice(0, 200)].filter((row) => row < 200).length;
    expect(firstHalf).toBeGreaterThan(70);
    expect(firstHalf).toBeLessThan(130);
    expect([...order]).toEqual([...rankRows(tied, verdictColumns(tied, new Map()), {}, byQuality)]);
    expect([...order].sort((a, b) => a - b)).toEqual([...order.keys()]);
  });

  it('orders 50,000 rows exactly as a comparator does, negative, tiny and equal values included', () => {
    const count = 50_000;
    const value = (i: number) => (i % 7 === 0 ? 0 : Math.sin(i) * 10 ** ((i % 13) - 6));
    const big = tableOf(Array.from({ length: count }, (_, i) => ({ quality: value(i) })));
    const order = rankRows(big, verdictColumns(big, new Map()), {}, byQuality);
    const expected = [...order.keys()].sort((a, b) => big.quality[b]! - big.quality[a]! || big.tie[a]! - big.tie[b]!);
    expect(Array.from(order)).toEqual(expected);
  });
});

describe('counts and emptiness', () => {
  it('counts rows by role, zone and decision', () => {
    const verdicts = verdictColumns(table, new Map([[idOf(1), { verdict: 'skipped', reason: null }]]));
    const counts = countRows(table, verdicts, filterRows(table, verdicts, {}));
    expect(counts.roles).toEqual([1, 0, 4]);
    expect(counts.zones).toEqual([1, 2, 1, 1]);
    expect(counts.verdicts).toEqual([4, 0, 0, 1]);
  });

  it('knows a filter that restricts nothing but the role', () => {
    expect(isUnrestricted({ roles: ['auxiliary'] })).toBe(true);
    expect(isUnrestricted({ roles: ['auxiliary'], zones: ['realistic'] })).toBe(false);
  });
});

describe('the columns mean by a filter what exports mean by it', () => {
  const verdicts = verdictColumns(table, new Map([
    [idOf(0), { verdict: 'rejected', reason: 'other' }],
    [idOf(1), { verdict: 'accepted', reason: null }],
    [idOf(4), { verdict: 'skipped', reason: null }],
  ]));
  const orNull = (value: number) => (Number.isNaN(value) ? null : value);
  const rowOf = (row: number) => ({
    role: roleNames[table.role[row]!]!,
    zone: zoneNames[table.zone[row]!]!,
    verdict: verdictNames[verdicts.verdict[row]!]!,
    reason: reasonNames[verdicts.reason[row]!]!,
    defectType: table.defectTypes[table.defectType[row]!]!,
    quality: orNull(table.quality[row]!),
    probability: orNull(table.probability[row]!),
    density: orNull(table.density[row]!),
    rarity: orNull(table.rarity[row]!),
    tags: [], generator: null, batch: null, reviewer: null, text: '',
  });
  const filters: RankingFilter[] = [
    {},
    { roles: ['normal'] },
    { roles: [] },
    { zones: ['realistic', 'unrealistic'] },
    { verdicts: [null] },
    { verdicts: ['accepted', null] },
    { reasons: ['other'] },
    { defectTypes: ['crack'] },
    { quality: [null, null] },
    { quality: [0.2, null], density: [null, 0.4] },
    { rarity: [0, 1] },
    { tags: ['second look'] },
  ];
  it.each(filters.map((filter) => [JSON.stringify(filter), filter] as const))('%s', (_, filter) => {
    const expected = [...Array(table.rows).keys()].filter((row) => filterPredicate(filter)(rowOf(row)));
    expect([...filterRows(table, verdicts, filter)]).toEqual(expected);
  });
});
