import type { CsvCell } from './csv';
import { asWritten, type PlotFigure } from './experiments/plots';
import type { ColourColumn } from './map-colours';
import type { MapGroup, MapPoints } from './map-figure';
import type { MapTrace } from './map-traces';
import { roleNames } from './score-table';

type Tones = Readonly<Record<string, string>>;
type Plain = Readonly<Record<string, unknown>>;

/** Traces as plotly.js takes them. One entry of the legend a group, whatever shapes its points have. */
export function plotTraces(traces: readonly MapTrace[], tones: Tones, webGl: boolean): Plain[] {
  return traces.map(({ key, name, x, y, tone, symbol, size, opacity }, i) => ({
    type: webGl ? 'scattergl' : 'scatter',
    mode: 'markers',
    name: asWritten(name),
    legendgroup: key,
    showlegend: traces.findIndex((one) => one.key === key) === i,
    x,
    y,
    hoverinfo: 'skip',
    marker: { color: tones[tone], symbol, size, opacity, line: { width: 0 } },
  }));
}

const bare = { showgrid: false, zeroline: false, showticklabels: false, ticks: '' };

/** A map has no axes that could be read, but both have one measure. */
export const mapLayout: Plain = {
  margin: { l: 12, r: 12, t: 12, b: 12 },
  paper_bgcolor: 'rgba(0,0,0,0)',
  plot_bgcolor: 'rgba(0,0,0,0)',
  showlegend: false,
  hovermode: false,
  dragmode: 'pan',
  xaxis: bare,
  yaxis: { ...bare, scaleanchor: 'x' },
};

/** The map as a picture of its own, with its legend. */
export function mapPicture(traces: readonly MapTrace[], tones: Tones, webGl: boolean): PlotFigure {
  const legend = { itemsizing: 'constant', font: { size: 12, color: tones['ink'] } };
  return { data: plotTraces(traces, tones, webGl), layout: { ...mapLayout, dragmode: false, legend }, printMargin: { l: 24, r: 24, b: 24 } };
}

type MapCsv = {
  readonly points: MapPoints;
  readonly groups: readonly MapGroup[];
  readonly visible: Uint8Array;
  readonly column: ColourColumn;
  /** What the colour shows: "Zone". */
  readonly colourName: string;
  /** Null while it is not known here. */
  readonly fileNameOf: (sampleId: string) => string | null;
};

/** The points that are shown: id, file name as far as it is known here, place, role and what they are coloured by. */
export function mapCsv({ points, groups, visible, column, colourName, fileNameOf }: MapCsv): { header: string[]; rows: CsvCell[][] } {
  const labels = new Array<string>(points.rows);
  for (const { label, points: members } of groups) for (const point of members) labels[point] = label;
  const valueOf = (point: number): CsvCell => (column.kind === 'numbers' ? column.values[point]! : (labels[point] ?? null));
  const rows: CsvCell[][] = [];
  for (let point = 0; point < points.rows; point++) {
    if (visible[point] !== 1) continue;
    const id = points.ids[point]!;
    rows.push([id, fileNameOf(id), points.x[point]!, points.y[point]!, roleNames[points.role[point]!]!, valueOf(point)]);
  }
  return { header: ['id', 'file', 'x', 'y', 'role', colourName.toLowerCase()], rows };
}
