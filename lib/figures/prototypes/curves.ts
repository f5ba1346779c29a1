import { randomSummary } from '@/lib/anomaly/prototypes/find-prototypes';
import type { PrototypeMethod, PrototypeSummary } from '@/lib/api/contracts/prototypes';
import { axisOf, baseLayout, translucent, type PlotFigure } from '../experiments/plots';
import { methodNames } from './words';

/** Which labelled rows the AUROC is of: those that chose, or those that took no part in the choice. */
export type JudgedBy = 'test' | 'validation';

export type PrototypeCurves = {
  readonly sizes: readonly number[];
  /** One value for each size; null where nothing judges. */
  readonly methods: readonly { readonly method: PrototypeMethod; readonly values: readonly (number | null)[] }[];
  readonly random: readonly ({ readonly mean: number; readonly standardDeviation: number; readonly draws: number } | null)[];
  readonly full: number | null;
};

/** AUROC by number of normals: one line a method, random subsets, training with all. */
export function prototypeCurves({ sizes, chosen, random, full }: PrototypeSummary, set: JudgedBy): PrototypeCurves {
  const methods = [...new Set(chosen.map(({ method }) => method))];
  return {
    sizes,
    methods: methods.map((method) => ({ method, values: sizes.map((size) => chosen.find((one) => one.method === method && one.size === size)?.[set] ?? null) })),
    random: sizes.map((size) => {
      const subsets = random.find((one) => one.size === size);
      const found = subsets === undefined ? null : randomSummary(subsets, set);
      return found === null || subsets === undefined ? null : { ...found, draws: subsets.draws.length };
    }),
    full: full[set],
  };
}

/** Hue, dash and marker of each method. */
export const methodStyle: Record<PrototypeMethod, { readonly tone: string; readonly dash: string; readonly symbol: string }> = {
  greedy: { tone: 'hue-1', dash: 'dash', symbol: 'square' },
  evolution: { tone: 'hue-0', dash: 'solid', symbol: 'circle' },
  'core-set': { tone: 'hue-2', dash: 'dot', symbol: 'diamond' },
};

type Tones = Readonly<Record<string, string>>;

/** AUROC up, number of normals across at even steps; the band is one standard deviation over random subsets. */
export function prototypePlot({ sizes, methods, random, full }: PrototypeCurves, tones: Tones): PlotFigure {
  const x = sizes.map((_, i) => i);
  const grey = tones['muted'] ?? '#808080';
  const edge = (sign: 1 | -1) => random.map((one) => (one === null ? null : Math.min(1, one.mean + sign * one.standardDeviation)));
  const outline = { type: 'scatter', mode: 'lines', x, line: { width: 0 }, hoverinfo: 'skip', showlegend: false };
  const band = random.every((one) => one === null)
    ? []
    : [
        { ...outline, y: edge(-1) },
        { ...outline, y: edge(1), fill: 'tonexty', fillcolor: translucent(grey, 0.18) },
        {
          type: 'scatter', mode: 'lines+markers', name: 'Random subsets', showlegend: true, x, y: random.map((one) => one?.mean ?? null), customdata: random.map((one) => one?.standardDeviation ?? 0),
          line: { color: grey, width: 1 }, marker: { color: grey, size: 4 }, hovertemplate: 'Random: %{y:.3f} ± %{customdata:.3f}<extra></extra>',
        },
      ];
  const lines = methods.map(({ method, values }) => {
    const { tone, dash, symbol } = methodStyle[method];
    const color = tones[tone] ?? '#000000';
    return { type: 'scatter', mode: 'lines+markers', name: methodNames[method], showlegend: true, x, y: values, line: { color, width: 2, dash }, marker: { color, symbol, size: 8 }, hovertemplate: `${methodNames[method]}: %{y:.3f}<extra></extra>` };
  });
  // Half a step beyond the outer sizes, so that one size alone has a line as well.
  const all = { type: 'scatter', mode: 'lines', name: 'All normals', showlegend: true, x: [-0.4, sizes.length - 0.6], y: [full, full], line: { color: tones['ink'], width: 1.5, dash: 'longdash' }, hovertemplate: 'All: %{y:.3f}<extra></extra>' };
  const xaxis = axisOf(tones, 'normals to train with, M', { tickmode: 'array', tickvals: x, ticktext: sizes.map(String), range: [-0.4, sizes.length - 0.6], showgrid: false });
  return { data: [...band, ...lines, ...(full === null ? [] : [all])], layout: { ...baseLayout(tones), xaxis, yaxis: axisOf(tones, 'AUROC', { tickformat: '.3~f' }) } };
}

/** The curves as a table. */
export function prototypeCurvesCsv({ sizes, methods, random, full }: PrototypeCurves): { header: readonly string[]; rows: readonly (readonly (string | number | null)[])[] } {
  return {
    header: ['M', ...methods.map(({ method }) => `auroc_${method.replace('-', '_')}`), 'random_mean', 'random_sd', 'random_draws', 'all_normals'],
    rows: sizes.map((size, i) => [size, ...methods.map(({ values }) => values[i]!), random[i]?.mean ?? null, random[i]?.standardDeviation ?? null, random[i]?.draws ?? 0, full]),
  };
}
