import { formatNumber } from '@/lib/figures/format';
import { labelPlace, scaled, type Scale } from '@/lib/figures/axis';

export type Margins = { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number };

/** Room for tick labels and axis names around a small chart; long labels of an upright axis need more on the left (`leftRoom`). */
export const chartMargins: Margins = { top: 6, right: 12, bottom: 34, left: 40 };

type AxisProps = { scale: Scale; ticks: readonly number[]; label: string; format?: (value: number) => string };

const tickText = 'fill-muted text-[10px]';

/** Horizontal axis along the bottom edge `y`. */
export function AxisBottom({ scale, ticks, label, y, format = formatNumber }: AxisProps & { y: number }) {
  return (
    <g aria-hidden>
      <line x1={scale.range[0]} x2={scale.range[1]} y1={y + 0.5} y2={y + 0.5} className="stroke-line-strong" />
      {ticks.map((tick) => (
        <text key={tick} x={labelPlace(scale, tick, format(tick), chartMargins.right)} y={y + 13} textAnchor="middle" className={tickText}>
          {format(tick)}
        </text>
      ))}
      <text x={(scale.range[0] + scale.range[1]) / 2} y={y + 28} textAnchor="middle" className={tickText}>
        {label}
      </text>
    </g>
  );
}

/** Vertical axis along the left edge `x`, with faint lines across to `to`. */
export function AxisLeft({ scale, ticks, label, x, to, format = formatNumber }: AxisProps & { x: number; to: number }) {
  const middle = (scale.range[0] + scale.range[1]) / 2;
  return (
    <g aria-hidden>
      {ticks.map((tick) => {
        const y = Math.round(scaled(scale, tick)) + 0.5;
        return (
          <g key={tick}>
            <line x1={x} x2={to} y1={y} y2={y} className="stroke-line" />
            <text x={x - 5} y={y + 3} textAnchor="end" className={tickText}>
              {format(tick)}
            </text>
          </g>
        );
      })}
      <text x={10} y={middle} transform={`rotate(-90 10 ${middle})`} textAnchor="middle" className={tickText}>
        {label}
      </text>
    </g>
  );
}
