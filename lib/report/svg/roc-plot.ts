import { scaled } from '@/lib/figures/axis';
import { formatCount, formatUnit } from '@/lib/figures/format';
import type { RocFigure } from '@/lib/figures/roc';
import { html, type Markup } from '../markup';
import { axes, figure, px, type Box } from './frame';

const box: Box = { width: 320, height: 320, left: 52, top: 10, right: 12, bottom: 40 };

/** A ROC curve with the line of chance. */
export function rocPlot(id: string, data: RocFigure): Markup {
  const x = { domain: [0, 1], range: [box.left, box.width - box.right] } as const;
  const y = { domain: [0, 1], range: [box.height - box.bottom, box.top] } as const;
  const path = Array.from(data.x, (value, i) => `${i === 0 ? 'M' : 'L'}${px(scaled(x, value))} ${px(scaled(y, data.y[i] ?? 0))}`).join('');
  const frame = axes(box, { scale: x, ticks: [0, 0.5, 1], label: 'false positive rate', format: String }, { scale: y, ticks: [0, 0.5, 1], label: 'true positive rate', format: String });
  const description = `ROC curve of quality over ${formatCount(data.positives)} realistic and ${formatCount(data.negatives)} other labelled samples; area ${formatUnit(data.auc)}.`;
  return figure({ id, title: 'Quality against the known labels', description, box }, [frame, html`<line class="chance" x1="${x.range[0]}" y1="${y.range[0]}" x2="${x.range[1]}" y2="${y.range[1]}"/><path class="curve" d="${path}"/>`]);
}
