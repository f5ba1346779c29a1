'use client';

import { leftRoom, scaled, type Scale } from '@/lib/figures/axis';
import { formatUnit } from '@/lib/figures/format';
import type { RocFigure } from '@/lib/figures/roc';
import { AxisBottom, AxisLeft, chartMargins } from './axes';
import { ChartFrame } from './chart-frame';
import { useSize } from './use-size';

const unitTicks = [0, 0.5, 1];

type RocChartProps = { figure: RocFigure; interval: { value: number; low: number; high: number } | null };

/** "0.83 [0.79, 0.87]". */
export function aucText({ value, low, high }: { value: number; low: number; high: number }): string {
  return `${formatUnit(value)} [${formatUnit(low)}, ${formatUnit(high)}]`;
}

/** ROC of quality against the known labels: how well the score finds the realistic samples. */
export function RocChart({ figure, interval }: RocChartProps) {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const auc = interval ? aucText(interval) : formatUnit(figure.auc);
  const left = leftRoom(unitTicks.map(String));
  const side = Math.max(0, Math.min(height - chartMargins.top - chartMargins.bottom, width - left - chartMargins.right));
  const x: Scale = { domain: [0, 1], range: [left, left + side] };
  const y: Scale = { domain: [0, 1], range: [chartMargins.top + side, chartMargins.top] };
  const path = Array.from(figure.x, (value, i) => `${i === 0 ? 'M' : 'L'}${scaled(x, value).toFixed(1)} ${scaled(y, figure.y[i]!).toFixed(1)}`).join('');
  return (
    <ChartFrame
      title="AUC_QLT"
      aside={<span className="font-medium text-ink">{auc}</span>}
      description={`ROC curve of quality over ${figure.positives} realistic and ${figure.negatives} other labelled samples. Area under the curve ${auc}, 95 % bootstrap interval in brackets.`}
    >
      <div ref={ref} className="absolute inset-0">
        {side > 20 && (
          <svg width={width} height={height} role="presentation">
            <AxisLeft scale={y} ticks={unitTicks} label="true positive rate" x={left} to={left + side} format={String} />
            <AxisBottom scale={x} ticks={unitTicks} label="false positive rate" y={chartMargins.top + side} format={String} />
            <line x1={x.range[0]} y1={y.range[0]} x2={x.range[1]} y2={y.range[1]} className="stroke-line-strong" strokeDasharray="2 3" />
            <path d={path} fill="none" className="stroke-accent" strokeWidth={1.5} strokeLinejoin="round" />
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}
