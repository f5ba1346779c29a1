import { formatCount } from '@/lib/figures/format';
import { zeroBand, type Quadrant } from '@/lib/figures/quadrant';
import { zoneNames } from '@/lib/figures/score-table';
import { html, type Markup } from '../markup';
import { axes, figure, px, type Box } from './frame';

const box: Box = { width: 560, height: 320, left: 52, top: 10, right: 12, bottom: 40 };

/** Points that are drawn at most; the rest would only lie on top of them. */
const MOST_POINTS = 4_000;

/**
 * Density across, conditional probability up, a dot per sample in the colour of its zone. A dot is a line of no length with
 * round ends: one path a zone. Of very many samples every n-th is drawn, and the description says so.
 */
export function quadrantPlot(id: string, data: Quadrant): Markup {
  const width = box.width - box.left - box.right;
  const height = box.height - box.top - box.bottom;
  const at = (x: number, y: number): [number, number] => [box.left + x * width, box.top + (1 - y) * height];
  const areas = data.areas.map(({ zone, x0, x1, y0, y1 }) => {
    const [left, top] = at(x0, y1);
    return html`<rect class="area ${zone}" x="${px(left)}" y="${px(top)}" width="${px((x1 - x0) * width)}" height="${px((y1 - y0) * height)}"/>`;
  });
  const step = Math.ceil(data.rows.length / MOST_POINTS);
  const paths = zoneNames.map(() => '');
  for (let i = 0; i < data.rows.length; i += step) {
    const [x, y] = at(data.x[i] ?? 0, data.y[i] ?? 0);
    paths[data.zone[i] ?? 0] += `M${px(x)} ${px(y)}h0`;
  }
  const dots = zoneNames.map((zone, code) => (paths[code] === '' ? null : html`<path class="dots ${zone ?? 'series'}" d="${paths[code]}"/>`));
  const inside = { domain: [0, data.densityMax], range: [box.left + (zeroBand + 0.02) * width, box.left + 0.98 * width] } as const;
  const y = { domain: [0, 1], range: [box.height - box.bottom, box.top] } as const;
  const ticks = [data.densityMax / 2, data.densityMax];
  const frame = axes(box, { scale: inside, ticks, label: 'density (the band on the left: outside every sphere, density 0)', format: (value) => String(Number(value.toPrecision(2))) }, { scale: y, ticks: [0, 0.5, 1], label: 'conditional probability', format: String });
  const drawn = step === 1 ? '' : ` One in ${step} of them is drawn.`;
  const { realistic, unrealistic, indistinguishable } = data.counts;
  const description = `${formatCount(data.rows.length)} samples by density and conditional probability: ${formatCount(realistic)} realistic, ${formatCount(unrealistic)} unrealistic, ${formatCount(indistinguishable)} indistinguishable.${drawn}`;
  return figure({ id, title: 'Where the samples lie', description, box }, [areas, frame, dots]);
}
