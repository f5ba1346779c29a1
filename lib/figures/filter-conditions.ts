import type { RankingFilter } from '@/lib/api/contracts/exports';
import { formatNumber } from './format';
import { defaultFilter } from './view-state';

/** One condition of a filter, and what the filter is without it. */
export type FilterCondition = {
  /** 'batch' and 'reviewer' carry an id that the screen has a name for. */
  readonly kind: 'plain' | 'batch' | 'reviewer';
  readonly label: string;
  readonly value: string;
  readonly without: { [K in keyof RankingFilter]?: RankingFilter[K] | undefined };
};

const lists = { zones: 'zone', verdicts: 'decision', reasons: 'reason', defectTypes: 'type', tags: 'tag', generators: 'generator', batches: 'batch', reviewers: 'by' } as const;
const ranges = { quality: 'quality', probability: 'p', density: 'density', rarity: 'rarity' } as const;

/** The conditions that a filter makes beyond the default, word by word. */
export function filterConditions(filter: RankingFilter): FilterCondition[] {
  const conditions: FilterCondition[] = [];
  if (filter.text !== undefined) conditions.push({ kind: 'plain', label: 'words', value: filter.text, without: { text: undefined } });
  if (filter.roles?.join() !== defaultFilter.roles?.join()) {
    conditions.push({ kind: 'plain', label: 'role', value: filter.roles === undefined ? 'any' : filter.roles.join(' or '), without: { roles: defaultFilter.roles } });
  }
  for (const key of Object.keys(lists) as (keyof typeof lists)[]) conditions.push(...ofList(filter, key));
  for (const key of Object.keys(ranges) as (keyof typeof ranges)[]) {
    const range = filter[key];
    if (range !== undefined) conditions.push({ kind: 'plain', label: ranges[key], value: rangeText(range), without: { [key]: undefined } });
  }
  return conditions;
}

function ofList(filter: RankingFilter, key: keyof typeof lists): FilterCondition[] {
  const words: readonly (string | null)[] = filter[key] ?? [];
  const kind = key === 'batches' ? 'batch' : key === 'reviewers' ? 'reviewer' : 'plain';
  return words.map((word) => {
    const left = words.filter((one) => one !== word);
    return { kind, label: lists[key], value: word ?? 'undecided', without: { [key]: left.length === 0 ? undefined : left } };
  });
}

function rangeText([low, high]: readonly [number | null, number | null]): string {
  if (low === null) return `≤ ${formatNumber(high)}`;
  return high === null ? `≥ ${formatNumber(low)}` : `${formatNumber(low)} to ${formatNumber(high)}`;
}
