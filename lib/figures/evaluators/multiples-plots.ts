import { asWritten, axisOf, baseLayout, type PlotFigure } from '../experiments/plots';
import type { Histogram } from '../histogram';
import type { EvaluatorMultiples } from './multiples';

type Plain = Readonly<Record<string, unknown>>;
type Tones = Readonly<Record<string, string>>;

/** Small figures side by side. */
const columns = 4;

/** Size of a picture of so many small figures, px. */
export function gridSize(count: number): { width: number; height: number } {
  return { width: 1000, height: 110 + 220 * Math.ceil(count / columns) };
}

/** ROC curve of every run that has one, that of the shown run in grey behind the others. */
export function rocGridPlot(multiples: EvaluatorMultiples, shownId: string, tones: Tones): PlotFigure {
  const drawn = multiples.filter(({ roc }) => roc !== null);
  const reference = drawn.find(({ run }) => run.id === shownId)?.roc;
  const traces = drawn.flatMap(({ run, roc }, i) => {
    const line = (figure: { x: Float64Array; y: Float64Array }, colour: string | undefined) => ({ type: 'scatter', mode: 'lines', x: Array.from(figure.x), y: Array.from(figure.y), line: { color: colour, width: 1.5 }, ...axesAt(i) });
    return [...(reference && run.id !== shownId ? [line(reference, tones['line-strong'])] : []), line(roc!, tones['accent'])];
  });
  return grid(drawn.map(({ title, roc }) => `${title}: ${roc!.auc.toFixed(2)}`), traces, tones, { range: [0, 1], dtick: 0.5 });
}

/** Histogram of the values of every run, stacked by group. */
export function barsGridPlot(multiples: EvaluatorMultiples, tones: Tones): PlotFigure {
  const drawn = multiples.flatMap(({ title, bars }) => (bars === null ? [] : [{ title, bars }]));
  const named = new Set<string>();
  const traces = drawn.flatMap(({ bars }, i) => barsOf(bars, tones).map((trace) => ({ ...trace, ...axesAt(i), showlegend: !named.has(trace.name) && named.add(trace.name) !== undefined })));
  const figure = grid(drawn.map(({ title }) => title), traces, tones, {});
  return { ...figure, layout: { ...figure.layout, barmode: 'stack', bargap: 0.05 } };
}

function barsOf({ edges, series }: Histogram, tones: Tones) {
  const centres = Array.from({ length: edges.length - 1 }, (_, i) => (edges[i]! + edges[i + 1]!) / 2);
  return series.map(({ name, counts }) => ({ type: 'bar', name, legendgroup: name, x: centres, y: Array.from(counts), marker: { color: tones[`zone-${name}`] ?? tones['hue-0'] } }));
}

function axesAt(index: number): { xaxis: string; yaxis: string } {
  const suffix = index === 0 ? '' : String(index + 1);
  return { xaxis: `x${suffix}`, yaxis: `y${suffix}` };
}

/** Lays figures out in rows of `columns`, each under its title. */
function grid(titles: readonly string[], data: readonly Plain[], tones: Tones, axis: Plain): PlotFigure {
  const lines = Math.max(1, Math.ceil(titles.length / columns));
  const axes: Record<string, Plain> = {};
  const annotations: Plain[] = [];
  titles.forEach((title, i) => {
    const [column, line] = [i % columns, Math.floor(i / columns)];
    const x = [(column + 0.06) / columns, (column + 0.94) / columns];
    const y = [1 - (line + 0.82) / lines, 1 - (line + 0.14) / lines];
    const suffix = i === 0 ? '' : String(i + 1);
    axes[`xaxis${suffix}`] = { ...axisOf(tones, '', axis), domain: x, anchor: `y${suffix}`, tickfont: { size: 9 } };
    axes[`yaxis${suffix}`] = { ...axisOf(tones, '', axis), domain: y, anchor: `x${suffix}`, tickfont: { size: 9 }, nticks: 4 };
    annotations.push({ text: asWritten(title), x: x[0], y: y[1], xref: 'paper', yref: 'paper', xanchor: 'left', yanchor: 'bottom', showarrow: false, font: { size: 11, color: tones['ink'] } });
  });
  return { data, layout: { ...baseLayout(tones), ...axes, annotations } };
}
