'use client';

import { BoxSelect, Hand, Lasso } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { Columns } from '@/lib/api/contracts/columns';
import { mapMethodSchema, type Projection, type Run } from '@/lib/api/contracts/runs';
import { maskRows, selectInside } from '@/lib/figures/lasso';
import { mapManner, mapMethodWords } from '@/lib/figures/map-choice';
import { describeMap, mapGroups, mapPoints, visiblePoints, type ColourKey } from '@/lib/figures/map-figure';
import type { ScoreTable } from '@/lib/figures/score-table';
import { knownParts } from '@/lib/figures/table-columns';
import { verdictColumns } from '@/lib/figures/verdicts';
import type { ViewState } from '@/lib/figures/view-state';
import { useTones } from '../charts/use-tones';
import { useDecisions } from '../review/use-decisions';
import { useKeyBindings, useKeymap } from '../review/use-keymap';
import type { ChangeView } from '../score/use-view-state';
import { Segmented } from '../ui/segmented';
import { Select } from '../ui/select';
import { SampleDrawer, SelectionDrawer } from './map-drawer';
import { MapLegend } from './map-legend';
import type { MapTool } from './map-overlay';
import { MapPlot } from './map-plot';
import { useMapState } from './use-map-state';

const colourLabels: readonly { value: ColourKey; label: string }[] = [
  { value: 'role', label: 'Role' },
  { value: 'zone', label: 'Zone' },
  { value: 'quality', label: 'Quality' },
  { value: 'decision', label: 'Decision' },
  { value: 'defectType', label: 'Defect type' },
];

type WorkspaceProps = { projectId: string; address: string; projection: Projection; columns: Columns; run: Run | null; scores: ScoreTable | null; view: ViewState; onView: ChangeView; /** Which map, in front of the other controls. */ children: ReactNode };

export function MapWorkspace({ projectId, address, projection, columns, run, scores, view, onView, children }: WorkspaceProps) {
  const { states, overlay } = useDecisions(projectId);
  const bindings = useKeyBindings();
  const tones = useTones();
  const { colour, hidden, colourBy, toggle, isolate } = useMapState(address);
  const [tool, setTool] = useState<MapTool>('pan');
  const zoned = useMemo(() => scores === null || knownParts(scores).zone, [scores]);
  const colourOptions = zoned ? colourLabels : colourLabels.map((option) => (option.value === 'zone' ? { ...option, disabled: colour !== 'zone' } : option));
  const [outline, setOutline] = useState<readonly number[] | null>(null);
  const points = useMemo(() => mapPoints(columns, scores), [columns, scores]);
  const verdicts = useMemo(() => (scores ? verdictColumns(scores, states, overlay) : null), [scores, states, overlay]);
  // Decisions arrive every few seconds; only a map that is coloured by them is grouped anew.
  const groupedBy = colour === 'decision' ? verdicts : null;
  const groups = useMemo(() => mapGroups(points, colour, scores, groupedBy), [points, colour, scores, groupedBy]);
  const visible = useMemo(() => visiblePoints(points, groups, hidden), [points, groups, hidden]);
  const selection = useMemo(() => {
    if (outline === null) return null;
    return maskRows(selectInside(outline, points.x, points.y, (point) => visible[point] === 1), points.rows);
  }, [outline, points, visible]);
  const selectedPoint = points.rowOf.get(view.selected ?? '') ?? -1;
  const pick = (point: number) => onView({ selected: points.ids[point]! });
  const clear = () => {
    if (selectedPoint >= 0) onView({ selected: null });
    else setOutline(null);
  };
  useKeymap({
    bindings,
    painted: true,
    choosingReason: false,
    actions: { lasso: () => setTool('lasso'), pan: () => setTool('pan'), cancel: clear },
  });
  const verdictOf = (point: number) => (points.scoreRow[point]! < 0 ? 0 : (verdicts?.verdict[points.scoreRow[point]!] ?? 0));
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2">
        {children}
        <label className="inline-flex items-center gap-2 text-small">
          Colour by
          <Select size="sm" className="w-32" value={colour} options={colourOptions} onChange={colourBy} />
        </label>
        <Segmented
          label="Pointer"
          size="sm"
          value={tool}
          onChange={setTool}
          options={[
            { value: 'pan', label: 'Pan', icon: Hand },
            { value: 'lasso', label: 'Lasso', icon: Lasso },
            { value: 'box', label: 'Box', icon: BoxSelect },
          ]}
        />
        {!zoned && colour === 'zone' && <p className="text-small text-muted">This run has no zones; EAP runs do.</p>}
        {tones && <MapLegend groups={groups} hidden={hidden} tones={tones} onToggle={toggle} onIsolate={(key) => isolate(key, groups.map((group) => group.key))} />}
      </div>
      <div className="relative flex min-h-0 flex-1">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          {tones && (
            <MapPlot
              projectId={projectId}
              points={points}
              groups={groups}
              hidden={hidden}
              visible={visible}
              tones={tones}
              revision={projection.id}
              tool={tool}
              selectedPoint={selectedPoint}
              outline={outline}
              onPick={pick}
              onSelection={(next) => {
                onView({ selected: null });
                setOutline(next);
              }}
              description={`${projection.method} of ${points.rows} samples by the features of ${projection.modelName}. ${describeMap(groups, hidden)}.`}
            />
          )}
          <p className="shrink-0 border-t border-line px-3 py-1 text-small text-muted">
            {projection.method} of {projection.modelName} features, {mapManner(projection)}. {mapMethodWords[mapMethodSchema.parse(projection.method)]}
          </p>
        </div>
        {selectedPoint >= 0 ? (
          <SampleDrawer projectId={projectId} sampleId={points.ids[selectedPoint]!} run={run} scores={scores} role={points.role[selectedPoint]!} verdict={verdictOf(selectedPoint)} onClose={() => onView({ selected: null })} />
        ) : (
          selection && <SelectionDrawer projectId={projectId} points={points} selection={selection} scores={scores} verdicts={verdicts} onPick={pick} onClose={() => setOutline(null)} />
        )}
      </div>
    </>
  );
}
