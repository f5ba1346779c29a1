import { scaled, type Scale } from '@/lib/figures/axis';
import { describeHistogram, type Histogram } from '@/lib/figures/histogram';
import { formatCount, formatNumber } from '@/lib/figures/format';
import type { RocFigure } from '@/lib/figures/roc';

const width = 180;
const height = 140;
const frame = { left: 22, right: 4, top: 4, bottom: 16 };
const across: Scale = { domain: [0, 1], range: [frame.left, width - frame.right] };
/** A character of a tick label. */
const characterWidth = 5.5;
const up: Scale = { domain: [0, 1], range: [height - frame.bottom, frame.top] };
const tick = 'fill-muted text-[9px]';

type SmallProps = { title: string; aside: string; description: string; left?: number; children: React.ReactNode };

function Small({ title, aside, description, left = frame.left, children }: SmallProps) {
  return (
    <figure aria-label={title}>
      <figcaption className="flex flex-col text-small leading-4">
        <span className="truncate font-medium" title={title}>
          {title}
        </span>
        <span className="h-4 truncate text-muted">{aside}</span>
      </figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} className="w-full" role="img" aria-label={description}>
        <rect x={left} y={frame.top} width={width - left - frame.right} height={height - frame.top - frame.bottom} className="fill-none stroke-line" />
        {children}
      </svg>
    </figure>
  );
}

function pathOf({ x, y }: RocFigure): string {
  return Array.from(x, (value, i) => `${i === 0 ? 'M' : 'L'}${scaled(across, value).toFixed(1)} ${scaled(up, y[i]!).toFixed(1)}`).join('');
}

/** One ROC curve; `behind` in grey for comparison. */
export function SmallRoc({ figure, behind, title, auc }: { figure: RocFigure; behind: RocFigure | null; title: string; auc: string }) {
  return (
    <Small title={title} aside={auc} description={`ROC curve of ${title}, area ${auc}, over ${figure.positives} realistic and ${figure.negatives} other samples.`}>
      <line x1={across.range[0]} y1={up.range[0]} x2={across.range[1]} y2={up.range[1]} className="stroke-line-strong" strokeDasharray="2 3" />
      {behind && <path d={pathOf(behind)} fill="none" className="stroke-faint" strokeWidth={1.25} />}
      <path d={pathOf(figure)} fill="none" className="stroke-accent" strokeWidth={1.75} strokeLinejoin="round" />
      {[0, 1].map((value) => (
        <g key={value} aria-hidden>
          <text x={scaled(across, value)} y={height - 4} textAnchor={value === 0 ? 'start' : 'end'} className={tick}>
            {value}
          </text>
          <text x={frame.left - 4} y={scaled(up, value) + (value === 1 ? 8 : 0)} textAnchor="end" className={tick}>
            {value}
          </text>
        </g>
      ))}
    </Small>
  );
}

const fills: Readonly<Record<string, string>> = { realistic: 'fill-zone-realistic', unrealistic: 'fill-zone-unrealistic', indistinguishable: 'fill-zone-indistinguishable' };

/** One histogram, stacked by group. */
export function SmallBars({ figure, title }: { figure: Histogram; title: string }) {
  const { edges, series, tallest } = figure;
  const [low, high] = [edges[0]!, edges.at(-1)!];
  const most = formatCount(tallest);
  const left = Math.max(frame.left, 8 + most.length * characterWidth);
  const x: Scale = { domain: [low, high], range: [left, width - frame.right] };
  const y: Scale = { domain: [0, tallest], range: up.range };
  const below = new Float64Array(edges.length - 1);
  return (
    <Small title={title} left={left} aside={`${formatNumber(low)} to ${formatNumber(high)}`} description={describeHistogram(figure, `the values of ${title}`)}>
      {series.map(({ name, counts }) => (
        <g key={name} className={fills[name] ?? 'fill-accent'}>
          {Array.from(counts, (count, bin) => {
            if (count === 0) return null;
            const from = below[bin]!;
            below[bin] = from + count;
            const left = scaled(x, edges[bin]!);
            const top = scaled(y, from + count);
            return <rect key={bin} x={left + 0.5} width={scaled(x, edges[bin + 1]!) - left - 1} y={top} height={Math.max(0.5, scaled(y, from) - top)} />;
          })}
        </g>
      ))}
      <text aria-hidden x={left} y={height - 4} className={tick}>
        {formatNumber(low)}
      </text>
      <text aria-hidden x={x.range[1]} y={height - 4} textAnchor="end" className={tick}>
        {formatNumber(high)}
      </text>
      <text aria-hidden x={left - 4} y={frame.top + 8} textAnchor="end" className={tick}>
        {most}
      </text>
    </Small>
  );
}
