'use client';

import { useEffect, useRef, type MouseEvent } from 'react';
import { formatCount, formatNumber } from '@/lib/figures/format';
import { nearestPoint, zeroBand, type Quadrant } from '@/lib/figures/quadrant';
import { zoneNames } from '@/lib/figures/score-table';
import { cn } from '../ui/cn';
import { ZoneMark, zoneOrder, zones } from '../ui/zone-mark';
import { useSize } from './use-size';
import { chartMargins as margins } from './axes';
import { ChartFrame } from './chart-frame';
import { useTones, type Tones } from './use-tones';

type QuadrantChartProps = {
  figure: Quadrant;
  /** Row of the score table that is selected, or null. */
  selectedRow: number | null;
  onSelect: (row: number) => void;
};

/** Density across, probability up, zones as areas. A press selects the sample under it. */
export function QuadrantChart({ figure, selectedRow, onSelect }: QuadrantChartProps) {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const tones = useTones();
  const plot = { width: Math.max(0, width - margins.left - margins.right), height: Math.max(0, height - margins.top - margins.bottom) };
  useEffect(() => {
    if (canvas.current && tones && plot.width > 0) paint(canvas.current, figure, plot.width, plot.height, tones);
  }, [figure, plot.width, plot.height, tones]);
  const onClick = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const point = nearestPoint(figure, (event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height, box.width / box.height);
    if (point >= 0) onSelect(figure.rows[point]!);
  };
  const selected = selectedRow === null ? -1 : figure.rows.indexOf(selectedRow);
  return (
    <ChartFrame title="Probability by density" aside={<ZoneCounts figure={figure} />} description={describe(figure)}>
      <div ref={ref} className="absolute inset-0">
        {plot.width > 60 && (
          <>
            <div style={{ left: margins.left, top: margins.top, ...plot }} className="absolute cursor-pointer" onClick={onClick}>
              <Areas figure={figure} />
              <canvas ref={canvas} aria-hidden style={plot} className="absolute inset-0" />
              {selected >= 0 && (
                <span
                  aria-hidden
                  style={{ left: `${figure.x[selected]! * 100}%`, top: `${(1 - figure.y[selected]!) * 100}%` }}
                  className="pointer-events-none absolute size-3 -translate-1/2 rounded-full border-2 border-ink bg-surface/40"
                />
              )}
            </div>
            <AxisWords figure={figure} plot={plot} height={height} />
          </>
        )}
      </div>
    </ChartFrame>
  );
}

const areaTones = { realistic: 'bg-zone-realistic/8', unrealistic: 'bg-zone-unrealistic/8', indistinguishable: 'bg-zone-indistinguishable/8' } as const;

function Areas({ figure }: { figure: Quadrant }) {
  return figure.areas.map((area) => (
    <span
      key={area.zone}
      aria-hidden
      className={cn('absolute border border-surface', areaTones[area.zone])}
      style={{ left: `${area.x0 * 100}%`, width: `${(area.x1 - area.x0) * 100}%`, top: `${(1 - area.y1) * 100}%`, height: `${(area.y1 - area.y0) * 100}%` }}
    />
  ));
}

function AxisWords({ figure, plot, height }: { figure: Quadrant; plot: { width: number; height: number }; height: number }) {
  const text = 'fill-muted text-[10px]';
  const base = margins.top + plot.height;
  return (
    <svg aria-hidden className="pointer-events-none absolute inset-0" width="100%" height={height}>
      {[0, 0.5, 1].map((tick) => (
        <text key={tick} x={margins.left - 5} y={base - tick * plot.height + 3} textAnchor="end" className={text}>
          {tick}
        </text>
      ))}
      <text x={10} y={margins.top + plot.height / 2} transform={`rotate(-90 10 ${margins.top + plot.height / 2})`} textAnchor="middle" className={text}>
        p(anomalous)
      </text>
      <text x={margins.left + (zeroBand / 2) * plot.width} y={base + 13} textAnchor="middle" className={text}>
        0
      </text>
      <text x={margins.left + plot.width} y={base + 13} textAnchor="end" className={text}>
        {figure.beyond > 0 ? '≥ ' : ''}
        {formatNumber(figure.densityMax)}
      </text>
      <text x={margins.left + plot.width / 2} y={base + 28} textAnchor="middle" className={text}>
        density
      </text>
    </svg>
  );
}

function ZoneCounts({ figure }: { figure: Quadrant }) {
  return zoneOrder.map((zone) => (
    <span key={zone} className="inline-flex items-center gap-1">
      <ZoneMark zone={zone} />
      {formatCount(figure.counts[zone])}
    </span>
  ));
}

function describe(figure: Quadrant): string {
  const counts = zoneOrder.map((zone) => `${zones[zone].label.toLowerCase()} ${figure.counts[zone]}`).join(', ');
  return `Scatter of ${figure.rows.length} samples by density and conditional probability. ${counts}.`;
}

/** Draws every point once; 50,000 small squares take some 10 ms. */
function paint(canvas: HTMLCanvasElement, figure: Quadrant, width: number, height: number, tones: Tones): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(ratio, ratio);
  const size = figure.rows.length > 5_000 ? 2 : 4;
  context.globalAlpha = figure.rows.length > 20_000 ? 0.35 : 0.75;
  zoneNames.forEach((zone, code) => {
    context.fillStyle = zone === null ? tones['faint']! : tones[`zone-${zone}`]!;
    for (let i = 0; i < figure.rows.length; i++) {
      if (figure.zone[i] !== code) continue;
      context.fillRect(figure.x[i]! * width - size / 2, (1 - figure.y[i]!) * height - size / 2, size, size);
    }
  });
}
