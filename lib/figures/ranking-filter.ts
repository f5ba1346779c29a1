import type { RejectReason, SampleRole, Verdict, Zone } from '@/lib/api/contracts/common';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { holdsWords } from '@/lib/api/contracts/search-words';

/** What the filter looks at: a sample, its score in the shown run and its state; null where there is none. */
export type FilterRow = {
  readonly role: SampleRole;
  readonly zone: Zone | null;
  readonly verdict: Verdict | null;
  readonly reason: RejectReason | null;
  readonly defectType: string | null;
  readonly quality: number | null;
  readonly probability: number | null;
  readonly density: number | null;
  readonly rarity: number | null;
  readonly tags: readonly string[];
  readonly generator: string | null;
  /** Id of the generation that made it. */
  readonly batch: string | null;
  /** Whose verdict stands. */
  readonly reviewer: string | null;
  /** File name, folder, defect type, generator, prompt, tags and notes of decisions, each on a line of its own. */
  readonly text: string;
};

/**
 * The meaning of a ranking filter, row by row. Every field that is given must hold; a list holds when it names the row's
 * value (an empty list holds for none), a range when the value lies in it, ends included; a row without the value lies in
 * no range and on no list, except that `verdicts` may name null for "not decided". `tags` holds for a row with any of them, `text` for one
 * whose text contains every word. The SQL that counts and freezes an
 * export (lib/store/exports/selection.ts) and the columns of the gallery (lib/figures/ranking.ts) are tested against this.
 */
export function filterPredicate(filter: RankingFilter): (row: FilterRow) => boolean {
  const lists: ((row: FilterRow) => boolean)[] = [
    onList(filter.roles, 'role'),
    onList(filter.zones, 'zone'),
    onList(filter.verdicts, 'verdict'),
    onList(filter.reasons, 'reason'),
    onList(filter.defectTypes, 'defectType'),
    inRange(filter.quality, 'quality'),
    inRange(filter.probability, 'probability'),
    inRange(filter.density, 'density'),
    inRange(filter.rarity, 'rarity'),
    onList(filter.generators, 'generator'),
    onList(filter.batches, 'batch'),
    onList(filter.reviewers, 'reviewer'),
    (row) => filter.tags === undefined || filter.tags.some((tag) => row.tags.includes(tag)),
    (row) => filter.text === undefined || holdsWords(row.text, filter.text),
  ];
  return (row) => lists.every((holds) => holds(row));
}

type ListField = 'role' | 'zone' | 'verdict' | 'reason' | 'defectType' | 'generator' | 'batch' | 'reviewer';

function onList(list: readonly (string | null)[] | undefined, field: ListField): (row: FilterRow) => boolean {
  return list === undefined ? () => true : (row) => list.includes(row[field]);
}

function inRange(range: readonly [number | null, number | null] | undefined, field: 'quality' | 'probability' | 'density' | 'rarity'): (row: FilterRow) => boolean {
  if (range === undefined) return () => true;
  const [low, high] = range;
  return (row) => {
    const value = row[field];
    return value !== null && (low === null || value >= low) && (high === null || value <= high);
  };
}
