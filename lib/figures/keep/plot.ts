import type { KeepCurve } from '@/lib/api/contracts/keep';
import { evaluatorStyle } from '../experiments/evaluator-style';
import { asWritten, axisOf, baseLayout, translucent, type PlotFigure } from '../experiments/plots';
import { curveKey, curveName } from './curves';

type Tones = Readonly<Record<string, string>>;

/** The learning curves as a picture for a file: lines with their 5 % to 95 % bands, and the cut as an upright line. */
export function keepPlot(curves: readonly KeepCurve[], cut: number | null, tones: Tones): PlotFigure {
  const data = curves.flatMap((curve) => {
    const { tone, dash, symbol } = evaluatorStyle(curveKey(curve));
    const colour = tones[tone] ?? '#000000';
    const outline = { type: 'scatter', mode: 'lines', x: curve.added, line: { width: 0 }, hoverinfo: 'skip', showlegend: false };
    return [
      { ...outline, y: curve.low },
      { ...outline, y: curve.high, fill: 'tonexty', fillcolor: translucent(colour, 0.14) },
      { type: 'scatter', mode: 'lines+markers', name: asWritten(curveName(curve)), showlegend: true, x: curve.added, y: curve.mean, line: { color: colour, width: 2, dash }, marker: { color: colour, symbol, size: 6 } },
    ];
  });
  const shapes = cut === null ? [] : [{ type: 'line', x0: cut, x1: cut, y0: 0, y1: 1, yref: 'paper', line: { color: tones['accent'], width: 2, dash: 'dash' } }];
  return { data, layout: { ...baseLayout(tones), shapes, xaxis: axisOf(tones, 'auxiliary samples kept', { rangemode: 'tozero' }), yaxis: axisOf(tones, 'balanced test accuracy') } };
}
