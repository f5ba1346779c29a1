import { formatNumber } from '@/lib/figures/format';
import { roleWord } from '@/lib/figures/explain-score';
import type { SphereFigure } from '@/lib/figures/sphere-figure';

const width = 320;
const middle = 58;
const left = 64;

const roleFill = { normal: 'fill-role-normal', anomaly: 'fill-role-anomaly', auxiliary: 'fill-role-auxiliary' } as const;

/** The sphere and the sample true to scale: inside with its distance, or outside with the gap. */
export function SpherePicture({ figure }: { figure: SphereFigure }) {
  const { radius, distance, gap, typicalRadius, reach, centre } = figure;
  const perUnit = gap === null ? Math.min(54, width) / reach : (width - left - 28) / reach;
  const centreX = gap === null ? 70 : left;
  const r = gap === null ? 54 * (radius / reach) : radius * perUnit;
  const sampleX = centreX + distance * perUnit;
  const surfaceX = centreX + r;
  const height = typicalRadius === null ? 116 : 132;
  const words = gap === null ? `distance ${formatNumber(distance)} of radius ${formatNumber(radius)}` : `gap ${formatNumber(gap)} beyond radius ${formatNumber(radius)}`;
  return (
    <svg viewBox={`0 0 ${width} ${height}`} className="w-full max-w-96" role="img" aria-label={`The sample and the sphere around the ${roleWord(centre.role)}: ${words}.`}>
      <clipPath id="sphere-frame">
        <rect width={width} height={height} />
      </clipPath>
      <g clipPath="url(#sphere-frame)">
        <circle cx={centreX} cy={middle} r={r} className="fill-accent/8 stroke-line-strong" />
        <line x1={centreX} x2={gap === null ? sampleX : surfaceX} y1={middle} y2={middle} className="stroke-muted" />
        {gap !== null && <line x1={surfaceX} x2={sampleX} y1={middle} y2={middle} className="stroke-zone-unrealistic" strokeWidth={2} strokeDasharray="3 3" />}
        <circle cx={centreX} cy={middle} r={4} className={roleFill[centre.role]} />
        <circle cx={sampleX} cy={middle} r={5} className="fill-role-auxiliary stroke-surface" strokeWidth={1.5} />
        <Words x={centreX} y={middle + 18} text={roleWord(centre.role)} />
        <Words x={Math.min(width - 24, sampleX)} y={middle - 12} text="sample" />
        {gap === null ? (
          <text x={surfaceX + 10} y={middle + 4} className="fill-muted text-[11px]">
            <tspan x={surfaceX + 10}>distance {formatNumber(distance)}</tspan>
            <tspan x={surfaceX + 10} dy={14}>
              radius {formatNumber(radius)}
            </tspan>
          </text>
        ) : (
          <Words x={(surfaceX + sampleX) / 2} y={middle + 18} text={`gap ${formatNumber(gap)}`} />
        )}
        {typicalRadius !== null && <Ruler x={width - 28 - typicalRadius * perUnit} length={typicalRadius * perUnit} y={height - 20} text={`typical radius ${formatNumber(typicalRadius)}`} />}
      </g>
    </svg>
  );
}

function Words({ x, y, text }: { x: number; y: number; text: string }) {
  return (
    <text x={x} y={y} textAnchor="middle" className="fill-muted text-[11px]">
      {text}
    </text>
  );
}

/** A length at the foot of the drawing to compare with. */
function Ruler({ x, y, length, text }: { x: number; y: number; length: number; text: string }) {
  return (
    <g>
      <path d={`M${x} ${y - 3}v6M${x} ${y}h${length}M${x + length} ${y - 3}v6`} className="fill-none stroke-muted" />
      <text x={x + length} y={y + 16} textAnchor="end" className="fill-muted text-[11px]">
        {text}
      </text>
    </g>
  );
}
