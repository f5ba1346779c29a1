'use client';

import { Map as MapIcon, X } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import { countOf } from '@/lib/figures/format';
import { roleNames, type ScoreTable } from '@/lib/figures/score-table';
import { stagePath } from '../frame/stages';
import { BulkVerbs } from '../review/bulk-verbs';
import { rowsOfSet, useKeepSet, usePickedSet, withSet } from './selected-set';

/** What the ranking is limited to beside its filter. */
export type PickedRows = {
  /** 1 for the rows that were picked; null while nothing limits the ranking. */
  readonly marks: Uint8Array | null;
  /** Samples that were picked, in this run or not. */
  readonly count: number;
  /** Of them, those that this run does not hold. */
  readonly missing: number;
  /** The address speaks of picked samples that this visit does not know. */
  readonly forgotten: boolean;
  readonly drop: () => void;
};

/** The samples that were picked on the map and sent to the ranking, as rows of its run. */
export function usePickedRows(projectId: string, table: ScoreTable): PickedRows {
  const { picked, drop } = usePickedSet(projectId, 'map');
  const ids = picked?.ids ?? null;
  const known = useMemo(() => {
    if (ids === null) return null;
    const marks = new Uint8Array(table.rows);
    const rows = rowsOfSet(ids, table);
    for (const row of rows) marks[row] = 1;
    return { marks, missing: ids.length - rows.length };
  }, [ids, table]);
  return { marks: known?.marks ?? null, count: ids?.length ?? 0, missing: known?.missing ?? 0, forgotten: picked !== null && ids === null, drop };
}

/** Says that the ranking shows picked samples only, and takes that back. */
export function PickedChip({ picked: { marks, count, missing, forgotten, drop } }: { picked: PickedRows }) {
  if (marks === null && !forgotten) return null;
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-2 border-b border-line bg-selected px-3 py-1 text-small">
      <span className="min-w-0 flex-1">
        {forgotten ? 'The samples picked on the map are no longer known here: a reload forgets them. All are shown.' : `Only the ${countOf(count, 'sample')} picked on the map`}
        {missing > 0 && <span className="text-muted">; {missing === 1 ? 'one of them is' : `${missing} of them are`} not in this run</span>}
      </span>
      <button type="button" onClick={drop} className="inline-flex h-7 items-center gap-1 rounded-md px-2 hover:bg-hover">
        <X aria-hidden className="size-3.5" />
        {forgotten ? 'Dismiss' : 'Show all'}
      </button>
    </p>
  );
}

/** The verbs for what is left of the picked samples under the filter; a rule could not name them. */
export function PickedVerbs({ projectId, run, table, order }: { projectId: string; run: Run; table: ScoreTable; order: Uint32Array }) {
  const ids = useMemo(() => {
    const auxiliary = roleNames.indexOf('auxiliary');
    return Array.from(order.filter((row) => table.role[row] === auxiliary), (row) => table.ids[row]!);
  }, [order, table]);
  return <BulkVerbs projectId={projectId} target={{ ids }} count={ids.length} runId={run.id} name="Picked on the map" />;
}

/** To the map, with what the ranking shows marked on it. */
export function ShowOnMap({ projectId, run, table, order }: { projectId: string; run: Run; table: ScoreTable; order: Uint32Array }) {
  const keep = useKeepSet(projectId);
  return (
    <Link
      href={withSet(`${stagePath(projectId, 'map')}?run=${run.id}`, 'scores')}
      onClick={() => keep('scores', Array.from(order, (row) => table.ids[row]!))}
      aria-label="Show on map"
      title="Show on map"
      className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink max-md:size-9"
    >
      <MapIcon aria-hidden className="size-4" />
    </Link>
  );
}
