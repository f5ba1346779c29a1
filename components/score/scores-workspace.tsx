'use client';

import dynamic from 'next/dynamic';
import { useCallback, useDeferredValue, useRef, useState } from 'react';
import type { ProjectOverview } from '@/lib/api/contracts/projects';
import type { Run } from '@/lib/api/contracts/runs';
import { hasCutLine } from '@/lib/figures/cut';
import { roleNames, type ScoreTable } from '@/lib/figures/score-table';
import type { ViewState } from '@/lib/figures/view-state';
import { LatestRefusal } from '../review/refusal-note';
import { useDecisions } from '../review/use-decisions';
import { useFlip } from '../review/use-flip';
import { useKeyBindings, useKeymap } from '../review/use-keymap';
import { useSampleWork, workActions } from '../review/use-sample-work';
import { ProblemNote } from '../ui/problem';
import { Segmented } from '../ui/segmented';
import { useCut } from './cut/use-cut';
import { usePickedRows } from './picked-rows';
import { RankingPane } from './ranking-pane';
import { ResizablePanes, type Pane } from './resizable-panes';
import { SamplePane } from './sample-pane';
import { useMarks } from './use-marks';
import { useMove } from './use-move';
import { narrowPanes, useNarrowPane } from './use-narrow-pane';
import { useRanking } from './use-ranking';
import { useSampleRow } from './use-sample-row';
import type { ChangeView } from './use-view-state';
import { useWhy } from './use-why';

const fetchWhyPane = () => import('./why-pane');
// The ranking and the sample come first; these follow within their places.
const ScoreCharts = dynamic(() => import('./score-charts').then((module) => module.ScoreCharts));
const WhyPane = dynamic(() => fetchWhyPane().then((module) => module.WhyPane));

/** Fetches what the why is drawn with while the scores are still on their way; a fetch that fails is told in its place. */
export function fetchWhy(): void {
  fetchWhyPane().catch(() => undefined);
}

/** Shares of the width at first: the table needs more of it than the gallery. */
const shares = { gallery: { ranking: 0.32, sample: 0.41, why: 0.27 }, table: { ranking: 0.52, sample: 0.28, why: 0.2 } } as const;
const narrowOptions = narrowPanes.map((pane) => ({ value: pane, label: pane[0]!.toUpperCase() + pane.slice(1) }));

type WorkspaceProps = { projectId: string; overview: ProjectOverview | undefined; run: Run; table: ScoreTable; view: ViewState; onView: ChangeView };

/** The sample that is looked at: the one in the address, else the first of the ranking. */
function selectionOf(table: ScoreTable, order: Uint32Array, wanted: string | null) {
  const row = table.rowOf.get(wanted ?? '') ?? order[0] ?? null;
  if (row === null) return { row, sampleId: null, position: -1, scored: false };
  return { row, sampleId: table.ids[row]!, position: order.indexOf(row), scored: roleNames[table.role[row]!] === 'auxiliary' };
}

/** Ranking, sample and why side by side, charts below; one selection runs through all of them. */
export function ScoresWorkspace({ projectId, overview, run, table, view, onView }: WorkspaceProps) {
  const decisions = useDecisions(projectId);
  const bindings = useKeyBindings();
  const picked = usePickedRows(projectId, table);
  const { verdicts, order, counts, wanted } = useRanking(projectId, table, decisions, view, picked.marks);
  const [filterOpen, setFilterOpen] = useState(false);
  const [chartsOpen, setChartsOpen] = useState(true);
  const columns = useRef(1);
  const setColumns = useCallback((count: number) => void (columns.current = count), []);
  const select = useCallback((sampleId: string) => onView({ selected: sampleId }), [onView]);
  const setKeep = useCallback((keep: number | null) => onView({ keep }), [onView]);
  const cut = useCut(table, view.keep, setKeep);
  const { row, sampleId, position, scored } = selectionOf(table, order, view.selected);
  const why = useWhy(projectId, run.id, sampleId, scored);
  const flip = useFlip(why.data, sampleId);
  const { data: sample } = useSampleRow(projectId, sampleId);
  const narrow = useNarrowPane();
  const marks = useMarks({ table, order, position, onSelect: select });
  const move = useMove({ table, order, position, onSelect: select, columns });
  const mayDecide = scored && overview !== undefined && overview.role !== 'viewer';
  const work = useSampleWork({ decisions, sampleId, name: sample?.fileName ?? 'Sample', runId: run.id, mayDecide, onDecided: move.next, onUndone: select });
  useKeymap({
    bindings,
    painted: work.painted,
    choosingReason: work.choosingReason,
    actions: { ...marks.keys, ...workActions(work), ...move, why: () => narrow.show('why'), filter: () => setFilterOpen(true) },
    onReason: work.rejectFor,
    onNotPainted: work.notPainted,
    onFlipEnd: () => work.setFlipped(false),
  });
  const list = { projectId, table, order, verdicts, position, sortKey: view.sort.key, cut: hasCutLine(view.sort) ? cut : null, marked: marks.marked, onSelect: marks.select, onOpen: () => narrow.show('sample'), onColumns: setColumns };
  // Drawn after what a person looks at first is on the screen: the charts read every sample once more.
  const drawsCharts = useDeferredValue(true, false);
  const charts = drawsCharts && <ScoreCharts projectId={projectId} cut={cut} table={table} run={run} order={order} selectedRow={row} filter={view.filter} onFilter={(filter) => onView({ filter })} onSelectRow={(at) => select(table.ids[at]!)} />;
  const share = shares[view.layout];
  const panes: Pane[] = [
    {
      id: 'ranking',
      label: 'Ranking',
      share: share.ranking,
      least: 260,
      content: (
        <RankingPane
          list={list}
          picked={picked}
          marks={marks}
          cut={cut}
          run={run}
          view={view}
          onView={onView}
          counts={counts}
          mayExport={overview?.role === 'lead'}
          mayDecide={overview !== undefined && overview.role !== 'viewer'}
          searching={wanted.pending}
          filterOpen={filterOpen}
          onFilterOpen={setFilterOpen}
          chartsOpen={chartsOpen}
          onChartsOpen={setChartsOpen}
        />
      ),
    },
    {
      id: 'sample',
      label: 'Sample',
      share: share.sample,
      least: 320,
      content: (
        <SamplePane projectId={projectId} sampleId={sampleId} runId={run.id} featureSetId={run.featureSetId} table={table} row={row} position={position} total={order.length} target={flip.target} work={work} bindings={bindings} mayDecide={mayDecide} states={decisions.states} />
      ),
    },
    { id: 'why', label: 'Why', share: share.why, least: 240, content: <WhyPane projectId={projectId} sampleId={sampleId} run={run} table={table} why={why} scored={scored} flip={flip} /> },
  ];
  if (narrow.isNarrow) panes.push({ id: 'charts', label: 'Charts', share: 0.1, least: 0, content: charts });
  return (
    <>
      <LatestRefusal projectId={projectId} decisions={decisions} onShow={select} />
      {wanted.error && <ProblemNote className="m-2" title="The filter could not be applied" error={wanted.error} onRetry={wanted.retry} />}
      {decisions.error && <ProblemNote className="m-2" title="Decisions could not be read" error={decisions.error} onRetry={() => void decisions.retry()} />}
      <div className="border-b border-line p-2 md:hidden">
        <Segmented label="Part of the page" value={narrow.pane} onChange={narrow.show} options={narrowOptions} />
      </div>
      <ResizablePanes key={view.layout} panes={panes} storageKey={`assay-panes-${view.layout}`} scrollRef={narrow.scrollRef} />
      {chartsOpen && !narrow.isNarrow && <div className="h-[208px] shrink-0 border-t border-line max-md:hidden">{charts}</div>}
    </>
  );
}
