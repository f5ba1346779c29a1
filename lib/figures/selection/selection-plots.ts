import { asWritten, axisOf, baseLayout, type PlotFigure } from '../experiments/plots';
import type { CandidateLine, Guide } from './candidate-lines';

type Plain = Readonly<Record<string, unknown>>;
type Tones = Readonly<Record<string, string>>;

/** Names of candidates longer than this stand with an ellipsis beside the axis. */
const longestName = 26;
const shortened = (name: string) => (name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name);

/** Least height in px of a figure with so many candidates. */
export function candidatesHeight(count: number): number {
  return 96 + 30 * Math.max(3, count);
}

/** Dots with intervals, one line a candidate, the best on top; hollow dots are real AUROCs, dashed lines what other choices reach. */
export function candidatesPlot(lines: readonly CandidateLine[], guides: readonly Guide[], tones: Tones): PlotFigure {
  const places = new Map(lines.map(({ index }, place) => [index, place]));
  const dots = (shown: readonly CandidateLine[], name: string, marker: Plain): Plain => ({
    type: 'scatter',
    mode: 'markers',
    name,
    showlegend: true,
    x: shown.map(({ auroc }) => auroc),
    y: shown.map(({ index }) => places.get(index)!),
    customdata: shown.map((line) => [asWritten(line.name), intervalText(line)]),
    error_x: { type: 'data', symmetric: false, array: shown.map(({ auroc, interval }) => (interval === null ? 0 : interval[1] - auroc)), arrayminus: shown.map(({ auroc, interval }) => (interval === null ? 0 : auroc - interval[0])), thickness: 1.5, width: 4, color: marker['color'] },
    marker,
    hovertemplate: '%{customdata[0]}<br>synthetic %{x:.3f}%{customdata[1]}<extra></extra>',
  });
  const real = lines.filter((line) => line.real !== null);
  const data: Plain[] = [
    dots(lines.filter(({ picked }) => !picked), 'synthetic AUROC', { color: tones['muted'], size: 9 }),
    dots(lines.filter(({ picked }) => picked), 'the pick', { color: tones['accent'], size: 13, symbol: 'diamond' }),
    ...(real.length === 0 ? [] : [realDots(real, places, tones)]),
    ...guides.map((guide, i) => guideLine(guide, i, lines.length, tones)),
  ];
  const low = Math.min(...lines.map(({ auroc, interval, real: value }) => Math.min(interval?.[0] ?? auroc, value ?? auroc)), ...guides.map(({ value }) => value));
  const yaxis = axisOf(tones, '', { tickmode: 'array', tickvals: lines.map((_, i) => i), ticktext: lines.map(({ name, picked }) => (picked ? `<b>${asWritten(shortened(name))}</b>` : asWritten(shortened(name)))), range: [lines.length - 0.4, -0.6], showgrid: true });
  const xaxis = axisOf(tones, 'AUROC', { range: aurocRange(low), tickformat: '.2~f' });
  return { data, layout: { ...baseLayout(tones), ...topLegend, xaxis, yaxis, margin: { l: 8, r: 12, t: 8, b: 44 } }, printMargin: { t: 96, l: 200 } };
}

/** From a round number below the lowest AUROC to a little above 1, so that candidates near 1 are told apart; never narrower than a tenth. */
function aurocRange(lowest: number): [number, number] {
  return [Math.max(0, Math.min(0.9, Math.floor((lowest - 0.01) * 20) / 20)), 1.01];
}

/** The legend lies above the figure, where it takes no width from it. */
const topLegend = { showlegend: true, legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1, yanchor: 'bottom', itemclick: false, itemdoubleclick: false, font: { size: 11 } } };

function intervalText({ interval, wins }: CandidateLine): string {
  return interval === null ? '' : ` [${interval[0].toFixed(3)}, ${interval[1].toFixed(3)}], wins ${Math.round(wins * 100)} % of draws`;
}

function realDots(lines: readonly CandidateLine[], places: ReadonlyMap<number, number>, tones: Tones): Plain {
  return {
    type: 'scatter',
    mode: 'markers',
    name: 'real AUROC',
    showlegend: true,
    x: lines.map((line) => line.real),
    y: lines.map(({ index }) => places.get(index)!),
    customdata: lines.map(({ name, realType }) => [asWritten(name), realType === null ? '' : ` (${asWritten(realType)})`]),
    marker: { symbol: 'circle-open', size: 10, color: tones['ink'], line: { width: 2 } },
    hovertemplate: '%{customdata[0]}<br>real %{x:.3f}%{customdata[1]}<extra></extra>',
  };
}

const guideDashes = ['dot', 'dash', 'dashdot', 'longdash'] as const;

function guideLine({ id, name, value }: Guide, i: number, count: number, tones: Tones): Plain {
  return {
    type: 'scatter',
    mode: 'lines',
    name: asWritten(name),
    showlegend: true,
    x: [value, value],
    y: [-0.6, count - 0.4],
    line: { color: id === 'best' ? tones['hue-2'] : tones['hue-1'], width: 1.5, dash: guideDashes[i % guideDashes.length] },
    hovertemplate: `${asWritten(name)} %{x:.3f}<extra></extra>`,
  };
}

/** Synthetic AUROC across, real AUROC up, a dot a candidate (SWSA paper, Figure 3); on the dashed line both agree. */
export function agreementPlot(lines: readonly CandidateLine[], tones: Tones): PlotFigure {
  const shown = lines.filter((line): line is CandidateLine & { real: number } => line.real !== null);
  const range = aurocRange(Math.min(...shown.flatMap(({ auroc, real }) => [auroc, real])));
  const [low] = range;
  const dots = (points: typeof shown, name: string, marker: Plain): Plain => ({
    type: 'scatter',
    mode: 'markers',
    name,
    showlegend: true,
    x: points.map(({ auroc }) => auroc),
    y: points.map(({ real }) => real),
    customdata: points.map((line) => asWritten(line.name)),
    marker,
    hovertemplate: '%{customdata}<br>synthetic %{x:.3f}, real %{y:.3f}<extra></extra>',
  });
  const data: Plain[] = [
    { type: 'scatter', mode: 'lines', x: [low, 1], y: [low, 1], line: { color: tones['line-strong'], width: 1, dash: 'dash' }, hoverinfo: 'skip', showlegend: false },
    dots(shown.filter(({ picked }) => !picked), 'candidates', { color: tones['muted'], size: 9 }),
    dots(shown.filter(({ picked }) => picked), 'the pick', { color: tones['accent'], size: 13, symbol: 'diamond' }),
  ];
  return { data, layout: { ...baseLayout(tones), ...topLegend, xaxis: axisOf(tones, 'AUROC on synthetic anomalies', { range, tickformat: '.2~f' }), yaxis: axisOf(tones, 'AUROC on real anomalies', { range, tickformat: '.2~f' }), margin: { l: 52, r: 12, t: 8, b: 44 } }, printMargin: { t: 88 } };
}

/** A kind of samples in the neighbour map. */
export type MapGroup = { readonly kind: 'normal' | 'synthetic' | 'real'; readonly name: string; readonly x: readonly number[]; readonly y: readonly number[] };

const groupLooks = {
  normal: { tone: 'role-normal', symbol: 'circle' },
  synthetic: { tone: 'role-auxiliary', symbol: 'triangle-up' },
  real: { tone: 'role-anomaly', symbol: 'diamond' },
} as const;

/** t-SNE of normals, synthetic and real anomalies (SWSA paper, Figure 4): each kind with a colour and a shape. */
export function neighbourMapPlot(groups: readonly MapGroup[], tones: Tones): PlotFigure {
  const data = groups.map(({ kind, name, x, y }) => ({
    type: 'scatter',
    mode: 'markers',
    name: asWritten(name),
    showlegend: true,
    x,
    y,
    marker: { color: tones[groupLooks[kind].tone], symbol: groupLooks[kind].symbol, size: 8, opacity: 0.8 },
    hovertemplate: `${asWritten(name)}<extra></extra>`,
  }));
  const bare = { showticklabels: false, showgrid: false, showline: false, ticks: '' };
  return { data, layout: { ...baseLayout(tones), ...topLegend, xaxis: axisOf(tones, '', bare), yaxis: axisOf(tones, '', { ...bare, scaleanchor: 'x' }), margin: { l: 8, r: 8, t: 8, b: 8 } }, printMargin: { t: 88, l: 24, b: 24 } };
}
