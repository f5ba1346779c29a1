'use client';

import { useState, type PointerEvent, type ReactNode } from 'react';
import { inverted, leftRoom, scaled, ticks, ticksThatFit, type Scale } from '@/lib/figures/axis';
import { formatCount } from '@/lib/figures/format';
import { describeHistogram, type Histogram } from '@/lib/figures/histogram';
import { ZoneMark, zoneOrder } from '../ui/zone-mark';
import { useSize } from './use-size';
import { AxisBottom, AxisLeft, chartMargins as margins } from './axes';
import { ChartFrame } from './chart-frame';

const fills: Readonly<Record<string, string>> = {
  realistic: 'fill-zone-realistic',
  unrealistic: 'fill-zone-unrealistic',
  indistinguishable: 'fill-zone-indistinguishable',
  normal: 'fill-role-normal',
  anomaly: 'fill-role-anomaly',
  auxiliary: 'fill-role-auxiliary',
};
const swatches: Readonly<Record<string, string>> = {
  normal: 'bg-role-normal',
  anomaly: 'bg-role-anomaly',
  auxiliary: 'bg-role-auxiliary',
};

type Range = readonly [number | null, number | null];

type HistogramChartProps = {
  title: string;
  figure: Histogram;
  axis: string;
  /** Marked by a line: the value of the selected sample. */
  mark: number | null;
  range: Range | undefined;
  /** Called with a range drawn by dragging, undefined when the drag was only a click. */
  onRange: (range: [number, number] | undefined) => void;
  /** Drawn over the bars, in the picture's coordinates. */
  overlay?: (x: Scale, y: Scale) => ReactNode;
};

/** Stacked bars per group; dragging across selects a range. */
export function HistogramChart({ title, figure, axis, mark, range, onRange, overlay }: HistogramChartProps) {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const low = figure.edges[0]!;
  const high = figure.edges.at(-1)!;
  const counts = ticks(0, figure.tallest, 3).filter(Number.isInteger);
  const left = leftRoom(counts.map(formatCount));
  const x: Scale = { domain: [low, high], range: [left, Math.max(left, width - margins.right)] };
  const longest = Math.max(...ticks(low, high, 5).map((value) => formatUnitShort(value).length));
  const y: Scale = { domain: [0, figure.tallest], range: [Math.max(margins.top, height - margins.bottom), margins.top] };
  const brush = useBrush(x, onRange);
  const shown = brush.range ?? range;
  return (
    <ChartFrame title={title} aside={<Legend figure={figure} />} description={describeHistogram(figure, axis)}>
      <div ref={ref} className="absolute inset-0">
        {width > 80 && (
          <svg width={width} height={height} role="presentation" className="cursor-crosshair touch-none" {...brush.handlers}>
            <AxisLeft scale={y} ticks={counts} label="samples" x={left} to={x.range[1]} format={formatCount} />
            <Bars figure={figure} x={x} y={y} />
            {shown && <RangeMark x={x} y={y} range={shown} />}
            {mark !== null && Number.isFinite(mark) && <line x1={scaled(x, mark)} x2={scaled(x, mark)} y1={y.range[0]} y2={y.range[1]} className="stroke-ink" strokeWidth={1.5} />}
            <AxisBottom scale={x} ticks={ticks(low, high, ticksThatFit(x.range[1] - left, longest, 5))} label={axis} y={y.range[0]} format={formatUnitShort} />
            {overlay?.(x, y)}
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}

function formatUnitShort(value: number): string {
  return Math.abs(value) >= 10 ? formatCount(value) : String(Number(value.toPrecision(3)));
}

function Bars({ figure, x, y }: { figure: Histogram; x: Scale; y: Scale }) {
  const below = new Float64Array(figure.edges.length - 1);
  return figure.series.map((series) => (
    <g key={series.name} className={fills[series.name] ?? 'fill-accent'}>
      {Array.from(series.counts, (count, bin) => {
        if (count === 0) return null;
        const from = below[bin]!;
        below[bin] = from + count;
        const left = scaled(x, figure.edges[bin]!);
        const top = scaled(y, from + count);
        return <rect key={bin} x={left + 0.5} width={Math.max(1, scaled(x, figure.edges[bin + 1]!) - left - 1)} y={top} height={Math.max(0.5, scaled(y, from) - top)} />;
      })}
    </g>
  ));
}

/** Zones keep their letter where there is no room for their name; the other names stay. */
function Legend({ figure }: { figure: Histogram }) {
  return figure.series.map(({ name }) => {
    const zone = zoneOrder.find((one) => one === name);
    return (
      <span key={name} title={name} className="inline-flex items-center gap-1">
        {zone ? <ZoneMark zone={zone} /> : <span aria-hidden className={`size-2 rounded-[1px] ${swatches[name] ?? 'bg-accent'}`} />}
        <span aria-hidden={zone && true} className={zone && '@max-[34rem]/chart:hidden'}>{name}</span>
      </span>
    );
  });
}

function RangeMark({ x, y, range }: { x: Scale; y: Scale; range: Range }) {
  const from = scaled(x, Math.max(x.domain[0], range[0] ?? x.domain[0]));
  const to = scaled(x, Math.min(x.domain[1], range[1] ?? x.domain[1]));
  return <rect x={from} width={Math.max(1, to - from)} y={y.range[1]} height={y.range[0] - y.range[1]} className="fill-accent/15 stroke-accent" />;
}

/** A range drawn with the pointer; a press without a way clears it. */
function useBrush(x: Scale, onRange: (range: [number, number] | undefined) => void) {
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null);
  const at = (event: PointerEvent<SVGSVGElement>) => {
    const pixel = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.min(x.domain[1], Math.max(x.domain[0], inverted(x, pixel)));
  };
  const span = x.domain[1] - x.domain[0];
  const least = span / 100;
  const decimals = span > 0 ? Math.min(20, Math.max(3, 3 - Math.floor(Math.log10(span)))) : 3;
  const range: [number, number] | null = drag && Math.abs(drag.to - drag.from) > least ? [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)] : null;
  const handlers = {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ from: at(event), to: at(event) });
    },
    onPointerMove: (event: PointerEvent<SVGSVGElement>) => {
      if (drag) setDrag({ from: drag.from, to: at(event) });
    },
    onPointerUp: () => {
      if (drag) onRange(range ? [Number(range[0].toFixed(decimals)), Number(range[1].toFixed(decimals))] : undefined);
      setDrag(null);
    },
    onPointerCancel: () => setDrag(null),
  };
  return { range, handlers };
}
