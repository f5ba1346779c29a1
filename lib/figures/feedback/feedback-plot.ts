import type { FeedbackGroup, Outcome } from '@/lib/api/contracts/feedback';
import { asWritten, axisOf, baseLayout, type PlotFigure } from '../experiments/plots';
import { outcomes } from './contrasts';

type Tones = Readonly<Record<string, string>>;

const longestLabel = 18;
const shortened = (label: string) => (label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label);

const looks: Record<Outcome, { name: string; tone: string; symbol: string }> = {
  unrealistic: { name: 'unrealistic', tone: 'zone-unrealistic', symbol: 'triangle-up' },
  indistinguishable: { name: 'indistinguishable', tone: 'zone-indistinguishable', symbol: 'square' },
  rejected: { name: 'rejected', tone: 'verdict-rejected', symbol: 'x' },
};

/** A figure that leaves the page is drawn without the colours of zones and verdicts: they are those of the light theme then. */
const printed: Record<string, string> = { 'zone-unrealistic': 'rgb(179, 74, 0)', 'zone-indistinguishable': 'rgb(154, 63, 120)', 'verdict-rejected': 'rgb(179, 35, 47)' };

/** Dots with 95 % intervals: bins or words of one parameter across, the share of each outcome up. Outcomes differ in shape and colour and stand side by side. */
export function feedbackPlot(label: string, groups: readonly { label: string; group: FeedbackGroup }[], tones: Tones): PlotFigure {
  const data = outcomes.flatMap((outcome, place) => {
    const known = groups.flatMap(({ label: of, group }, i) => (group.shares[outcome] === null ? [] : [{ i, of, share: group.shares[outcome] }]));
    if (known.length === 0) return [];
    const { name, tone, symbol } = looks[outcome];
    const colour = tones[tone] ?? printed[tone]!;
    return [{
      type: 'scatter', mode: 'markers', name, showlegend: true,
      x: known.map(({ i }) => i + (place - 1) * 0.16),
      y: known.map(({ share }) => share.share),
      customdata: known.map(({ of, share }) => [asWritten(of), `${share.count} of ${share.of}`, share.low, share.high]),
      error_y: { type: 'data', symmetric: false, array: known.map(({ share }) => share.high - share.share), arrayminus: known.map(({ share }) => share.share - share.low), thickness: 1.5, width: 4, color: colour },
      marker: { color: colour, size: 10, symbol },
      hovertemplate: '%{customdata[0]}<br>%{y:.0%} %{fullData.name} (%{customdata[1]})<br>%{customdata[2]:.0%} to %{customdata[3]:.0%}<extra></extra>',
    }];
  });
  const xaxis = axisOf(tones, asWritten(label), { tickmode: 'array', tickvals: groups.map((_, i) => i), ticktext: groups.map(({ label: of }) => asWritten(shortened(of))), range: [-0.5, groups.length - 0.5], showgrid: false, tickangle: groups.length > 7 ? -35 : 'auto' });
  const yaxis = axisOf(tones, 'Share of samples', { range: [-0.03, 1.03], tickformat: '.0%' });
  const legend = { showlegend: true, legend: { orientation: 'h', x: 0, xanchor: 'left', y: 1, yanchor: 'bottom', itemclick: false, itemdoubleclick: false, font: { size: 11 } } };
  return { data, layout: { ...baseLayout(tones), ...legend, xaxis, yaxis, margin: { l: 56, r: 12, t: 28, b: 64 } }, printMargin: { t: 96, b: 110 } };
}
