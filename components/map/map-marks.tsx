'use client';

import { useEffect, useRef } from 'react';
import { scaled } from '@/lib/figures/axis';
import type { MapPoints } from '@/lib/figures/map-figure';
import type { PlotFrame } from '../charts/plot';
import type { Tones } from '../charts/use-tones';
import { useSize } from '../charts/use-size';

/** So many selected points get a ring each; more get a dot. */
const ringsAtMost = 3_000;

type MarksProps = { points: Pick<MapPoints, 'x' | 'y'>; selection: Uint32Array; frame: PlotFrame; tones: Tones };

/** Marks points that no outline holds together (sent from the ranking, or all that is shown), on a canvas of its own above the plot, which is not drawn again for it. */
export function MapMarks({ points, selection, frame, tones }: MarksProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [sizeRef, { width, height }] = useSize<HTMLDivElement>();
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const ratio = window.devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (selection.length <= ringsAtMost) drawRings(context, points, selection, frame, tones);
    else drawDots(context, points, selection, frame, tones);
  }, [points, selection, frame, tones, width, height]);
  const ratio = typeof window === 'undefined' ? 1 : window.devicePixelRatio;
  return (
    <div ref={sizeRef} aria-hidden className="pointer-events-none absolute inset-0">
      <canvas ref={canvas} width={Math.round(width * ratio)} height={Math.round(height * ratio)} style={{ width, height }} />
    </div>
  );
}

function drawRings(context: CanvasRenderingContext2D, { x, y }: MarksProps['points'], selection: Uint32Array, frame: PlotFrame, tones: Tones): void {
  context.strokeStyle = tones['ink']!;
  context.lineWidth = 1.25;
  context.beginPath();
  for (const point of selection) {
    const [left, top] = [scaled(frame.x, x[point]!), scaled(frame.y, y[point]!)];
    context.moveTo(left + 6, top);
    context.arc(left, top, 6, 0, 2 * Math.PI);
  }
  context.stroke();
}

function drawDots(context: CanvasRenderingContext2D, { x, y }: MarksProps['points'], selection: Uint32Array, frame: PlotFrame, tones: Tones): void {
  context.fillStyle = tones['ink']!;
  for (const point of selection) context.fillRect(scaled(frame.x, x[point]!) - 1, scaled(frame.y, y[point]!) - 1, 2, 2);
}
