import { describe, expect, it } from 'vitest';
import { rejectReasonSchema, sampleRoleSchema, verdictSchema, zoneSchema } from '@/lib/api/contracts/common';
import { decodeColumns, encodeColumns, packUuids } from '@/lib/api/contracts/columns';
import type { SampleState } from '@/lib/api/contracts/decisions';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { filterRows } from './ranking';
import { filterPredicate, type FilterRow } from './ranking-filter';
import { parseFacts, rowFacts } from './sample-facts';
import { reasonNames, verdictNames } from './score-table';
import { holdsWords } from '@/lib/api/contracts/search-words';
import { idOf, tableOf, type Row } from './testing/score-columns';

/** The facts of rows as the server sends them: only of rows that have any, in another order than the table's. */
function encodeFacts(rows: readonly FilterRow[]) {
  const carriers = rows.map((row, at) => ({ row, at })).filter(({ row }) => row.tags.length > 0 || row.generator !== null || row.batch !== null).toReversed();
  const words = (of: (row: FilterRow) => string | null) => {
    const values = ['', ...new Set(carriers.flatMap(({ row }) => of(row) ?? []))];
    return { type: 'u16' as const, values, data: Uint16Array.from(carriers, ({ row }) => values.indexOf(of(row) ?? '')) };
  };
  const encoded = encodeColumns({
    rows: carriers.length,
    columns: {
      id: { type: 'uuid', data: packUuids(carriers.map(({ at }) => idOf(at))) },
      generator: words((row) => row.generator),
      batch: words((row) => row.batch),
      tagSet: words((row) => (row.tags.length === 0 ? null : JSON.stringify(row.tags))),
    },
  });
  return parseFacts(decodeColumns(encoded.buffer));
}

const row: FilterRow = { role: 'auxiliary', zone: 'realistic', verdict: null, reason: null, defectType: 'crack', quality: 0.5, probability: 0.9, density: 0, rarity: null, tags: ['second look'], generator: 'cutpaste', batch: null, reviewer: null, text: 'plate_07.png\nline 3\ncrack\ncutpaste\nsecond look' };

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
    [{ tags: ['blurred', 'second look'] }, true],
    [{ tags: ['second'] }, false],
    [{ tags: [] }, false],
    [{ generators: ['cutpaste'] }, true],
    [{ batches: ['019ab0c1-2d3e-7f40-8123-00000000000a'] }, false],
    [{ reviewers: ['u1'] }, false],
    [{ text: 'LINE crack' }, true],
    [{ text: '  plate_07   look ' }, true],
    [{ text: 'crack dent' }, false],
    [{ text: '%' }, false],
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
      tags: ['a', 'b', 'c'].filter(() => random() < 0.2), generator: pick([null, 'cutpaste', 'draem']), batch: pick([null, 'x', 'y']), reviewer: null, text: pick(['crack one', 'crack two', 'dent two']),
    })).map((one) => ({ ...one, reviewer: one.verdict === null ? null : pick(['u1', 'u2']) }));
    const table = tableOf(rows.map((one): Row => ({
      role: one.role, zone: one.zone ?? 'none', ...(one.defectType === null ? {} : { defectType: one.defectType }),
      quality: one.quality ?? Number.NaN, probability: one.probability ?? Number.NaN, density: one.density ?? Number.NaN, rarity: one.rarity ?? Number.NaN,
    })));
    const verdicts = { verdict: Uint8Array.from(rows, (one) => verdictNames.indexOf(one.verdict)), reason: Uint8Array.from(rows, (one) => reasonNames.indexOf(one.reason)) };
    const factColumns = encodeFacts(rows);
    const states = new Map(rows.flatMap((one, at): [string, SampleState][] => (one.verdict === null ? [] : [[table.ids[at]!, { sampleId: table.ids[at]!, verdict: one.verdict, reason: null, version: 1, userId: one.reviewer!, userName: '', updatedAt: '' }]])));
    const list = <T>(options: readonly T[]): T[] => options.filter(() => random() < 0.5);
    for (let trial = 0; trial < 200; trial++) {
      const often = <T>(value: () => T, key: string) => (random() < 0.3 ? { [key]: value() } : {});
      const range = (): [number | null, number | null] => [level(), level()];
      const filter: RankingFilter = {
        ...often(() => list(sampleRoleSchema.options), 'roles'), ...often(() => list(zoneSchema.options), 'zones'), ...often(() => list([null, ...verdictSchema.options]), 'verdicts'),
        ...often(() => list(rejectReasonSchema.options), 'reasons'), ...often(() => list(['crack', 'dent']), 'defectTypes'),
        ...often(range, 'quality'), ...often(range, 'probability'), ...often(range, 'density'), ...often(range, 'rarity'),
        ...often(() => list(['a', 'b', 'c']), 'tags'), ...often(() => list(['cutpaste', 'draem']), 'generators'), ...often(() => list(['x', 'y']), 'batches'), ...often(() => list(['u1', 'u2']), 'reviewers'),
        ...often(() => pick(['crack', 'TWO crack', 'one', 'three']), 'text'),
      };
      const holds = filterPredicate(filter);
      const matches = filter.text === undefined ? null : rows.flatMap((one, at) => (holdsWords(one.text, filter.text!) ? [table.ids[at]!] : []));
      const facts = rowFacts(table, factColumns, { states, matches });
      expect([...filterRows(table, { ...verdicts, facts }, filter)], JSON.stringify(filter)).toEqual(rows.flatMap((one, i) => (holds(one) ? [i] : [])));
    }
  });
});
