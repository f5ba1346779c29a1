'use client';

import { useRef, useState, type PointerEvent } from 'react';
import { inverted, scaled } from '@/lib/figures/axis';
import { box } from '@/lib/figures/lasso';
import type { MapPoints } from '@/lib/figures/map-figure';
import { nearestInGrid, type PointGrid } from '@/lib/figures/map-grid';
import type { PlotFrame } from '../charts/plot';
import { reachOf, useParentPointer } from '../charts/use-parent-pointer';
import { SamplePicture } from '../vector/sample-picture';
import { cn } from '../ui/cn';
import { releaseMark } from './use-selection';

export type MapTool = 'pan' | 'lasso' | 'box';

type MapOverlayProps = {
  projectId: string;
  frame: PlotFrame;
  points: MapPoints;
  grid: PointGrid;
  visible: Uint8Array;
  tool: MapTool;
  /** -1: none. */
  selectedPoint: number;
  /** The point whose tile is pointed at beside the map; -1: none. */
  pointedAt: number;
  /** The selection that stands, in the coordinates of the map. */
  outline: readonly number[] | null;
  onPick: (point: number) => void;
  /** A closed outline in the coordinates of the map. */
  onSelection: (outline: readonly number[]) => void;
};

/** Corners of a lasso closer together than this are one. */
const lassoStep = 2;

/** Picks points under the pointer, draws the lasso and the ring around the selected point. The plot below is never redrawn for it. */
export function MapOverlay({ projectId, frame, points, grid, visible, tool, selectedPoint, pointedAt, outline, onPick, onSelection }: MapOverlayProps) {
  const layer = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState(-1);
  const [path, setPath] = useState<readonly { x: number; y: number }[]>([]);
  const pointAt = (x: number, y: number): number =>
    nearestInGrid(grid, reachOf(frame, x, y), visible);
  useParentPointer(layer, {
    enabled: tool === 'pan',
    onHover: (x, y) => setHovered(x === null ? -1 : pointAt(x, y)),
    onClick: (x, y) => {
      const point = pointAt(x, y);
      if (point >= 0) onPick(point);
    },
  });
  const at = (event: PointerEvent) => {
    const bounds = layer.current!.getBoundingClientRect();
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
  };
  const finish = () => {
    if (path.length > 1) {
      performance.mark(releaseMark);
      onSelection(outlineOf(tool, path).flatMap(({ x, y }) => [inverted(frame.x, x), inverted(frame.y, y)]));
    }
    setPath([]);
  };
  const screen = (point: number) => ({ x: scaled(frame.x, points.x[point]!), y: scaled(frame.y, points.y[point]!) });
  const looked = hovered >= 0 ? hovered : pointedAt;
  const drawing = tool !== 'pan';
  return (
    <div
      ref={layer}
      className={cn('absolute inset-0', drawing ? 'cursor-crosshair touch-none' : 'pointer-events-none')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setPath([at(event)]);
      }}
      onPointerMove={(event) => {
        if (path.length === 0) return;
        const next = at(event);
        const last = path.at(-1)!;
        if (tool === 'lasso' && Math.hypot(next.x - last.x, next.y - last.y) < lassoStep) return;
        setPath((known) => (tool === 'box' ? [known[0]!, next] : [...known, next]));
      }}
      onPointerUp={finish}
      onPointerCancel={() => setPath([])}
    >
      <svg aria-hidden className="absolute inset-0 size-full">
        {outline && path.length === 0 && <polygon points={screenOutline(outline, frame)} className="fill-accent/8 stroke-accent" strokeDasharray="4 3" />}
        {path.length > 1 && <polygon points={outlineOf(tool, path).map(({ x, y }) => `${x},${y}`).join(' ')} className="fill-accent/15 stroke-accent" strokeWidth={1.5} />}
        {selectedPoint >= 0 && visible[selectedPoint] === 1 && <Ring key={selectedPoint} {...screen(selectedPoint)} />}
        {looked >= 0 && visible[looked] === 1 && <circle cx={screen(looked).x} cy={screen(looked).y} r={7} className="fill-none stroke-ink" strokeWidth={1.5} />}
      </svg>
      {hovered >= 0 && hovered !== selectedPoint && <Preview {...screen(hovered)} projectId={projectId} sampleId={points.ids[hovered]!} />}
    </div>
  );
}

/** The chosen point: a ring that goes out from it once, so that the eye finds it, and one that stays. */
function Ring({ x, y }: { x: number; y: number }) {
  return (
    <>
      <circle cx={x} cy={y} r={9} className="origin-center animate-[pulse-out_0.7s_ease-out_2_forwards] fill-none stroke-accent [transform-box:fill-box]" strokeWidth={3} />
      <circle cx={x} cy={y} r={9} className="fill-none stroke-surface" strokeWidth={4} />
      <circle cx={x} cy={y} r={9} className="fill-none stroke-ink" strokeWidth={2} />
    </>
  );
}

const previewSize = 96;

function Preview({ x, y, projectId, sampleId }: { x: number; y: number; projectId: string; sampleId: string }) {
  const left = x > previewSize + 24 ? x - previewSize - 14 : x + 14;
  return <SamplePicture projectId={projectId} sampleId={sampleId} alt="" style={{ left, top: Math.max(4, y - previewSize / 2), width: previewSize, height: previewSize }} className="absolute rounded-md border border-line-strong shadow-float" />;
}

function screenOutline(outline: readonly number[], { x, y }: PlotFrame): string {
  return outline.map((value, i) => scaled(i % 2 === 0 ? x : y, value).toFixed(1)).join(' ');
}

function outlineOf(tool: MapTool, path: readonly { x: number; y: number }[]): readonly { x: number; y: number }[] {
  if (tool !== 'box' || path.length < 2) return path;
  const [from, to] = [path[0]!, path.at(-1)!];
  const corners = box(from.x, from.y, to.x, to.y);
  return [0, 2, 4, 6].map((i) => ({ x: corners[i]!, y: corners[i + 1]! }));
}
