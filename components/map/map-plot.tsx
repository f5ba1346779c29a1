'use client';

import { useMemo, useState } from 'react';
import { formatCount } from '@/lib/figures/format';
import { mapLayout, plotTraces } from '@/lib/figures/map-export';
import type { MapGroup, MapPoints } from '@/lib/figures/map-figure';
import type { PointGrid } from '@/lib/figures/map-grid';
import type { ShapeKey } from '@/lib/figures/map-shapes';
import { mapTraces, shownPoints } from '@/lib/figures/map-traces';
import { Plot, type PlotFrame } from '../charts/plot';
import type { Tones } from '../charts/use-tones';
import { MapMarks } from './map-marks';
import { MapOverlay, type MapTool } from './map-overlay';
import { hasWebGl, svgLimit } from './webgl';

type MapPlotProps = {
  projectId: string;
  points: MapPoints;
  grid: PointGrid;
  groups: readonly MapGroup[];
  hidden: ReadonlySet<string>;
  visible: Uint8Array;
  shape: ShapeKey;
  tones: Tones;
  /** A new map starts with its own view; the same one keeps pan and zoom whatever is drawn. */
  revision: string;
  tool: MapTool;
  selectedPoint: number;
  pointedAt: number;
  selection: Uint32Array | null;
  outline: readonly number[] | null;
  onPick: (point: number) => void;
  onSelection: (outline: readonly number[]) => void;
  /** What the screen reader hears in place of the plot. */
  description: string;
};

const config = { scrollZoom: true, doubleClick: 'reset' };

/** The points, drawn by plotly.js; everything that answers the pointer lies above them. */
export function MapPlot({ projectId, points, grid, groups, hidden, visible, shape, tones, revision, tool, selectedPoint, pointedAt, selection, outline, onPick, onSelection, description }: MapPlotProps) {
  const [frame, setFrame] = useState<PlotFrame | null>(null);
  const [gl] = useState(hasWebGl);
  const { x, y, role } = points;
  // A run that only changes scores leaves the coordinates as they are, and the drawing with them.
  const data = useMemo(() => plotTraces(mapTraces({ x, y, role }, groups, hidden, { shape, limit: gl ? undefined : svgLimit }), tones, gl), [x, y, role, groups, hidden, shape, tones, gl]);
  const layout = useMemo(() => ({ ...mapLayout, uirevision: revision }), [revision]);
  return (
    <div className="relative min-h-0 flex-1 overflow-hidden" role="group" aria-label="Map of the samples">
      <p className="sr-only">{description}</p>
      <Plot data={data} layout={layout} config={config} className="absolute inset-0" onFrame={setFrame} />
      {frame && selection && outline === null && <MapMarks points={points} selection={selection} frame={frame} tones={tones} />}
      {frame && (
        <MapOverlay projectId={projectId} frame={frame} points={points} grid={grid} visible={visible} tool={tool} selectedPoint={selectedPoint} pointedAt={pointedAt} outline={outline} onPick={onPick} onSelection={onSelection} />
      )}
      {!gl && <NoWebGl shown={shownPoints(groups, hidden)} />}
    </div>
  );
}

function NoWebGl({ shown }: { shown: number }) {
  const thinned = shown > svgLimit ? ` with ${formatCount(svgLimit)} of ${formatCount(shown)} points; lasso and counts take all of them` : '';
  return (
    <p role="status" className="absolute bottom-2 left-2 max-w-md rounded-md border border-line bg-raised px-2 py-1 text-small text-muted">
      This browser offers no WebGL, so the map is drawn as SVG{thinned}. Hardware acceleration in the browser’s settings brings it back.
    </p>
  );
}
