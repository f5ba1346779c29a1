'use client';

import Link from 'next/link';
import { useMemo, type PointerEvent } from 'react';
import type { Run } from '@/lib/api/contracts/runs';
import { countOf } from '@/lib/figures/format';
import type { MapPoints } from '@/lib/figures/map-figure';
import { roleNames } from '@/lib/figures/score-table';
import type { VerdictColumns } from '@/lib/figures/verdicts';
import type { ViewState } from '@/lib/figures/view-state';
import { stagePath } from '../frame/stages';
import { BulkVerbs } from '../review/bulk-verbs';
import { VerbBar } from '../review/verb-bar';
import { Gallery } from '../score/gallery';
import { LayoutSwitch, SortControl } from '../score/list-controls';
import { QualityTable } from '../score/quality-table';
import { useKeepSet, withSet } from '../score/selected-set';
import { sampleOfTile } from '../score/score-tile';
import { useSampleRow } from '../score/use-sample-row';
import type { ChangeView } from '../score/use-view-state';
import { Button, buttonClass } from '../ui/button';
import { SelectionCounts } from './selection-counts';

export type SelectionBodyProps = {
  projectId: string;
  points: MapPoints;
  /** Points of the selection, ascending. */
  selection: Uint32Array;
  /** The same in the order of the list. */
  order: Uint32Array;
  /** Samples that were sent here and that the map lacks. */
  missing: number;
  run: Run | null;
  verdicts: VerdictColumns;
  view: ViewState;
  onView: ChangeView;
  /** How many samples stand side by side, for the keys that move by a row; keep it stable between renderings. */
  onColumns: (columns: number) => void;
  /** The point whose tile the pointer is on; -1 when it leaves. */
  onPointedAt: (point: number) => void;
  /** Shows the selected sample large, with its why. */
  onOpen: () => void;
};

/** What a lasso holds: how many of which kind, what can be done with them, and the samples as gallery or table. */
export function SelectionBody({ projectId, points, selection, order, missing, run, verdicts, view, onView, onColumns, onPointedAt, onOpen }: SelectionBodyProps) {
  const ids = useMemo(() => Array.from(selection, (point) => points.ids[point]!), [selection, points.ids]);
  const position = useMemo(() => order.indexOf(points.rowOf.get(view.selected ?? '') ?? -1), [order, points.rowOf, view.selected]);
  const list = { projectId, table: points, order, verdicts, position, sortKey: view.sort.key, cut: null, onSelect: (sampleId: string) => onView({ selected: sampleId }), onOpen, onColumns };
  const pointAt = (event: PointerEvent) => onPointedAt(points.rowOf.get(sampleOfTile(event.target) ?? '') ?? -1);
  return (
    <>
      <div className="flex min-h-0 flex-1 flex-col max-md:overflow-y-auto">
        <div className="flex shrink-0 flex-col gap-3 border-b border-line p-4">
          <SelectionCounts points={points} verdicts={verdicts} selection={selection} />
          {missing > 0 && <p className="text-small text-muted">{countOf(missing, 'sample')} of the ranking {missing === 1 ? 'is' : 'are'} not on this map.</p>}
          {run && <ShowInScores projectId={projectId} run={run} points={points} selection={selection} ids={ids} />}
        </div>
        <div className="flex shrink-0 items-center gap-1.5 border-b border-line px-4 py-2">
          <SortControl table={points} sort={view.sort} onSort={(sort) => onView({ sort })} />
          <span className="ml-auto" />
          <LayoutSwitch layout={view.layout} onLayout={(layout) => onView({ layout })} />
        </div>
        <div className="flex min-h-0 flex-1 flex-col max-md:min-h-72 max-md:flex-none" onPointerOver={pointAt} onPointerLeave={() => onPointedAt(-1)}>
          {view.layout === 'gallery' ? <Gallery {...list} /> : <QualityTable {...list} sort={view.sort} onSort={(sort) => onView({ sort })} />}
        </div>
      </div>
      {position >= 0 && <SelectedLine projectId={projectId} sampleId={view.selected!} onOpen={onOpen} />}
      <VerbBar>
        <Verbs projectId={projectId} points={points} selection={selection} ids={ids} run={run} />
      </VerbBar>
    </>
  );
}

/** The selected tile by name, and the way to its image and its why. */
function SelectedLine({ projectId, sampleId, onOpen }: { projectId: string; sampleId: string; onOpen: () => void }) {
  const { data: row } = useSampleRow(projectId, sampleId);
  return (
    <div className="flex shrink-0 items-center gap-2 border-t border-line py-2 pr-2 pl-4">
      <span className="min-w-0 flex-1 truncate" title={row?.fileName}>
        {row?.fileName ?? '…'}
      </span>
      <Button size="sm" shortcut="I" onClick={onOpen}>
        Open
      </Button>
    </div>
  );
}

type SelectedProps = { projectId: string; points: MapPoints; selection: Uint32Array; ids: readonly string[] };

/** What can be done with all that is selected: verdicts are for auxiliary samples, excluding is for normals. */
function Verbs({ projectId, points: { role }, selection, ids, run }: SelectedProps & { run: Run | null }) {
  const target = useMemo(() => {
    const [normal, auxiliary] = [roleNames.indexOf('normal'), roleNames.indexOf('auxiliary')];
    return { ids: ids.filter((_, i) => role[selection[i]!] === auxiliary), normals: ids.filter((_, i) => role[selection[i]!] === normal) };
  }, [ids, role, selection]);
  return <BulkVerbs projectId={projectId} target={{ ids: target.ids }} count={target.ids.length} normals={target.normals} runId={run?.id ?? null} name="Picked on the map" />;
}

/** To the ranking, limited to what is selected here. */
function ShowInScores({ projectId, run, points, selection, ids }: SelectedProps & { run: Run }) {
  const keep = useKeepSet(projectId);
  const auxiliary = roleNames.indexOf('auxiliary');
  const anyRole = selection.some((point) => points.role[point] !== auxiliary);
  return (
    <Link href={withSet(`${stagePath(projectId, 'scores')}?run=${run.id}${anyRole ? '&role=any' : ''}`, 'map')} onClick={() => keep('map', ids)} className={`${buttonClass('secondary', 'sm')} self-start`}>
      Show these in Scores
    </Link>
  );
}
