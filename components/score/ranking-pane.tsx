'use client';

import { ChartColumn, SearchX } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { filterRows, isUnrestricted, type RankingCounts } from '@/lib/figures/ranking';
import type { Run } from '@/lib/api/contracts/runs';
import { runTitle } from '@/lib/figures/run-name';
import type { ScoreTable } from '@/lib/figures/score-table';
import { knownParts } from '@/lib/figures/table-columns';
import { defaultFilter, type ViewState } from '@/lib/figures/view-state';
import { StageLink } from '../frame/stage-link';
import { BulkVerbs } from '../review/bulk-verbs';
import { VerbBar, VerbHint } from '../review/verb-bar';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { IconButton } from '../ui/icon-button';
import { Skeleton } from '../ui/skeleton';
import { CutBar } from './cut/cut-bar';
import type { Cut } from './cut/use-cut';
import { useVerbTarget, type VerbTarget } from './cut/use-verb-target';
import { ExportButton, ExportMenu } from './export-button';
import { Gallery, type RankingListProps } from './gallery';
import { MarkedVerbs } from './marked-verbs';
import { PickedChip, PickedVerbs, ShowOnMap, type PickedRows } from './picked-rows';
import { RankingBar } from './ranking-bar';
import type { Marks } from './use-marks';
import type { ChangeView } from './use-view-state';

const QualityTable = dynamic(() => import('./quality-table').then((module) => module.QualityTable));

/** What is exported as accepted: the same rule counts on the button and is frozen in the export. */
const acceptedFilter = { roles: ['auxiliary' as const], verdicts: ['accepted' as const] };

type RankingPaneProps = {
  list: RankingListProps;
  /** Samples that were sent here from the map. */
  picked: PickedRows;
  marks: Marks;
  cut: Cut;
  run: Run;
  view: ViewState;
  onView: ChangeView;
  counts: RankingCounts;
  mayExport: boolean;
  mayDecide: boolean;
  /** What the filter asks for is on its way. */
  searching: boolean;
  filterOpen: boolean;
  onFilterOpen: (open: boolean) => void;
  chartsOpen: boolean;
  onChartsOpen: (open: boolean) => void;
};

/** The ranking as gallery or table, under its order and filter; below it one line of verbs and one of the cut and the export. */
export function RankingPane({ list, picked, marks, cut, run, view, onView, counts, mayExport, mayDecide, searching, filterOpen, onFilterOpen, chartsOpen, onChartsOpen }: RankingPaneProps) {
  const { projectId, table, order, verdicts } = list;
  const runId = run.id;
  const ofAccepted = useMemo(() => ({ filter: acceptedFilter, count: filterRows(table, verdicts, acceptedFilter).length, what: 'accepted' }), [table, verdicts]);
  const ofRule = useVerbTarget(cut, view.filter, order);
  const target = picked.marks === null ? ofRule : null;
  return (
    <>
      <RankingBar projectId={projectId} table={table} view={view} onView={onView} counts={counts} matches={order.length} filterOpen={filterOpen} onFilterOpen={onFilterOpen}>
        <ShowOnMap projectId={projectId} run={run} table={table} order={order} />
      </RankingBar>
      <PickedChip picked={picked} />
      {searching && order.length === 0 ? (
        <Skeleton className="m-3 flex-1" />
      ) : order.length === 0 ? (
        <NoMatch projectId={projectId} table={table} filter={view.filter} onClear={() => onView({ filter: defaultFilter })} />
      ) : view.layout === 'gallery' ? (
        <Gallery {...list} />
      ) : (
        <QualityTable {...list} sort={view.sort} onSort={(sort) => onView({ sort })} />
      )}
      {mayDecide && (
        <VerbBar>
          <Verbs projectId={projectId} run={run} table={table} order={order} marks={marks} picked={picked} target={target} />
        </VerbBar>
      )}
      <CutBar projectId={projectId} run={run} cut={cut} verdicts={verdicts}>
        {target ? <ExportMenu projectId={projectId} runId={runId} mayExport={mayExport} choices={[ofAccepted, target]} /> : <ExportButton projectId={projectId} runId={runId} mayExport={mayExport} {...ofAccepted} />}
        <span className="inline-flex max-md:hidden">
          <IconButton icon={ChartColumn} size="sm" label={chartsOpen ? 'Hide charts' : 'Show charts'} pressed={chartsOpen} onClick={() => onChartsOpen(!chartsOpen)} />
        </span>
      </CutBar>
    </>
  );
}

type VerbsProps = { projectId: string; run: Run; table: ScoreTable; order: Uint32Array; marks: Marks; picked: PickedRows; target: VerbTarget | null };

/** What can be done with many: with the selection, else with what was picked on the map, else with what the filter or the cut leaves. */
function Verbs({ projectId, run, table, order, marks, picked, target }: VerbsProps) {
  if (marks.ids.length > 0) return <MarkedVerbs projectId={projectId} run={run} marks={marks} />;
  if (picked.marks !== null) return <PickedVerbs projectId={projectId} run={run} table={table} order={order} />;
  if (target === null) return <VerbHint touch="Filter or cut to decide on many at once.">Select several (Ctrl or Shift and click, key X), filter or cut to decide on many at once.</VerbHint>;
  return (
    <>
      <VerbHint>{target.what}</VerbHint>
      <BulkVerbs projectId={projectId} target={{ rule: { runId: run.id, filter: target.filter } }} count={target.auxiliary} runId={run.id} name={`${runTitle(run)}, ${target.what}`} />
    </>
  );
}

function NoMatch({ projectId, table, filter, onClear }: { projectId: string; table: ScoreTable; filter: ViewState['filter']; onClear: () => void }) {
  if (isUnrestricted(filter)) {
    return (
      <EmptyState title="Nothing to rank" action={<StageLink projectId={projectId} to="generate">Make synthetic samples</StageLink>} className="flex-1">
        This run scored no auxiliary sample. Make some, or add them on the page Samples; then run again.
      </EmptyState>
    );
  }
  const asksForZones = filter.zones !== undefined && !knownParts(table).zone;
  return (
    <EmptyState icon={SearchX} title="No sample matches the filter" action={<Button onClick={onClear}>Clear the filter</Button>} className="flex-1">
      {asksForZones ? 'The filter asks for a zone, and this run has none: only EAP runs do. Clear the filter, or choose an EAP run.' : 'The run has samples; none of them passes all of the filter’s conditions.'}
    </EmptyState>
  );
}
