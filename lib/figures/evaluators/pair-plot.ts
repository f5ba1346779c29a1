import { unpackUuids } from '@/lib/api/contracts/columns';
import { asWritten, axisOf, baseLayout, translucent, type PlotFigure } from '../experiments/plots';
import type { AlignedRuns } from './agreement';

type Tones = Readonly<Record<string, string>>;

/** Above so many points they are drawn by the graphics card. */
const manyPoints = 3000;

/** Percentile by the one run against percentile by the other; the diagonal is agreement. */
export function pairPlot({ percentiles, rows }: AlignedRuns, [a, b]: readonly [string, string], tones: Tones): PlotFigure {
  const many = rows > manyPoints;
  const points = { type: many ? 'scattergl' : 'scatter', mode: 'markers', x: percentiles[0] ?? [], y: percentiles[1] ?? [], hoverinfo: 'skip', marker: { color: translucent(tones['accent'] ?? '#1557b0', many ? 0.25 : 0.5), size: many ? 3 : 5, line: { width: 0 } } };
  const diagonal = { type: 'scatter', mode: 'lines', x: [0, 100], y: [0, 100], hoverinfo: 'skip', line: { color: tones['line-strong'], width: 1, dash: 'dot' } };
  const axis = { range: [-2, 102], dtick: 25 };
  return { data: [diagonal, points], layout: { ...baseLayout(tones), xaxis: axisOf(tones, `percentile by ${asWritten(a)}`, axis), yaxis: axisOf(tones, `percentile by ${asWritten(b)}`, axis) } };
}

/** Both percentiles of every sample. */
export function pairCsv({ runs, percentiles, rows }: AlignedRuns, [a, b]: readonly [string, string]): { header: string[]; rows: (string | number)[][] } {
  const ids = unpackUuids(runs[0]?.ids ?? new Uint8Array(0));
  return { header: ['sample', `percentile by ${a}`, `percentile by ${b}`], rows: Array.from({ length: rows }, (_, row) => [ids[row]!, percentiles[0]![row]!, percentiles[1]![row]!]) };
}
