import { describe, expect, it } from 'vitest';
import { rejectReasonSchema, sampleRoleSchema, verdictSchema, zoneSchema } from '@/lib/api/contracts/common';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { filterRows } from './ranking';
import { filterPredicate, type FilterRow } from './ranking-filter';
import { reasonNames, verdictNames } from './score-table';
import { tableOf, type Row } from './testing/score-columns';

const row: FilterRow = { role: 'auxiliary', zone: 'realistic', verdict: null, reason: null, defectType: 'crack', quality: 0.5, probability: 0.9, density: 0, rarity: null };

describe('filterPredicate', () => {
  it.each<[RankingFilter, boolean]>([
    [{}, true],
    [{ roles: ['auxiliary'] }, true],
    [{ roles: [] }, false],
    [{ roles: ['normal', 'anomaly'] }, false],
    [{ zones: ['realistic'] }, true],
    [{ verdicts: [null] }, true],
    [{ verdicts: ['accepted'] }, false],
    [{ reasons: ['other'] }, false],
    [{ defectTypes: ['crack'] }, true],
    [{ defectTypes: ['dent'] }, false],
    [{ quality: [0.5, 0.5] }, true],
    [{ quality: [0.51, null] }, false],
    [{ quality: [null, 0.49] }, false],
    [{ density: [0, null] }, true],
    [{ rarity: [null, null] }, false],
    [{ roles: ['auxiliary'], quality: [0.6, null] }, false],
  ])('%j', (filter, expected) => {
    expect(filterPredicate(filter)(row)).toBe(expected);
  });

  it('means the same as the columns of the gallery, on random data', () => {
    let state = 11;
    const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const level = () => (random() < 0.25 ? null : Math.floor(random() * 8) / 8);
    const rows: FilterRow[] = Array.from({ length: 300 }, () => ({
      role: pick(sampleRoleSchema.options), zone: pick([null, ...zoneSchema.options]), verdict: pick([null, ...verdictSchema.options]), reason: pick([null, ...rejectReasonSchema.options]),
      defectType: pick([null, 'crack', 'dent']), quality: level(), probability: level(), density: level(), rarity: level(),
    }));
    const table = tableOf(rows.map((one): Row => ({
      role: one.role, zone: one.zone ?? 'none', ...(one.defectType === null ? {} : { defectType: one.defectType }),
      quality: one.quality ?? Number.NaN, probability: one.probability ?? Number.NaN, density: one.density ?? Number.NaN, rarity: one.rarity ?? Number.NaN,
    })));
    const verdicts = { verdict: Uint8Array.from(rows, (one) => verdictNames.indexOf(one.verdict)), reason: Uint8Array.from(rows, (one) => reasonNames.indexOf(one.reason)) };
    const list = <T>(options: readonly T[]): T[] => options.filter(() => random() < 0.5);
    for (let trial = 0; trial < 200; trial++) {
      const often = <T>(value: () => T, key: string) => (random() < 0.3 ? { [key]: value() } : {});
      const range = (): [number | null, number | null] => [level(), level()];
      const filter: RankingFilter = {
        ...often(() => list(sampleRoleSchema.options), 'roles'), ...often(() => list(zoneSchema.options), 'zones'), ...often(() => list([null, ...verdictSchema.options]), 'verdicts'),
        ...often(() => list(rejectReasonSchema.options), 'reasons'), ...often(() => list(['crack', 'dent']), 'defectTypes'),
        ...often(range, 'quality'), ...often(range, 'probability'), ...often(range, 'density'), ...often(range, 'rarity'),
      };
      const holds = filterPredicate(filter);
      expect([...filterRows(table, verdicts, filter)], JSON.stringify(filter)).toEqual(rows.flatMap((one, i) => (holds(one) ? [i] : [])));
    }
  });
});
