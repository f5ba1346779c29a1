'use client';

import { useMemo } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { cutRule } from '@/lib/figures/cut';
import { isUnrestricted } from '@/lib/figures/ranking';
import { roleNames } from '@/lib/figures/score-table';
import type { Cut } from './use-cut';

/** A rule that verbs are carried out by, how many samples it selects now (and of these auxiliary ones, which can be decided on), and what they are in words. */
export type VerbTarget = { readonly filter: RankingFilter; readonly count: number; readonly auxiliary: number; readonly what: string };

/**
 * What the verbs below a ranking are about: what lies above the cut, of it only what the filter shows; without a cut, what
 * the filter shows. Null where there is neither: nobody means a whole ranking by accident.
 * @param shown the rows that pass the filter
 */
export function useVerbTarget(cut: Cut, filter: RankingFilter, shown: Uint32Array): VerbTarget | null {
  const { table, ranking, keep } = cut;
  return useMemo(() => {
    const filtered = !isUnrestricted(filter);
    const isAuxiliary = (row: number) => roleNames[table.role[row]!] === 'auxiliary';
    if (keep === null) return filtered ? { filter, count: shown.length, auxiliary: shown.filter(isAuxiliary).length, what: 'of this filter' } : null;
    const rule = cutRule(table, ranking(), keep, filter);
    if (rule === null) return null;
    const threshold = rule.quality?.[0] ?? Number.NEGATIVE_INFINITY;
    const count = shown.filter((row) => isAuxiliary(row) && table.quality[row]! >= threshold).length;
    return { filter: rule, count, auxiliary: count, what: filtered ? 'of this filter above the cut' : 'above the cut' };
  }, [table, ranking, keep, filter, shown]);
}
