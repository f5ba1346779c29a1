import type { RankingFilter } from '@/lib/api/contracts/exports';
import { orderedWords, radixOrder } from './radix-order';
import type { RowFacts } from './sample-facts';
import { reasonNames, roleNames, verdictNames, zoneNames, type ScoreTable } from './score-table';
import type { VerdictColumns } from './verdicts';

/** The columns a ranking can be sorted by. */
export const sortKeys = ['quality', 'probability', 'density', 'rarity', 'zone', 'role', 'defectType', 'qualityLabel', 'decision'] as const;
export type SortKey = (typeof sortKeys)[number];
export type Sort = { readonly key: SortKey; readonly descending: boolean };

type RowTest = (row: number) => boolean;

/** The rows that pass the filter, in order. Ties fall by a hash of the sample's id, never by the order of import. */
export function rankRows(table: ScoreTable, verdicts: VerdictColumns, filter: RankingFilter, sort: Sort): Uint32Array {
  return orderRows(filterRows(table, verdicts, filter), table, verdicts, sort);
}

/** The given rows in order, as `rankRows` orders those that pass a filter. */
export function orderRows(rows: Uint32Array, table: ScoreTable, verdicts: VerdictColumns, sort: Sort): Uint32Array {
  const { high, low } = orderedWords(sortColumn(table, verdicts, sort.key), sort.descending);
  return radixOrder(rows, [high, low, table.tie]);
}

/** The rows that pass the filter, in the order of the table. */
export function filterRows(table: ScoreTable, verdicts: VerdictColumns, filter: RankingFilter): Uint32Array {
  const tests = rowTests(table, verdicts, filter);
  const rows = new Uint32Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row++) {
    if (tests.every((test) => test(row))) rows[count++] = row;
  }
  return rows.slice(0, count);
}

function sortColumn(table: ScoreTable, verdicts: VerdictColumns, key: SortKey): ArrayLike<number> {
  return key === 'decision' ? verdicts.verdict : table[key];
}

/** One test per restriction that the filter makes; what it leaves out restricts nothing. */
function rowTests(table: ScoreTable, verdicts: VerdictColumns, filter: RankingFilter): RowTest[] {
  const tests = [
    oneOf(table.role, roleNames, filter.roles),
    oneOf(table.zone, zoneNames, filter.zones),
    oneOf(verdicts.verdict, verdictNames, filter.verdicts),
    oneOf(verdicts.reason, reasonNames, filter.reasons),
    oneOf(table.defectType, table.defectTypes, filter.defectTypes),
    within(table.quality, filter.quality),
    within(table.probability, filter.probability),
    within(table.density, filter.density),
    within(table.rarity, filter.rarity),
    ...factTests(verdicts.facts, filter),
  ];
  return tests.filter((test) => test !== null);
}

const none: RowTest = () => false;

/** Tests of what neither scores nor verdicts tell; while it is not known, no row passes. */
function factTests(facts: RowFacts | undefined, { text, tags, generators, batches, reviewers }: RankingFilter): (RowTest | null)[] {
  if (facts === undefined) return usesFacts({ text, tags, generators, batches, reviewers } as RankingFilter) ? [none] : [];
  const wanted = tags === undefined ? undefined : facts.tagSets.map((set) => set.some((tag) => tags.includes(tag)));
  const named = ({ codes, names }: RowFacts['generator'], list: readonly string[] | undefined) => oneOf(codes, names, list);
  return [
    named(facts.generator, generators),
    named(facts.batch, batches),
    named(facts.reviewer, reviewers),
    wanted === undefined ? null : (row) => wanted[facts.tagSet.codes[row]!]!,
    text === undefined ? null : (row) => facts.matches?.[row] === 1,
  ];
}

/** True when a filter asks for what neither scores nor verdicts tell. */
export function usesFacts({ tags, generators, batches, reviewers, text }: RankingFilter): boolean {
  return [tags, generators, batches, reviewers, text].some((part) => part !== undefined);
}

function oneOf(codes: ArrayLike<number>, names: readonly (string | null)[], wanted: readonly (string | null)[] | undefined): RowTest | null {
  if (wanted === undefined) return null;
  const allowed = names.map((name) => wanted.includes(name));
  return (row) => allowed[codes[row]!]!;
}

/** Both ends belong to the range; null leaves an end open; a row without a value lies in no range. */
function within(values: Float64Array, range: readonly [number | null, number | null] | undefined): RowTest | null {
  if (range === undefined) return null;
  const low = range[0] ?? Number.NEGATIVE_INFINITY;
  const high = range[1] ?? Number.POSITIVE_INFINITY;
  return (row) => values[row]! >= low && values[row]! <= high;
}

/** True when the filter restricts nothing beyond the role: then an empty ranking means "nothing yet". */
export function isUnrestricted(filter: RankingFilter): boolean {
  return Object.entries(filter).every(([key, value]) => key === 'roles' || value === undefined);
}

/** Rows by role, zone and decision, for counts beside the filters. */
export type RankingCounts = {
  readonly roles: readonly number[];
  readonly zones: readonly number[];
  readonly verdicts: readonly number[];
  readonly defectTypes: readonly number[];
};

/** Counts of the given rows per code of role, zone, verdict and defect type. */
export function countRows(table: ScoreTable, verdicts: VerdictColumns, rows: Uint32Array): RankingCounts {
  const tally = (codes: ArrayLike<number>, size: number) => {
    const counts = new Array<number>(size).fill(0);
    for (const row of rows) counts[codes[row]!]!++;
    return counts;
  };
  return {
    roles: tally(table.role, roleNames.length),
    zones: tally(table.zone, zoneNames.length),
    verdicts: tally(verdicts.verdict, verdictNames.length),
    defectTypes: tally(table.defectType, table.defectTypes.length),
  };
}
