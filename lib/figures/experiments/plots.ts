import { evaluatorName } from '../evaluator-name';
import type { CurveBand } from './curve-bands';
import type { EvaluatorMatrix } from './evaluator-matrix';
import { evaluatorStyle, hues } from './evaluator-style';
import { metricLabels } from './rank-figure';
import type { SetBars } from './set-bars';

type Plain = Readonly<Record<string, unknown>>;
type Tones = Readonly<Record<string, string>>;

/** What plotly.js draws. */
export type PlotFigure = { readonly data: readonly Plain[]; readonly layout: Plain; /** Room around the figure in a file, where it differs from the usual. */ readonly printMargin?: Plain };

/** Colours of a figure that leaves the page: dark on white, whatever the theme. */
export const printTones: Tones = {
  ink: 'rgb(22, 25, 28)',
  muted: 'rgb(80, 88, 95)',
  line: 'rgb(221, 224, 228)',
  'line-strong': 'rgb(134, 142, 150)',
  surface: 'rgb(255, 255, 255)',
  accent: 'rgb(21, 87, 176)',
  'role-normal': 'rgb(91, 100, 108)',
  'role-anomaly': 'rgb(138, 90, 0)',
  'role-auxiliary': 'rgb(0, 112, 138)',
  'zone-realistic': 'rgb(0, 119, 90)',
  'zone-unrealistic': 'rgb(179, 74, 0)',
  'zone-indistinguishable': 'rgb(154, 63, 120)',
  ...Object.fromEntries(hues.map(({ light }, i) => [`hue-${i}`, light])),
};

/** A figure for a file: on white, with its legend and title inside. */
export function forPrint({ data, layout, printMargin }: PlotFigure, title: string): PlotFigure {
  const margin = { l: 64, r: 24, t: 48, b: 72, ...printMargin };
  return { data, layout: { ...layout, paper_bgcolor: '#ffffff', plot_bgcolor: '#ffffff', showlegend: data.some((trace) => trace['showlegend'] === true), title: { text: asWritten(title), font: { size: 14 } }, margin } };
}

/** Ground, font and margins that all figures share. */
export function baseLayout(tones: Tones): Plain {
  return {
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: "'Inter Variable', Inter, Arial, sans-serif", size: 12, color: tones['muted'] },
    showlegend: false,
    dragmode: false,
    hoverlabel: { bgcolor: tones['surface'], bordercolor: tones['line-strong'], font: { color: tones['ink'] } },
    margin: { l: 52, r: 12, t: 8, b: 48 },
  };
}

/** An axis in the theme's colours. */
export function axisOf(tones: Tones, title: string, more: Plain = {}): Plain {
  return { title: { text: title, standoff: 8 }, fixedrange: true, gridcolor: tones['line'], linecolor: tones['line-strong'], zeroline: false, tickcolor: tones['line-strong'], automargin: true, ...more };
}

/** plotly.js reads tags in texts; names that people gave are to stand as they were written. */
export function asWritten(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Set names beyond this length stand with an ellipsis under the bars; the pointer shows them whole. */
const longestName = 22;

function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name;
}

/** Grouped bars: sets across, one bar per evaluator, whiskers of one standard deviation over seeds. */
export function setBarsPlot({ metric, sets, series }: SetBars, tones: Tones): PlotFigure {
  const data = series.map(({ evaluator, values }) => {
    const style = evaluatorStyle(evaluator);
    const deviations = values.map((value) => (value === null || Number.isNaN(value.deviation) ? 0 : value.deviation));
    return {
      type: 'bar',
      name: evaluatorName(evaluator),
      showlegend: true,
      x: sets.map((_, i) => i),
      y: values.map((value) => value?.mean ?? null),
      customdata: sets.map(({ name }, i) => [asWritten(name), deviations[i]!]),
      error_y: { type: 'data', array: deviations, thickness: 1, width: 2, color: tones['ink'] },
      marker: { color: tones[style.tone], line: { width: 0 }, pattern: { shape: style.pattern, fgcolor: tones['surface'], size: 5, solidity: 0.35 } },
      hovertemplate: '%{customdata[0]}<br>%{fullData.name} %{y:.3f} ± %{customdata[1]:.3f}<extra></extra>',
    };
  });
  const xaxis = axisOf(tones, '', { tickmode: 'array', tickvals: sets.map((_, i) => i), ticktext: sets.map(({ name }) => asWritten(shortened(name))), tickangle: sets.length > 6 ? -35 : 'auto', showgrid: false });
  const yaxis = axisOf(tones, metricLabels[metric], { range: [0, 1.02], tickformat: '.1f' });
  return { data, layout: { ...baseLayout(tones), barmode: 'group', bargap: 0.25, bargroupgap: 0.04, xaxis, yaxis }, printMargin: { b: 120 } };
}

/** A colour with an opacity; colours come as "rgb(r, g, b)" or "#rrggbb". */
export function translucent(colour: string, opacity: number): string {
  const numbers = colour.startsWith('#') ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) : (colour.match(/\d+(?:\.\d+)?/g) ?? []).slice(0, 3).map(Number);
  return `rgba(${numbers.join(', ')}, ${opacity})`;
}

/** Points closer together than this share of the axis look like a hook at the end of a line. */
const hook = 0.03;

/** A curve is measured at its last entry and at the one before, for the area; drawn, the two would be one above the other. */
function withoutHook({ added, mean, deviation, ...rest }: CurveBand): CurveBand {
  const last = added.length - 1;
  const kept = last > 2 && added[last]! - added[last - 1]! < hook * added[last]! ? added.map((_, i) => i !== last - 1) : added.map(() => true);
  const keep = <T>(values: readonly T[]) => values.filter((_, i) => kept[i]);
  return { ...rest, added: keep(added), mean: keep(mean), deviation: keep(deviation) };
}

/** Lines with bands of one standard deviation over seeds; auxiliary samples added across, test accuracy up. */
export function curvesPlot(measured: readonly CurveBand[], tones: Tones): PlotFigure {
  const bands = measured.map(withoutHook);
  const data = bands.flatMap((band) => {
    const { tone, dash, symbol } = evaluatorStyle(band.evaluator);
    const colour = tones[tone] ?? '#000000';
    const edge = (sign: 1 | -1) => band.mean.map((mean, i) => mean + sign * band.deviation[i]!);
    const name = evaluatorName(band.evaluator);
    const outline = { type: 'scatter', mode: 'lines', x: band.added, line: { width: 0 }, hoverinfo: 'skip', showlegend: false };
    const shade = band.seeds > 1 ? [{ ...outline, y: edge(-1) }, { ...outline, y: edge(1), fill: 'tonexty', fillcolor: translucent(colour, 0.14) }] : [];
    const line = {
      type: 'scatter',
      mode: band.added.length > 25 ? 'lines' : 'lines+markers',
      name,
      showlegend: true,
      x: band.added,
      y: band.mean,
      customdata: band.deviation,
      line: { color: colour, width: 2, dash },
      marker: { color: colour, symbol, size: 7 },
      hovertemplate: `${name}: %{y:.3f} ± %{customdata:.3f} at %{x} added<extra></extra>`,
    };
    return [...shade, line];
  });
  return { data, layout: { ...baseLayout(tones), xaxis: axisOf(tones, 'auxiliary samples added', { rangemode: 'tozero' }), yaxis: axisOf(tones, 'test accuracy') } };
}

/** Correlations from -1 (one hue) over 0 (the ground) to 1 (another hue), with their numbers. */
export function matrixPlot({ evaluators, values }: EvaluatorMatrix, tones: Tones): PlotFigure {
  const names = evaluators.map(evaluatorName);
  const surface = tones['surface'] ?? '#ffffff';
  const ends = [translucentOver(tones['hue-1']!, surface), translucentOver(tones['hue-0']!, surface)];
  const data = [
    {
      type: 'heatmap',
      x: names,
      y: names,
      z: values.map((row) => row.map((value) => (Number.isFinite(value) ? value : null))),
      zmin: -1,
      zmax: 1,
      colorscale: [[0, ends[0]], [0.5, surface], [1, ends[1]]],
      xgap: 1,
      ygap: 1,
      showscale: false,
      text: values.map((row) => row.map((value) => (Number.isFinite(value) ? value.toFixed(2) : '–'))),
      texttemplate: '%{text}',
      textfont: { color: tones['ink'], size: 11 },
      hovertemplate: '%{y} and %{x}: %{text}<extra></extra>',
    },
  ];
  const plain = { showgrid: false, type: 'category' };
  const layout = { ...baseLayout(tones), xaxis: axisOf(tones, '', { ...plain, tickangle: -45 }), yaxis: axisOf(tones, '', { ...plain, autorange: 'reversed' }), margin: { l: 96, r: 12, t: 8, b: 96 } };
  return { data, layout, printMargin: { l: 120, b: 120 } };
}

/** A hue mixed half into the ground, so that numbers on it stay readable. */
function translucentOver(colour: string, ground: string): string {
  const parts = (text: string) => translucent(text, 1).match(/\d+(?:\.\d+)?/g)!.slice(0, 3).map(Number);
  const [over, under] = [parts(colour), parts(ground)];
  return `rgb(${over.map((value, i) => Math.round((value + under[i]!) / 2)).join(', ')})`;
}
