'use client';

import type { ReactNode } from 'react';
import { extent, leftRoom, scaled, ticks, ticksThatFit, type Scale } from '@/lib/figures/axis';
import { evaluatorStyle } from '@/lib/figures/experiments/evaluator-style';
import { formatCount } from '@/lib/figures/format';
import { AxisBottom, AxisLeft, chartMargins as margins } from './axes';
import { ChartFrame } from './chart-frame';
import { useSize } from './use-size';
import { useTones, type Tones } from './use-tones';

/** Accuracy by samples kept, with a band; `evaluator` decides how it is drawn. */
export type LearningLine = { readonly key: string; readonly evaluator: string; readonly added: readonly number[]; readonly mean: readonly number[]; readonly low: readonly number[]; readonly high: readonly number[] };

type LearningChartProps = {
  title: string;
  aside?: ReactNode;
  description: string;
  lines: readonly LearningLine[];
  /** The axis runs from 0 to this, whatever is shown: hiding a line moves nothing. */
  most: number;
  /** Accuracies that the upright axis holds. */
  domain: readonly [number, number];
  /** Drawn over the lines, in the picture's coordinates. */
  overlay?: (x: Scale, y: Scale) => ReactNode;
};

const dashes = { solid: undefined, dash: '6 4', dot: '2 3', dashdot: '7 3 2 3', longdash: '10 4' } as const;

/** The accuracies that lines and their bands take, a little wider, within 0 to 1. */
export function accuracyDomain(lines: readonly Pick<LearningLine, 'low' | 'high'>[]): readonly [number, number] {
  const values = lines.flatMap(({ low, high }) => [...low, ...high]);
  const range = extent(values, values.map((_, i) => i)) ?? [0, 1];
  const room = Math.max(0.02, (range[1] - range[0]) * 0.06);
  return [Math.max(0, range[0] - room), Math.min(1, range[1] + room)];
}

/** Learning curves: samples kept across, test accuracy up. */
export function LearningChart({ title, aside, description, lines, most, domain, overlay }: LearningChartProps) {
  const [ref, { width, height }] = useSize<HTMLDivElement>();
  const tones = useTones();
  const accuracies = ticks(domain[0], domain[1], height > 250 ? 6 : 3);
  const left = leftRoom(accuracies.map(formatAccuracy));
  const x: Scale = { domain: [0, most], range: [left, Math.max(left, width - margins.right)] };
  const y: Scale = { domain, range: [Math.max(margins.top, height - margins.bottom), margins.top] };
  return (
    <ChartFrame title={title} aside={aside} description={description}>
      <div ref={ref} className="absolute inset-0">
        {width > 80 && tones && (
          <svg width={width} height={height} role="presentation">
            <AxisLeft scale={y} ticks={accuracies} label="accuracy" x={left} to={x.range[1]} format={formatAccuracy} />
            <Bands lines={lines} x={x} y={y} tones={tones} />
            {lines.map((line) => (
              <CurveLine key={line.key} line={line} x={x} y={y} tones={tones} />
            ))}
            <AxisBottom scale={x} ticks={ticks(0, most, ticksThatFit(x.range[1] - left, formatCount(most).length, width > 500 ? 8 : 4)).filter(Number.isInteger)} label="samples kept" y={y.range[0]} format={formatCount} />
            {overlay?.(x, y)}
          </svg>
        )}
      </div>
    </ChartFrame>
  );
}

function formatAccuracy(value: number): string {
  return String(Number(value.toFixed(3)));
}

type DrawnProps = { x: Scale; y: Scale; tones: Tones };

function path(added: readonly number[], values: readonly number[], x: Scale, y: Scale): string {
  return added.map((count, i) => `${i === 0 ? 'M' : 'L'}${scaled(x, count).toFixed(1)} ${scaled(y, values[i]!).toFixed(1)}`).join('');
}

function Bands({ lines, x, y, tones }: DrawnProps & { lines: readonly LearningLine[] }) {
  return lines.map(({ key, evaluator, added, low, high }) => {
    const back = path(added.toReversed(), low.toReversed(), x, y).replace('M', 'L');
    return <path key={key} d={`${path(added, high, x, y)}${back}Z`} fill={tones[evaluatorStyle(evaluator).tone] ?? 'currentColor'} fillOpacity={0.12} />;
  });
}

function CurveLine({ line: { evaluator, added, mean }, x, y, tones }: DrawnProps & { line: LearningLine }) {
  const { tone, dash } = evaluatorStyle(evaluator);
  const colour = tones[tone] ?? 'currentColor';
  return (
    <g>
      <path d={path(added, mean, x, y)} fill="none" stroke={colour} strokeWidth={2} strokeLinejoin="round" {...(dashes[dash] === undefined ? {} : { strokeDasharray: dashes[dash] })} />
      {added.map((count, i) => (
        <circle key={count} cx={scaled(x, count)} cy={scaled(y, mean[i]!)} r={2.5} fill={colour} />
      ))}
    </g>
  );
}
