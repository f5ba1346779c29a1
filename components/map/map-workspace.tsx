'use client';

import dynamic from 'next/dynamic';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Columns } from '@/lib/api/contracts/columns';
import type { MapMethod, Projection, Run } from '@/lib/api/contracts/runs';
import { describeMap } from '@/lib/figures/map-figure';
import { mapManner, mapMethodWords, mapName } from '@/lib/figures/map-words';
import type { ScoreTable } from '@/lib/figures/score-table';
import type { ViewState } from '@/lib/figures/view-state';
import { useTones } from '../charts/use-tones';
import { useDecisions } from '../review/use-decisions';
import { useKeyBindings, useKeymap } from '../review/use-keymap';
import { useMove } from '../score/use-move';
import type { ChangeView } from '../score/use-view-state';
import { ProblemNote } from '../ui/problem';
import { MapExport } from './map-export';
import type { MapTool } from './map-overlay';
import { MapPlot } from './map-plot';
import { MapToolbar } from './map-toolbar';
import { fetchSelectionDrawer, SelectionDrawer } from './selection-drawer';
import { colourName, useColouring, usePoints } from './use-colouring';
import { useMapState } from './use-map-state';
import { useSelection } from './use-selection';
import { useSelectionList } from './use-selection-list';

// Fetched with the first sample that is looked at.
const SampleDrawer = dynamic(() => import('./sample-drawer').then((module) => module.SampleDrawer));

type WorkspaceProps = {
  projectId: string;
  address: string;
  projection: Projection;
  columns: Columns;
  run: Run | null;
  runs: readonly Run[];
  scores: ScoreTable | null;
  view: ViewState;
  onView: ChangeView;
  /** Which map, in front of the other controls. */
  chooser: ReactNode;
  /** The way to a new map. */
  another: ReactNode;
};

export function MapWorkspace({ projectId, address, projection, columns, run, runs, scores, view, onView, chooser, another }: WorkspaceProps) {
  const decisions = useDecisions(projectId);
  const bindings = useKeyBindings();
  const tones = useTones();
  const mapView = useMapState(address);
  const { colour, hidden, shape } = mapView;
  const [tool, setTool] = useState<MapTool>('pan');
  const { points, grid } = usePoints(columns, scores);
  const colouring = useColouring({ projectId, points, view: mapView, decisions });
  const { groups, visible, verdicts } = colouring;
  const selection = useSelection(projectId, points, visible);
  const [pointedAt, setPointedAt] = useState(-1);
  /** The chosen sample is shown large although it is in the selection. */
  const [opened, setOpened] = useState(false);
  const { listed: listedRows, order } = useSelectionList(selection.rows, points, view.sort, view.sort.key === 'decision' ? verdicts : null);
  useEffect(() => {
    if (tool !== 'pan') fetchSelectionDrawer();
  }, [tool]);
  const selectedPoint = points.rowOf.get(view.selected ?? '') ?? -1;
  const inSelection = selectedPoint >= 0 && selection.has(selectedPoint);
  const showsSample = selectedPoint >= 0 && (!inSelection || opened);
  const listed = useRef(1);
  const setListed = useCallback((count: number) => void (listed.current = count), []);
  const pick = (point: number) => {
    setOpened(false);
    onView({ selected: points.ids[point]! });
  };
  const clear = () => {
    if (showsSample && inSelection) setOpened(false);
    else if (selectedPoint >= 0) onView({ selected: null });
    else selection.clear();
  };
  const select = (choose: () => void) => {
    setOpened(false);
    onView({ selected: null });
    choose();
  };
  const move = useMove({ table: points, order, position: inSelection ? order.indexOf(selectedPoint) : -1, columns: listed, onSelect: (sampleId) => onView({ selected: sampleId }) });
  useKeymap({
    bindings,
    painted: true,
    choosingReason: false,
    actions: { ...(selection.rows ? move : {}), lasso: () => setTool('lasso'), pan: () => setTool('pan'), why: () => setOpened(true), cancel: clear },
  });
  const name = colourName(colour, runs);
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2">
        {chooser}
        <MapToolbar points={points} run={run} runs={runs} view={mapView} colouring={colouring} tones={tones} tool={tool} onTool={setTool} onSelectShown={() => select(selection.shown)} another={another}>
          <MapExport projectId={projectId} name={`${mapName(projection)}, ${name}`} colourName={name} points={points} colouring={colouring} hidden={hidden} shape={shape} />
        </MapToolbar>
      </div>
      {colouring.error && <ProblemNote className="m-2" title="What the colour shows could not be read" error={colouring.error} onRetry={colouring.retry} />}
      {selection.forgotten && <Forgotten onDismiss={selection.clear} />}
      <div className="relative flex min-h-0 flex-1">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          {tones && (
            <MapPlot
              projectId={projectId}
              points={points}
              grid={grid}
              groups={groups}
              hidden={hidden}
              visible={visible}
              shape={shape}
              tones={tones}
              revision={projection.id}
              tool={tool}
              selectedPoint={selectedPoint}
              pointedAt={pointedAt}
              selection={selection.rows}
              outline={selection.outline}
              onPick={pick}
              onSelection={(outline) => select(() => selection.within(outline))}
              description={`${projection.method} of ${points.rows} samples by the features of ${projection.modelName}, coloured by ${name.toLowerCase()}. ${describeMap(groups, hidden)}.`}
            />
          )}
          <p className="shrink-0 border-t border-line px-3 py-1 text-small text-muted">
            {projection.method} of {projection.modelName} features, {mapManner(projection)}. {mapMethodWords[projection.method as MapMethod]}
          </p>
        </div>
        {showsSample ? (
          <SampleDrawer
            projectId={projectId}
            sampleId={points.ids[selectedPoint]!}
            run={run}
            scores={scores}
            role={points.role[selectedPoint]!}
            verdict={verdicts.verdict[selectedPoint]!}
            {...(selection.rows ? { onBack: () => (inSelection ? setOpened(false) : onView({ selected: null })) } : {})}
            onClose={() => onView({ selected: null })}
          />
        ) : (
          selection.rows && (
            <SelectionDrawer
              projectId={projectId}
              points={points}
              count={selection.rows.length}
              selection={listedRows}
              order={order}
              missing={selection.missing}
              run={run}
              verdicts={verdicts}
              view={view}
              onView={onView}
              onColumns={setListed}
              onPointedAt={setPointedAt}
              onOpen={() => setOpened(true)}
              onClose={() => select(selection.clear)}
            />
          )
        )}
      </div>
    </>
  );
}

function Forgotten({ onDismiss }: { onDismiss: () => void }) {
  return (
    <p role="status" className="flex flex-wrap items-center gap-2 border-b border-line bg-sunken px-3 py-2 text-small">
      The samples that the ranking showed are no longer known here: a reload forgets them. Choose “Show on map” in Scores again.
      <button type="button" onClick={onDismiss} className="rounded-md px-2 text-accent hover:bg-hover">
        Dismiss
      </button>
    </p>
  );
}
