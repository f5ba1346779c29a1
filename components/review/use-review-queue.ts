'use client';

import { useMemo, useState } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import { isBulk } from '@/lib/figures/decision-log';
import { rankRows } from '@/lib/figures/ranking';
import { nextUndecided, reviewProgress, upcoming } from '@/lib/figures/review-queue';
import type { RowFacts } from '@/lib/figures/sample-facts';
import { verdictNames, type ScoreTable } from '@/lib/figures/score-table';
import { withoutAbsent, type ViewState } from '@/lib/figures/view-state';
import { useVerdicts } from '../score/use-ranking';
import { useWithFacts } from '../score/use-sample-facts';
import type { Decisions } from './use-decisions';

const skipped = verdictNames.indexOf('skipped');

/**
 * The queue of one sitting. Its order is frozen when the page opens: the auxiliary samples that the filter lets
 * through and that are still undecided (or skipped, when the filter asks for those), in the order of the ranking.
 */
export function useReviewQueue(table: ScoreTable, run: Run, view: ViewState, decisions: Decisions, facts: RowFacts | undefined) {
  const verdicts = useWithFacts(useVerdicts(table, decisions), facts);
  const [sitting, setSitting] = useState(() => openSitting(view.filter.verdicts?.includes('skipped') ?? false));
  function openSitting(again: boolean) {
    const filter = withoutAbsent({ ...view.filter, roles: ['auxiliary'], verdicts: again ? ['skipped'] : [null], reasons: undefined });
    const queue = rankRows(table, verdicts, filter, view.sort);
    const wanted = queue.indexOf(table.rowOf.get(view.selected ?? '') ?? -1);
    return { queue, again, position: Math.max(0, wanted), runId: run.id, from: decisions.log.times.length };
  }
  const { queue, again } = sitting;
  // Samples that were skipped before count as open in a second look, until they are decided in this visit.
  const touched = useMemo(() => new Set(decisions.log.undoStack.flatMap((one) => (isBulk(one) ? [] : [one.sampleId]))), [decisions.log.undoStack]);
  const open = useMemo(
    () => (again ? verdicts.verdict.map((code, row) => (code === skipped && !touched.has(table.ids[row]!) ? 0 : code)) : verdicts.verdict),
    [again, verdicts, touched, table],
  );
  const progress = useMemo(() => reviewProgress(queue, open), [queue, open]);
  const position = Math.min(sitting.position, Math.max(0, queue.length - 1));
  const go = (to: number) => setSitting((last) => ({ ...last, position: Math.max(0, Math.min(last.queue.length - 1, to)) }));
  return {
    queue,
    verdicts,
    open,
    position,
    progress,
    row: queue[position] ?? null,
    next: upcoming(queue, open, position, 5),
    finished: progress.decided === progress.total,
    times: decisions.log.times.slice(sitting.from),
    go,
    /** Moves on from a sample that is being decided right now. */
    advance: () => {
      const after = nextUndecided(queue, open, position);
      if (after >= 0 && after !== position) go(after);
    },
    goTo: (sampleId: string) => {
      const at = queue.indexOf(table.rowOf.get(sampleId) ?? -1);
      if (at >= 0) go(at);
    },
    restart: (withSkipped: boolean) => setSitting(openSitting(withSkipped)),
  };
}

export type ReviewQueue = ReturnType<typeof useReviewQueue>;
