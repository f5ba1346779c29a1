'use client';

import type { PointerEvent } from 'react';
import { inverted, scaled, type Scale } from '@/lib/figures/axis';
import { keepAtQuality, thresholdAt } from '@/lib/figures/cut';
import { cutSliderProps } from './cut-slider';
import { dragHandlers, useLiveKeep, type Cut } from './use-cut';

/** The cut in a histogram of qualities: what lies right of the line is kept. */
export function HistogramCut({ cut, x, y }: { cut: Cut; x: Scale; y: Scale }) {
  const keep = useLiveKeep(cut);
  if (keep === null) return null;
  const at = scaled(x, thresholdAt(cut.table, cut.ranking(), keep) ?? x.domain[1]);
  const handlers = dragHandlers(cut, (event: PointerEvent<Element>) => {
    const pixel = event.clientX - event.currentTarget.closest('svg')!.getBoundingClientRect().left;
    return keepAtQuality(cut.table, cut.ranking(), inverted(x, pixel));
  });
  return <CutMark at={at} y={y} slider={cutSliderProps(cut, keep)} handlers={handlers} />;
}

type CutMarkProps = { at: number; y: Scale; slider: ReturnType<typeof cutSliderProps>; handlers: ReturnType<typeof dragHandlers> };

/** The upright line of the cut in a chart, with its grip. */
export function CutMark({ at, y, slider, handlers }: CutMarkProps) {
  return (
    <g {...slider} {...handlers} className="group cursor-ew-resize touch-none outline-none">
      <rect x={at - 12} width={24} y={y.range[1] - 6} height={y.range[0] - y.range[1] + 6} className="fill-transparent" />
      <line x1={at} x2={at} y1={y.range[0]} y2={y.range[1]} className="stroke-surface" strokeWidth={4} />
      <line x1={at} x2={at} y1={y.range[0]} y2={y.range[1]} className="stroke-accent" strokeWidth={2} strokeDasharray="5 3" />
      <rect x={at - 5} width={10} y={y.range[1] - 4} height={12} rx={3} className="fill-accent stroke-surface" />
      <rect x={at - 8} width={16} y={y.range[1] - 5} height={y.range[0] - y.range[1] + 5} rx={4} className="fill-none stroke-transparent group-focus-visible:stroke-accent" strokeWidth={2} />
    </g>
  );
}
