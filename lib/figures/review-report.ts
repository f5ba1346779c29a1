import { wilsonInterval, type Interval } from '@/lib/anomaly/metrics/proportion';
import type { ReviewerReport, ReviewReport } from '@/lib/api/contracts/review-queues';
import type { CsvCell } from './csv';
import { asWritten, axisOf, baseLayout, type PlotFigure } from './experiments/plots';
import { hues } from './experiments/evaluator-style';

/** A share of counted answers with its 95 % Wilson interval; null where nothing was counted. */
export type Share = { readonly count: number; readonly of: number; readonly value: number; readonly interval: Interval };

export function shareOf(count: number, of: number): Share | null {
  return of === 0 ? null : { count, of, value: count / of, interval: wilsonInterval(count, of) };
}

/** What the table says of one reviewer. */
export type ReviewerLine = {
  readonly userId: string;
  readonly name: string;
  readonly items: number;
  readonly accepted: Share | null;
  /** Of all controls. */
  readonly hits: Share | null;
  /** Real anomalies that were accepted. */
  readonly anomalyHits: Share | null;
  /** Normals that were rejected. */
  readonly normalHits: Share | null;
  /** Normals that were rejected as indistinguishable. */
  readonly named: Share | null;
  readonly score: number | null;
  readonly zone: Share | null;
  readonly colleagues: Share | null;
  readonly time: ReviewerReport['time'];
};

export function reviewerLines({ reviewers }: Pick<ReviewReport, 'reviewers'>): ReviewerLine[] {
  return reviewers.map(({ userId, userName, items, accepted, rejected, controls, scoreAgreement, zone, colleagues, time }) => ({
    userId,
    name: userName,
    items,
    accepted: shareOf(accepted, accepted + rejected),
    hits: shareOf(controls.anomalyHits + controls.normalHits, controls.anomalies + controls.normals),
    anomalyHits: shareOf(controls.anomalyHits, controls.anomalies),
    normalHits: shareOf(controls.normalHits, controls.normals),
    named: shareOf(controls.normalsNamed, controls.normals),
    score: scoreAgreement,
    zone: shareOf(zone.agree, zone.of),
    colleagues: shareOf(colleagues.agree, colleagues.of),
    time,
  }));
}

const shareColumns = ['hits', 'anomalyHits', 'normalHits', 'named', 'accepted', 'zone', 'colleagues'] as const;
const shareTitles: Record<(typeof shareColumns)[number], string> = {
  hits: 'controls hit', anomalyHits: 'anomalies accepted', normalHits: 'normals rejected', named: 'normals named indistinguishable', accepted: 'accepted', zone: 'agrees with zone', colleagues: 'agrees with colleagues',
};

/** The table as CSV: of every share its count, what it is of, and the ends of its interval. */
export function reviewersCsv(lines: readonly ReviewerLine[]): { header: string[]; rows: CsvCell[][] } {
  return {
    header: ['reviewer', 'items', ...shareColumns.flatMap((key) => [shareTitles[key], `${shareTitles[key]}: of`, `${shareTitles[key]}: 95 % low`, `${shareTitles[key]}: 95 % high`]), 'agreement with the score', 'seconds: lower quartile', 'seconds: median', 'seconds: upper quartile'],
    rows: lines.map((line) => [
      line.name,
      line.items,
      ...shareColumns.flatMap((key) => {
        const share = line[key];
        return share === null ? [null, 0, null, null] : [share.count, share.of, share.interval.low, share.interval.high];
      }),
      line.score,
      ...(line.time === null ? [null, null, null] : [line.time.q1 / 1000, line.time.median / 1000, line.time.q3 / 1000]),
    ]),
  };
}

const symbols = ['circle', 'square', 'diamond', 'triangle-up', 'cross', 'x', 'triangle-down'] as const;
const dashes = ['solid', 'dash', 'dot', 'dashdot', 'longdash'] as const;

/** Accept rate over tenths of quality, a line for each reviewer with 95 % intervals. */
export function decilePlot({ reviewers, deciles }: Pick<ReviewReport, 'reviewers' | 'deciles'>, tones: Readonly<Record<string, string>>): PlotFigure {
  const data = reviewers.map(({ userName, deciles: own }, at) => {
    const shares = own.map(({ accepted, of }) => shareOf(accepted, of)!);
    const colour = tones[`hue-${at % hues.length}`];
    return {
      type: 'scatter',
      mode: 'lines+markers',
      name: asWritten(userName),
      showlegend: true,
      // A little apart, so that intervals of reviewers do not cover one another.
      x: own.map(({ decile }) => decile + (at - (reviewers.length - 1) / 2) * 0.08),
      y: shares.map(({ value }) => value),
      customdata: own.map(({ decile, accepted, of }) => [decile, accepted, of]),
      error_y: { type: 'data', symmetric: false, array: shares.map(({ value, interval }) => interval.high - value), arrayminus: shares.map(({ value, interval }) => value - interval.low), thickness: 1, width: 2, color: colour },
      line: { color: colour, width: 1.5, dash: dashes[at % dashes.length] },
      marker: { color: colour, size: 7, symbol: symbols[at % symbols.length] },
      hovertemplate: '%{fullData.name}<br>tenth %{customdata[0]}: accepted %{customdata[1]} of %{customdata[2]}<extra></extra>',
    };
  });
  const ticks = { tickmode: 'array', tickvals: deciles.map(({ decile }) => decile), ticktext: deciles.map(({ decile }) => String(decile)), range: [0.5, 10.5] };
  return {
    data,
    layout: {
      ...baseLayout(tones),
      showlegend: true,
      legend: { orientation: 'h', y: 1.02, yanchor: 'bottom', x: 0 },
      margin: { l: 52, r: 12, t: 28, b: 48 },
      xaxis: axisOf(tones, 'tenth of quality, lowest to highest', ticks),
      yaxis: axisOf(tones, 'accepted', { range: [-0.02, 1.02], tickformat: '.0%' }),
    },
  };
}

/** The data of the figure. */
export function decilesCsv({ reviewers, deciles }: Pick<ReviewReport, 'reviewers' | 'deciles'>): { header: string[]; rows: CsvCell[][] } {
  const bounds = new Map(deciles.map((one) => [one.decile, one]));
  return {
    header: ['reviewer', 'tenth', 'least quality', 'largest quality', 'accepted', 'of', '95 % low', '95 % high'],
    rows: reviewers.flatMap(({ userName, deciles: own }) =>
      own.map(({ decile, accepted, of }) => {
        const { low, high } = wilsonInterval(accepted, of);
        return [userName, decile, bounds.get(decile)?.least ?? null, bounds.get(decile)?.largest ?? null, accepted, of, low, high];
      }),
    ),
  };
}

/** The figure in words. */
export function decilesInWords({ reviewers }: Pick<ReviewReport, 'reviewers'>): string {
  return reviewers.map(({ userName, deciles }) => `${userName}: ${deciles.map(({ decile, accepted, of }) => `tenth ${decile} ${accepted} of ${of}`).join(', ')}`).join('. ');
}
