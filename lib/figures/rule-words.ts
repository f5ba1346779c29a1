import type { ExportRule, RankingFilter } from '@/lib/api/contracts/exports';
import { countOf, formatNumber } from './format';

/** The auxiliary samples that were accepted: what an export is for. */
export const acceptedFilter: RankingFilter = { roles: ['auxiliary'], verdicts: ['accepted'] };

const ranges = ['quality', 'probability', 'density', 'rarity'] as const;

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}

function rangeWords(name: string, [low, high]: readonly [number | null, number | null]): string | null {
  if (low === null && high === null) return null;
  if (low === null) return `${name} at most ${formatNumber(high)}`;
  if (high === null) return `${name} at least ${formatNumber(low)}`;
  return `${name} ${formatNumber(low)} to ${formatNumber(high)}`;
}

/** A rule in words: "accepted auxiliary samples; quality at least 0.500". */
export function ruleWords({ filter }: Pick<ExportRule, 'filter'>): string {
  const verdicts = filter.verdicts === undefined ? '' : listOf(filter.verdicts.map((verdict) => verdict ?? 'undecided'));
  const roles = filter.roles === undefined ? '' : listOf(filter.roles.map((role) => (role === 'anomaly' ? 'real anomaly' : role)));
  const head = [verdicts, roles, 'samples'].filter((part) => part !== '').join(' ');
  const conditions = [
    filter.zones === undefined ? null : `zone ${listOf(filter.zones)}`,
    filter.reasons === undefined ? null : `reason ${listOf(filter.reasons)}`,
    filter.defectTypes === undefined ? null : `defect type ${listOf(filter.defectTypes)}`,
    filter.text === undefined ? null : `with the words "${filter.text}"`,
    filter.tags === undefined ? null : `tag ${listOf(filter.tags)}`,
    filter.generators === undefined ? null : `generator ${listOf(filter.generators)}`,
    filter.batches === undefined ? null : `of ${countOf(filter.batches.length, 'batch', 'batches')}`,
    filter.reviewers === undefined ? null : `decided by ${countOf(filter.reviewers.length, 'chosen reviewer')}`,
    ...ranges.map((name) => (filter[name] === undefined ? null : rangeWords(name, filter[name]))),
  ].filter((part) => part !== null);
  const sentence = [head === 'samples' ? 'all samples' : head, ...conditions].join('; ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
