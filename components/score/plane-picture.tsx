import type { Zone } from '@/lib/api/contracts/common';
import type { Score } from '@/lib/api/contracts/runs';
import { formatNumber, formatUnit } from '@/lib/figures/format';
import { densityPosition, quadrantAreas, zeroBand } from '@/lib/figures/quadrant';

const width = 320;
const height = 120;
const frame = { left: 30, right: 6, top: 6, bottom: 22 };

const fills: Readonly<Record<Zone, string>> = { realistic: 'fill-zone-realistic/15', unrealistic: 'fill-zone-unrealistic/15', indistinguishable: 'fill-zone-indistinguishable/15' };
const inks: Readonly<Record<Zone, string>> = { realistic: 'fill-zone-realistic', unrealistic: 'fill-zone-unrealistic', indistinguishable: 'fill-zone-indistinguishable' };

/** The place of one sample in the plane of density (across) and conditional probability (up), with the three zones. */
export function PlanePicture({ score, densityMax }: { score: Score; densityMax: number }) {
  const { probability, density, zone } = score;
  if (probability === null || density === null || zone === null) return null;
  const x = (share: number) => frame.left + share * (width - frame.left - frame.right);
  const y = (share: number) => height - frame.bottom - share * (height - frame.top - frame.bottom);
  const at = { x: x(density > 0 ? densityPosition(density, densityMax) : zeroBand / 2), y: y(probability) };
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className="w-full max-w-96" role="img" aria-label={`In the zone ${zone}: density ${formatNumber(density)}, p(anomalous) ${formatUnit(probability)}.`}>
      {quadrantAreas.map((area) => (
        <g key={area.zone}>
          <rect x={x(area.x0)} width={x(area.x1) - x(area.x0) - 1} y={y(area.y1)} height={y(area.y0) - y(area.y1) - 1} className={fills[area.zone]} />
          {area.zone !== 'unrealistic' && (
            <text x={x(1) - 6} y={y(area.y1) + 14} textAnchor="end" className="fill-muted text-[11px]">
              {area.zone}
            </text>
          )}
        </g>
      ))}
      {[0, 0.5, 1].map((tick) => (
        <text key={tick} x={frame.left - 4} y={y(tick) + (tick === 1 ? 9 : tick === 0 ? 0 : 4)} textAnchor="end" className="fill-muted text-[10px]">
          {tick}
        </text>
      ))}
      <text x={x(0)} y={height - 8} className="fill-muted text-[11px]">
        density 0: unrealistic
      </text>
      <text x={x(1)} y={height - 8} textAnchor="end" className="fill-muted text-[11px]">
        density up to {formatNumber(densityMax)}
      </text>
      <line x1={x(0)} x2={at.x} y1={at.y} y2={at.y} className="stroke-line-strong" strokeDasharray="2 3" />
      <line x1={at.x} x2={at.x} y1={at.y} y2={y(0)} className="stroke-line-strong" strokeDasharray="2 3" />
      <circle cx={at.x} cy={at.y} r={5.5} className={`${inks[zone]} stroke-surface`} strokeWidth={1.5} />
    </svg>
  );
}
