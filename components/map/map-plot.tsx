'use client';

import { useMemo, useState } from 'react';
import type { MapGroup, MapPoints } from '@/lib/figures/map-figure';
import { mapTraces } from '@/lib/figures/map-traces';
import type { Tones } from '../charts/use-tones';
import { Plot, type PlotFrame } from '../charts/plot';
import { MapOverlay, type MapTool } from './map-overlay';
import { hasWebGl, svgLimit } from './webgl';

type MapPlotProps = {
  projectId: string;
  points: MapPoints;
  groups: readonly MapGroup[];
  hidden: ReadonlySet<string>;
  visible: Uint8Array;
  tones: Tones;
  /** A new map starts with its own view; the same one keeps pan and zoom whatever is drawn. */
  revision: string;
  tool: MapTool;
  selectedPoint: number;
  outline: readonly number[] | null;
  onPick: (point: number) => void;
  onSelection: (outline: readonly number[]) => void;
  /** What the screen reader hears in place of the plot. */
  description: string;
};

const bare = { showgrid: false, zeroline: false, showticklabels: false, ticks: '' };
const config = { scrollZoom: true, doubleClick: 'reset' };

/** The points, drawn by plotly.js; everything that answers the pointer lies above them. */
export function MapPlot({ projectId, points, groups, hidden, visible, tones, revision, tool, selectedPoint, outline, onPick, onSelection, description }: MapPlotProps) {
  const [frame, setFrame] = useState<PlotFrame | null>(null);
  const [gl] = useState(hasWebGl);
  const data = useMemo(
    () =>
      mapTraces(points, groups, hidden, gl ? undefined : svgLimit).map(({ name, x, y, tone, symbol, size, opacity }) => ({
        type: gl ? 'scattergl' : 'scatter',
        mode: 'markers',
        name,
        x,
        y,
        hoverinfo: 'skip',
        marker: { color: tones[tone], symbol, size, opacity, line: { width: 0 } },
      })),
    [points, groups, hidden, tones, gl],
  );
  const layout = useMemo(
    () => ({
      uirevision: revision,
      margin: { l: 12, r: 12, t: 12, b: 12 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      showlegend: false,
      hovermode: false,
      dragmode: 'pan',
      xaxis: bare,
      yaxis: { ...bare, scaleanchor: 'x' },
    }),
    [revision],
  );
  return (
    <div className="relative min-h-0 flex-1" role="group" aria-label="Map of the samples">
      <p className="sr-only">{description}</p>
      <Plot data={data} layout={layout} config={config} className="absolute inset-0" onFrame={setFrame} />
      {frame && <MapOverlay projectId={projectId} frame={frame} points={points} visible={visible} tool={tool} selectedPoint={selectedPoint} outline={outline} onPick={onPick} onSelection={onSelection} />}
      {!gl && (
        <p role="status" className="absolute bottom-2 left-2 max-w-md rounded-md border border-line bg-raised px-2 py-1 text-small text-muted">
          This browser offers no WebGL, so the map is drawn as SVG{points.rows > svgLimit ? ` with ${svgLimit.toLocaleString('en-US')} of ${points.rows.toLocaleString('en-US')} points` : ''}. Hardware acceleration in the browser’s settings brings it back.
        </p>
      )}
    </div>
  );
}
