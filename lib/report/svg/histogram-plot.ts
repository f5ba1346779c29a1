import { scaled, ticks } from '@/lib/figures/axis';
import { formatCount, formatNumber } from '@/lib/figures/format';
import { describeHistogram, type Histogram } from '@/lib/figures/histogram';
import { html, type Markup } from '../markup';
import { axes, figure, px, type Box } from './frame';

const box: Box = { width: 560, height: 240, left: 52, top: 10, right: 12, bottom: 40 };

/** Stacked bars per bin; `classes` gives each series the class that colours it. */
export function histogramPlot(id: string, title: string, data: Histogram, axis: string, classes: Readonly<Record<string, string>>): Markup {
  const [low, high] = [data.edges[0] ?? 0, data.edges.at(-1) ?? 1];
  const x = { domain: [low, high], range: [box.left, box.width - box.right] } as const;
  const y = { domain: [0, data.tallest], range: [box.height - box.bottom, box.top] } as const;
  const floor = new Float64Array(data.edges.length - 1);
  const bars = data.series.map(({ name, counts }) => {
    // One path a series: rectangles by the thousand would swell the page.
    const path = Array.from(counts, (count, bin) => {
      if (count === 0) return '';
      const [from, to] = [scaled(x, data.edges[bin] ?? 0), scaled(x, data.edges[bin + 1] ?? 0)];
      const [bottom, top] = [scaled(y, floor[bin] ?? 0), scaled(y, (floor[bin] ?? 0) + count)];
      floor[bin] = (floor[bin] ?? 0) + count;
      return `M${px(from + 0.5)} ${px(bottom)}V${px(top)}H${px(to - 0.5)}V${px(bottom)}Z`;
    }).join('');
    return html`<path class="fill ${classes[name] ?? 'series'}" d="${path}"/>`;
  });
  const whole = ticks(0, data.tallest, 4).filter(Number.isInteger);
  const frame = axes(box, { scale: x, ticks: ticks(low, high, 6), label: axis, format: (value) => formatNumber(value) }, { scale: y, ticks: whole, label: 'samples', format: (value) => formatCount(value) });
  return figure({ id, title, description: describeHistogram(data, axis), box }, [frame, bars]);
}
