'use client';

import { useMemo } from 'react';
import type { RankingFilter } from '@/lib/api/contracts/exports';
import { cutRule } from '@/lib/figures/cut';
import { filterRows, isUnrestricted } from '@/lib/figures/ranking';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import type { Cut } from './use-cut';

/**
 * What the verbs below the ranking are about: what lies above the cut, of it only what the filter shows; without a cut, what
 * the filter shows. Null where there is neither: nobody means a whole ranking by accident.
 */
export function useVerbTarget(cut: Cut, filter: RankingFilter, verdicts: VerdictColumns): { filter: RankingFilter; count: number; what: string } | null {
  const { table, ranking, keep } = cut;
  return useMemo(() => {
    const filtered = !isUnrestricted(filter);
    const rule = keep === null ? (filtered ? filter : null) : cutRule(table, ranking, keep, filter);
    if (rule === null) return null;
    const what = keep === null ? 'of this filter' : filtered ? 'of this filter above the cut' : 'above the cut';
    return { filter: rule, count: filterRows(table, verdicts, rule).length, what };
  }, [table, ranking, keep, filter, verdicts]);
}
